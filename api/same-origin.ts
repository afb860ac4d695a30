/** A browser sends a session along by itself, so what changes something must come from our own page. Keys are sent by nobody unasked. */
import type { FastifyRequest } from 'fastify';
import { Problem } from './problems.ts';

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** For requests that a session speaks for, or that begin one. Browsers name the origin of every request that is no mere reading. */
export function refuseOtherOrigins(request: FastifyRequest, publicUrl: string | null): void {
  if (reads.has(request.method)) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isOurs = origin !== undefined && ourOrigins(request, publicUrl).includes(origin);
  if (isOurs && (site === undefined || site === 'same-origin')) return;
  throw new Problem('other-origin', 'This was not asked for by our own page.', [
    { field: 'header.origin', expected: 'the address of this server', mend: 'Do it at the desk, or with an API key.' },
  ]);
}

/** As it was called, and as the world calls it: a proxy may call it by another name. */
function ourOrigins(request: FastifyRequest, publicUrl: string | null): string[] {
  const asCalled = [`http://${request.host}`, `https://${request.host}`];
  return publicUrl === null ? asCalled : [...asCalled, new URL(publicUrl).origin];
}
