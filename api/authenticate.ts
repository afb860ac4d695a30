/** Who calls: an API key, looked up by its hash, remembered for a few seconds, so that a revoked one is refused soon everywhere. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findApiKey, hashApiKey, looksLikeApiKey, type ApiKey } from '../store/api-keys.ts';
import type { Db } from '../store/open.ts';
import { accessTo, type Scope } from './access.ts';
import { Problem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key it came with, if that is valid; `undefined` until it was looked for. */
    caller: ApiKey | null | undefined;
  }
}

export type Identify = (request: FastifyRequest) => Promise<ApiKey | null>;

const mostRemembered = 1_000;

/** `rememberMs` is real time and not the engine's: somebody who takes a key away does not live faster in a demo. */
export function rememberingIdentifier(db: Db, rememberMs: number): Identify {
  const known = new Map<string, { apiKey: ApiKey; until: number }>();
  return async (request) => {
    if (request.caller !== undefined) return request.caller;
    request.caller = await identify(request.headers.authorization);
    return request.caller;
  };

  async function identify(header: string | undefined): Promise<ApiKey | null> {
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
  }
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
      throw new Problem('unauthenticated', 'There is no valid API key in the Authorization header.', [
        { field: 'header.authorization', expected: 'Bearer rt_…', mend: 'Send a key that is not revoked.' },
      ]);
    }
    if (needed === undefined || !caller.scopes.includes(needed)) throw missingScope(caller, needed ?? 'none');
  };

const missingScope = (caller: ApiKey, needed: Scope | 'none'): Problem =>
  new Problem('missing-scope', `The key '${caller.name}' does not have the scope '${needed}'.`, [
    {
      field: 'header.authorization',
      expected: `a key with the scope '${needed}'`,
      mend: 'Use another key, or have one made.',
    },
  ]);

/** Under whose name something is kept: the key's. */
export function actorOf(request: FastifyRequest): string {
  if (!request.caller)
    throw new Error(`${request.routeOptions.url ?? 'A route'} acts for nobody: it lets callers in without a key`);
  return request.caller.name;
}
