/** The cookie of the desk's session. Scripts can't read it, other sites can't send it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { looksLikeSecret } from '../store/accounts/sessions.ts';

/** A browser keeps `__Host-` cookies to exactly this host, and only where they came over TLS. */
const nameOf = (secure: boolean): string => (secure ? '__Host-righttouch' : 'righttouch');

/** TLS may end at a proxy that we were not told of: then the public address says so. */
export const isSecure = (request: FastifyRequest, publicUrl: string | null): boolean =>
  request.protocol === 'https' || (publicUrl?.startsWith('https:') ?? false);

export function sessionIn(request: FastifyRequest, publicUrl: string | null): string | null {
  const wanted = `${nameOf(isSecure(request, publicUrl))}=`;
  for (const pair of (request.headers.cookie ?? '').split(/; */)) {
    const value = pair.startsWith(wanted) ? pair.slice(wanted.length) : '';
    if (looksLikeSecret(value)) return value;
  }
  return null;
}

export function giveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | null,
  secret: string,
): void {
  reply.header('set-cookie', cookie(isSecure(request, publicUrl), secret, 'Max-Age=604800'));
}
export function takeSession(request: FastifyRequest, reply: FastifyReply, publicUrl: string | null): void {
  reply.header('set-cookie', cookie(isSecure(request, publicUrl), '', 'Max-Age=0'));
}

/** Strict: the desk's page itself needs no cookie, and whatever it asks for is asked from there. */
const cookie = (secure: boolean, value: string, age: string): string =>
  [`${nameOf(secure)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', age, ...(secure ? ['Secure'] : [])].join(
    '; ',
  );
