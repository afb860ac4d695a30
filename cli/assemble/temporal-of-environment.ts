import type { TemporalAddress } from '../../worker/connect.ts';
import { temporalFromEnvironment } from '../dev/temporal-environment.ts';
import { misused } from '../refusal.ts';
import type { Environment } from './needed-config.ts';

/** The Temporal that is named, or a refusal: a production command starts none of its own. */
export function neededTemporal(env: Environment): TemporalAddress {
  const given = fromEnvironment(env);
  if (given !== undefined) return given;
  throw misused(
    'TEMPORAL_ADDRESS is not set: it says where Temporal is, such as temporal.internal:7233, and TEMPORAL_NAMESPACE which namespace is ours.',
  );
}

function fromEnvironment(env: Environment): TemporalAddress | undefined {
  try {
    return temporalFromEnvironment({ ...env });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw misused(`The settings of Temporal cannot be read: ${reason}. Check TEMPORAL_PROFILE and TEMPORAL_TLS_*.`);
  }
}
