/** The desk's files, as they were built: a page, and parts whose names change with what is in them. Nothing in them is anybody's. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './deps.ts';
import { Problem } from './problems.ts';

interface File {
  readonly type: string;
  readonly plain: Buffer;
  readonly packed: Readonly<Partial<Record<'br' | 'gzip', Buffer>>>;
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Read once: a build that comes later belongs to the next start. Throws where there is no build. */
export function deskPages(app: Api, folder: string): void {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = readFiles(join(folder, 'assets'));
  const schema = { hide: true };

  app.get('/', { schema }, (_request, reply) => reply.redirect('/desk/', 302));
  app.get('/desk', { schema }, (_request, reply) => reply.redirect('/desk/', 302));
  app.get('/desk/assets/:file', { schema }, (request, reply) => {
    const file = files.get((request.params as { file: string }).file);
    if (!file) throw new Problem('no-such-route', 'There is no such part of the desk: the page is of another build.');
    return sendFile(request, reply, file);
  });
  // Every other address below is a place inside the page, which knows whether there is such a place.
  app.get('/desk/*', { schema }, (_request, reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll('%NONCE%', nonce));
  });
}

/** Our own files and our own API, and nothing else; styles that a script adds need the nonce of this very page. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

function readFiles(folder: string): Map<string, File> {
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const names = readdirSync(folder).filter((name) => !/\.(br|gz|map)$/.test(name));
  return new Map(
    names.map((name) => [
      name,
      {
        type: types[extname(name)] ?? 'application/octet-stream',
        plain: read(name),
        packed: {
          ...(existsSync(join(folder, `${name}.br`)) && { br: read(`${name}.br`) }),
          ...(existsSync(join(folder, `${name}.gz`)) && { gzip: read(`${name}.gz`) }),
        },
      },
    ]),
  );
}

function sendFile(request: FastifyRequest, reply: FastifyReply, { type, plain, packed }: File): FastifyReply {
  const taken = request.headers['accept-encoding'] ?? '';
  const encoding = (['br', 'gzip'] as const).find((one) => packed[one] !== undefined && taken.includes(one));
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .type(type)
    .send((encoding && packed[encoding]) ?? plain);
}
