import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { TemporalAddress } from '../../worker/connect.ts';

/**
 * The Temporal that the environment names, or nothing when `TEMPORAL_ADDRESS` is not set. Namespace, TLS and API key
 * come as in Temporal's own tools: `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_*`, a profile of its
 * configuration file (https://docs.temporal.io/references/client-environment-configuration).
 */
export function temporalFromEnvironment(
  env: Record<string, string | undefined> = process.env,
): TemporalAddress | undefined {
  const address = env['TEMPORAL_ADDRESS'];
  if (!address) return undefined;
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({
    overrideEnvVars: Object.fromEntries(set),
  });
  return { connection: { ...connectionOptions, address }, namespace };
}
