/**
 * Who calls: an API key, looked up by its hash and remembered for a few seconds, so that a revoked one is refused soon everywhere; or
 * somebody who is signed in at the desk, looked up at each request, so that who is signed out is out at once.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from '../store/accounts/accounts.ts';
import { findSession } from '../store/accounts/sessions.ts';
import { findApiKey, hashApiKey, looksLikeApiKey, type ApiKey } from '../store/api-keys.ts';
import type { Db } from '../store/open.ts';
import { accessTo, type Access, type Scope } from './access.ts';
import { Problem } from './problems.ts';
import { scopesOf } from './roles.ts';
import { sessionIn } from './session-cookie.ts';

export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Null: it is a key, which may act for a whole desk. */
  readonly person: Account | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who it is from, if that is valid; `undefined` until it was looked for. */
    caller: Caller | null | undefined;
  }
}

export type Identify = (request: FastifyRequest) => Promise<Caller | null>;

const mostRemembered = 1_000;

export interface IdentifySettings {
  readonly db: Db;
  readonly publicUrl: string | null;
  /** Real time and not the engine's: somebody who takes a key away does not live faster in a demo. */
  readonly rememberMs: number;
  /** The machine's clock, epoch milliseconds: sessions count by it. */
  readonly realNow: () => number;
}

/** A key goes before a session: who sends one means it. */
export function identifier({ db, publicUrl, rememberMs, realNow }: IdentifySettings): Identify {
  const key = rememberingKeys(db, rememberMs);
  return async (request) => {
    if (request.caller !== undefined) return request.caller;
    const { authorization } = request.headers;
    const secret = authorization === undefined ? sessionIn(request, publicUrl) : null;
    if (secret === null) request.caller = asKey(await key(authorization));
    else request.caller = asPerson(await findSession(db, secret, realNow()));
    return request.caller;
  };
}

const asKey = (key: ApiKey | null): Caller | null => key && { ...key, person: null };
const asPerson = (account: Account | null): Caller | null =>
  account && { id: account.id, name: account.name, scopes: scopesOf[account.role], person: account };

function rememberingKeys(db: Db, rememberMs: number): (header: string | undefined) => Promise<ApiKey | null> {
  const known = new Map<string, { apiKey: ApiKey; until: number }>();
  return async (header) => {
    const secret = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
    if (secret === undefined || !looksLikeApiKey(secret)) return null;
    const hash = hashApiKey(secret);
    const id = hash.toString('base64');
    const now = performance.now();
    const remembered = known.get(id);
    if (remembered !== undefined && remembered.until > now) return remembered.apiKey;
    const apiKey = await findApiKey(db, hash);
    known.delete(id);
    if (apiKey === undefined) return null;
    known.set(id, { apiKey, until: now + rememberMs });
    for (const oldest of known.keys()) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
    return apiKey;
  };
}

/** Refuses before a body is read. */
export const authorise =
  (identify: Identify) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const path = request.routeOptions.url;
    const needed = path === undefined ? undefined : accessTo(request.method, path);
    if (needed === 'open' || needed === 'signed') return;
    const caller = await identify(request);
    if (caller === null) {
      reply.header('www-authenticate', 'Bearer realm="righttouch"');
      throw new Problem('unauthenticated', 'There is no valid API key in the Authorization header, and no session.', [
        { field: 'header.authorization', expected: 'Bearer rt_…', mend: 'Send a key that is not revoked, or sign in.' },
      ]);
    }
    if (!mayCall(caller, needed)) throw missing(caller, needed ?? 'none');
  };

const mayCall = (caller: Caller, needed: Access | undefined): boolean =>
  needed === 'person' ? caller.person !== null : needed !== undefined && caller.scopes.includes(needed);

function missing(caller: Caller, needed: Scope | 'person' | 'open' | 'signed' | 'none'): Problem {
  if (caller.person)
    return new Problem('missing-scope', `As ${caller.person.role} you may not do this: it wants '${needed}'.`, [
      { field: 'header.cookie', expected: `a role with '${needed}'`, mend: 'Ask somebody whose role it is.' },
    ]);
  const wants = needed === 'person' ? 'somebody who is signed in' : `a key with the scope '${needed}'`;
  const says = needed === 'person' ? 'is no person who is signed in' : `does not have the scope '${needed}'`;
  return new Problem('missing-scope', `The key '${caller.name}' ${says}.`, [
    { field: 'header.authorization', expected: wants, mend: 'Use another key, or have one made.' },
  ]);
}

/** Under whose name something is kept: the key's, or the person's. */
export function actorOf(request: FastifyRequest): string {
  if (!request.caller)
    throw new Error(`${request.routeOptions.url ?? 'A route'} acts for nobody: it lets callers in without a key`);
  return request.caller.name;
}

/** Who is signed in. Only where the table of access says 'person'. */
export function personOf(request: FastifyRequest): Account {
  if (!request.caller?.person)
    throw new Error(`${request.routeOptions.url ?? 'A route'} is about whoever is signed in, but lets others in`);
  return request.caller.person;
}
