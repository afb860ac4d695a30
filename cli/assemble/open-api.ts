/** One API, assembled from its configuration, and beside it the listener for replies by e-mail, if one is wanted. */
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createApp } from '../../api/app.ts';
import { listenForMail, type MailIn } from '../../channels/email-in.ts';
import { deskOf } from '../../store/desk.ts';
import { notifyPump } from '../../store/outbox.ts';
import { takeInbound } from '../../store/take-reply.ts';
import { mailDomains } from './channels-of-config.ts';
import { refused } from '../refusal.ts';
import type { DatabaseConfig } from './needed-config.ts';
import { openStore, type Store } from './open-store.ts';
import { builtDesk } from './built-desk.ts';

export interface ApiParts {
  readonly config: DatabaseConfig;
  readonly log: Logger;
  /** Called after each commit that gave Temporal something to hear, if this process also pumps. */
  readonly nudge?: () => void;
}

export interface RunningApi {
  /** Where it answers: http://127.0.0.1:3000. */
  readonly url: string;
  /** Where replies by e-mail are taken in; null if none are. */
  readonly mailPort: number | null;
  /** Answers what it is at, then closes. */
  stop(): Promise<void>;
}

/** It needs PostgreSQL alone: events are taken in and tasks claimed while Temporal is down. Throws a Refusal. */
export async function openApi({ config, log, nudge }: ApiParts): Promise<RunningApi> {
  const store = await openStore(config, (error) => log.warn({ err: error }, 'A database connection was lost'));
  const undo: (() => Promise<void>)[] = [store.close];
  const stop = async (): Promise<void> => {
    for (let next = undo.pop(); next; next = undo.pop()) await next();
  };
  try {
    const app = await createApp({
      db: store.db,
      schema: config.databaseSchema,
      now: () => store.clock.now(),
      realNow: Date.now,
      logger: log,
      publicUrl: config.publicUrl,
      twilioAuthToken: config.twilioAuthToken,
      twilioAccountSid: config.twilioAccountSid,
      slackSigningSecret: config.slackSigningSecret,
      slackApiUrl: config.slackApiUrl,
      defaultCountry: config.defaultCountry,
      defaultTeam: config.defaultTeam,
      deskFolder: builtDesk(),
      trustedProxies: config.trustedProxies,
      limits: { requestsPerMinute: config.requestsPerMinute },
      ...(nudge && { nudge }),
    });
    undo.push(() => app.close());
    await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw asTaken(error, 'PORT', config.host, config.port);
    });
    const mail = await listenToReplies(config, store, log);
    if (mail) undo.push(() => mail.close());
    const { port } = app.server.address() as AddressInfo;
    return { url: urlOf(config.host, port), mailPort: mail?.port ?? null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A mail is taken with its last line answered only once it is in the database; until then the sender keeps it. */
async function listenToReplies(config: DatabaseConfig, { db, clock }: Store, log: Logger): Promise<MailIn | null> {
  if (config.smtpInPort === null) return null;
  const { smtpInHost: host, smtpInPort: port } = config;
  return listenForMail(
    { host, port, domains: mailDomains(config) },
    async (inbound) => {
      try {
        await takeInbound(db, inbound, { now: clock.now(), desk: await deskOf(db, config.defaultTeam) });
        await notifyPump(db);
        return 'accepted';
      } catch (error) {
        log.error({ err: error }, 'A mail could not be taken in; its sender keeps it');
        return 'try-later';
      }
    },
    () => clock.now(),
    (error) => {
      log.warn({ err: error }, 'A mail connection broke off');
    },
  ).catch((error: unknown) => {
    throw asTaken(error, 'SMTP_IN_PORT', host, port);
  });
}

/** What listens everywhere is also here. */
function urlOf(host: string, port: number): string {
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${here.includes(':') ? `[${here}]` : here}:${port}`;
}

function asTaken(error: unknown, variable: string, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return refused(`Port ${port} on ${host} is taken. Set ${variable} to a free one, or to 0 for any.`);
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return refused(`We may not listen on ${host}, port ${port} (${code}). Set HOST or ${variable} to another.`);
  return error;
}
