/** One API on a database of its own, and a key for whatever a test wants to be. */
import { createLogger } from '../../config/logger.ts';
import { createApp } from '../../api/app.ts';
import { scopes, type Scope } from '../../api/access.ts';
import type { Api, ApiDeps } from '../../api/deps.ts';
import { createApiKey } from '../../store/api-keys.ts';
import type { Db } from '../../store/open.ts';
import { ownDatabase, type OwnDatabase } from '../servers/database.ts';
import { testSchema } from '../servers/running.ts';

/** Monday. */
export const monday = Date.parse('2026-03-02T09:00:00Z');

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
  text: string;
}
export interface Call {
  key?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is. */
  raw?: string;
}
export interface OwnApi extends OwnDatabase {
  app: Api;
  /** May do everything. */
  key: string;
  logged: string[];
  clock: { now: number };
  keyWith(...scopes: Scope[]): Promise<string>;
  call(method: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH' | 'HEAD', url: string, what?: Call): Promise<Answer>;
  stop(): Promise<void>;
}

export async function ownApi(more: Partial<ApiDeps> = {}): Promise<OwnApi> {
  const database = await ownDatabase();
  const clock = { now: monday };
  const logged: string[] = [];
  const logger = createLogger({ level: 'info', to: { write: (line: string) => void logged.push(line) } });
  const app = await createApp({
    db: database.db,
    schema: testSchema,
    now: () => clock.now,
    realNow: () => clock.now,
    deskFolder: null,
    logger,
    publicUrl: 'https://touch.example.com',
    twilioAuthToken: 'twilio-token-of-the-test',
    twilioAccountSid: 'ACtest',
    defaultCountry: null,
    defaultTeam: 'care',
    ...more,
  });
  await app.ready();
  let made = 0;
  const keyWith = (...given: Scope[]): Promise<string> => makeKey(database.db, `key-${++made}`, given);
  const key = await makeKey(database.db, 'everything', scopes);
  return {
    ...database,
    app,
    key,
    logged,
    clock,
    keyWith,
    call: (method, url, what = {}) => call(app, key, method, url, what),
    async stop() {
      await app.close();
      await database.drop();
    },
  };
}

async function makeKey(db: Db, name: string, given: readonly Scope[]): Promise<string> {
  const created = await createApiKey(db, { name, scopes: given }, monday);
  if (!created.created) throw new Error(`There is a key '${name}' already`);
  return created.secret;
}

async function call(
  app: Api,
  own: string,
  method: Parameters<OwnApi['call']>[0],
  url: string,
  what: Call,
): Promise<Answer> {
  const key = what.key === undefined ? own : what.key;
  const payload = what.raw ?? (what.body === undefined ? undefined : JSON.stringify(what.body));
  const reply = await app.inject({
    method,
    url,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...what.headers,
    },
    ...(payload !== undefined && { payload }),
  });
  const isJson = String(reply.headers['content-type']).includes('json');
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: isJson ? reply.json() : undefined,
    text: reply.payload,
  };
}
