/** One engine on the servers of this machine: a schema, a namespace, a worker, an API with its mail listener, and a phone. */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Logger } from 'pino';
import type { ClockSpec } from '../../core/clock.ts';
import { scopes } from '../../api/access.ts';
import { createApiKey } from '../../store/api-keys.ts';
import { setClock } from '../../store/clock.ts';
import { migrate } from '../../store/migrate.ts';
import type { TemporalAddress } from '../../worker/connect.ts';
import { neededConfig, withDatabase, type DatabaseConfig } from '../assemble/needed-config.ts';
import { openApi, type RunningApi } from '../assemble/open-api.ts';
import { openBare } from '../assemble/open-store.ts';
import { openWorker } from '../assemble/open-worker.ts';
import { textOf } from './folders.ts';
import type { Inbox } from './inbox.ts';
import { startPhone, type Phone } from './phone.ts';
import { freePort } from './ports.ts';

export interface InstallationConfig {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly databaseUrl: string;
  readonly schema: string;
  readonly temporal: TemporalAddress;
  readonly taskQueue: string;
  /** The port of the API, if it is free; otherwise one of the next. */
  readonly port: number;
  readonly mailPort: number;
  readonly inbox: Inbox;
  /** Keeps the key of the API between starts; a new one each time without it. */
  readonly keyFile: string | null;
  /** Begun anew, with this clock. Without it: the data that are there, on the real clock. */
  readonly anew?: { readonly clock: ClockSpec };
  readonly log: Logger;
  readonly fail: (reason: unknown) => void;
}

export interface Installation {
  readonly api: RunningApi;
  readonly key: string;
  readonly settings: DatabaseConfig;
  readonly phone: Phone | null;
  /** Worker, API and phone, in this order. */
  stop(): Promise<void>;
}

export async function openInstallation(config: InstallationConfig): Promise<Installation> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (let next = undo.pop(); next; next = undo.pop()) await next();
  };
  try {
    const port = await freePort(config.port);
    const phone = await ownPhone(config, port);
    if (phone) undo.push(() => phone.stop());
    const settings = withDatabase(neededConfig(await environment(config, port, phone)));
    const key = await prepare(settings, config);
    const api = await openApi({ config: settings, log: config.log });
    undo.push(() => api.stop());
    const { temporal, log, fail } = config;
    const worker = await openWorker({ config: settings, temporal, log, fail, environment: config.env });
    undo.push(() => worker.stop());
    return { api, key, settings, phone, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** No account leaves this machine: the phone knows only what it was started with. */
const demoAccount = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'demo-phone',
  TWILIO_FROM: '+15005550006',
};

/** Where the environment names a provider of texts, that is used, and there is no demo phone. */
async function ownPhone({ env, inbox }: InstallationConfig, port: number): Promise<Phone | null> {
  if (env['TWILIO_ACCOUNT_SID']) return null;
  return startPhone({
    accountSid: demoAccount.TWILIO_ACCOUNT_SID,
    authToken: demoAccount.TWILIO_AUTH_TOKEN,
    inboxSmtpPort: inbox.smtpPort,
    webhookUrl: `http://127.0.0.1:${port}/webhooks/twilio/messages`,
  });
}

async function environment(
  config: InstallationConfig,
  port: number,
  phone: Phone | null,
): Promise<Record<string, string>> {
  const given = Object.entries(config.env).filter((e): e is [string, string] => e[1] !== undefined && e[1] !== '');
  return {
    SMTP_URL: `smtp://127.0.0.1:${config.inbox.smtpPort}`,
    MAIL_FROM: 'RightTouch <hello@righttouch.local>',
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(given),
    ...(phone && { ...demoAccount, TWILIO_BASE_URL: phone.baseUrl, PUBLIC_URL: `http://127.0.0.1:${port}` }),
    DATABASE_URL: config.databaseUrl,
    DATABASE_SCHEMA: config.schema,
    TEMPORAL_TASK_QUEUE: config.taskQueue,
    PORT: String(port),
    HOST: '127.0.0.1',
    SMTP_IN_PORT: String(await freePort(config.mailPort)),
    SMTP_IN_HOST: '127.0.0.1',
  };
}

/** Brings the schema up to date, sets the clock where one is wanted, and answers with a key that may do everything. */
async function prepare(settings: DatabaseConfig, { schema, anew, keyFile }: InstallationConfig): Promise<string> {
  const db = openBare(settings);
  try {
    if (anew) await db.schema.dropSchema(schema).ifExists().cascade().execute();
    await migrate(db, schema);
    if (anew) await setClock(db, anew.clock);
    const kept = keyFile === null ? '' : textOf(keyFile).trim();
    if (kept !== '' && !anew) return kept;
    const now = Date.now();
    const made = await createApiKey(db, { name: `this-machine-${now}`, scopes }, now);
    if (!made.created) throw new Error('The key of this machine could not be made: its name is taken');
    if (keyFile !== null) writeFileSync(keyFile, `${made.secret}\n`, { mode: 0o600 });
    return made.secret;
  } finally {
    await db.destroy();
  }
}

export const keyFileIn = (data: string): string => join(data, 'key');
