import type { FastifyReply } from 'fastify';

/** Fastify's own `request.signal` is aborted as soon as the body is read, because the request's stream ends then: the answer's is what tells. */
export function callerGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
