/** One worker, assembled from its configuration. `dev` opens one beside its servers, `worker` opens one alone. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { createSlack } from '../../channels/slack.ts';
import type { Webhook } from '../../channels/standard-webhook.ts';
import { installRuntime, type TemporalAddress } from '../../worker/connect.ts';
import { startWorker, type RunningWorker, type WorkerSettings } from '../../worker/worker.ts';
import { packageRoot } from '../dev/folders.ts';
import { loadSystems } from '../load-systems.ts';
import { misused, refused, unreachable } from '../refusal.ts';
import { channelsOfConfig, closeChannels, statusCallbackOf } from './channels-of-config.ts';
import type { DatabaseConfig } from './needed-config.ts';
import { openStore } from './open-store.ts';

export interface WorkerParts {
  readonly config: DatabaseConfig;
  readonly temporal: TemporalAddress;
  readonly log: Logger;
  /** Told when the worker cannot go on. */
  readonly fail: (reason: unknown) => void;
  /** Where the secrets of other systems stand. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The bundled workflows; those that were built with us, unless a test brings its own. */
  readonly bundle?: string;
}

/** Throws a Refusal for whatever is missing. What was opened until then is closed again. */
export async function openWorker({
  config,
  temporal,
  log,
  fail,
  environment,
  bundle,
}: WorkerParts): Promise<RunningWorker> {
  const code = bundle ?? builtBundle();
  const systems = config.systems === null ? null : await loadSystems(resolve(config.systems));
  const notices = noticesOf(config);
  const store = await openStore(config, (error) => log.warn({ err: error }, 'A database connection was lost'));
  const undo: (() => Promise<void>)[] = [store.close];
  const stop = async (): Promise<void> => {
    for (let next = undo.pop(); next; next = undo.pop()) await next();
  };
  try {
    const channels = channelsOfConfig(config, () => store.clock.now());
    undo.push(() => closeChannels(channels));
    installRuntime();
    const worker = await startWorker({
      db: store.db,
      databaseUrl: config.databaseUrl,
      temporal,
      taskQueue: config.taskQueue,
      clock: store.clock,
      channels,
      log,
      statusCallback: statusCallbackOf(config),
      publicUrl: config.publicUrl,
      defaultTeam: config.defaultTeam,
      ...(systems ? { systems, environment } : {}),
      ...(notices ? { notices } : {}),
      ...(config.slackBotToken === null ? {} : { slack: slackOf(config, config.slackBotToken) }),
      noticesKeptDays: config.noticesKeptDays,
      bundle: code,
      fail,
    }).catch((error: unknown) => {
      throw asUnreachable(error, temporal);
    });
    undo.push(() => worker.stop());
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const slackOf = (
  { slackApiUrl, slackChannel }: DatabaseConfig,
  token: string,
): NonNullable<WorkerSettings['slack']> => ({
  slack: createSlack({ token, ...(slackApiUrl === null ? {} : { apiUrl: slackApiUrl }) }),
  channel: slackChannel,
});

/** Unsigned, nobody could tell that they are from us. */
function noticesOf({ noticeWebhookUrl: url, noticeWebhookSecret: secret }: DatabaseConfig): Webhook | null {
  if (url === null) return null;
  if (secret === null) throw misused('NOTICE_WEBHOOK_URL is set and NOTICE_WEBHOOK_SECRET is not: notices are signed.');
  return { url, secret };
}

function builtBundle(): string {
  const file = join(packageRoot, 'dist/workflows.bundle.js');
  if (existsSync(file)) return file;
  throw refused(`The bundled workflows are missing: there is no ${file}. Run npm run build.`);
}

/** The SDK names its transport errors only by their class and text. */
function asUnreachable(error: unknown, { connection, namespace }: TemporalAddress): unknown {
  if (!(error instanceof Error) || !/TransportError|ServiceError|UNAVAILABLE|connect|deadline/i.test(String(error)))
    return error;
  return unreachable(
    `Temporal at ${connection.address}, namespace '${namespace}', cannot be reached: ${error.message}. Check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.`,
  );
}
