/** What the API is given by its main, and what its routes are written against. */
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Db } from '../store/open.ts';
import type { Limits } from './limits.ts';

export interface ApiDeps {
  db: Db;
  /** The schema of `db`: readiness looks there whether all migrations are applied. */
  schema: string;
  /** The engine's clock, epoch milliseconds. */
  now: () => number;
  /** The machine's clock, epoch milliseconds: who signs in lives by it, also where the engine's runs faster. */
  realNow: () => number;
  logger: FastifyBaseLogger;
  /** Whatever else must be reachable before `/ready` says so, such as `{ temporal: () => connection.healthService.check({}) }`. A rejection means no. */
  checks?: Readonly<Record<string, () => Promise<unknown>>>;
  /** The address the world calls us by: webhooks are signed over it. Null: webhooks are refused. */
  publicUrl: string | null;
  /** Null: Twilio's webhooks are refused. */
  twilioAuthToken: string | null;
  /** Of the account whose webhooks are taken. */
  twilioAccountSid: string | null;
  /** With it Slack signs what it sends; null: it is refused. */
  slackSigningSecret?: string | null;
  /** Another address for Slack, for tests. */
  slackApiUrl?: string | null;
  /** ISO 3166 code for phone numbers that are written without a country. */
  defaultCountry: string | null;
  /** Gets what belongs to nobody, such as a reply to no journey. */
  defaultTeam: string;
  /** Where the built desk lies; null: it is not served. */
  deskFolder: string | null;
  trustedProxies?: number;
  limits?: Partial<Limits>;
}

/** A Fastify instance whose handlers are typed by their zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
