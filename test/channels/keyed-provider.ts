/**
 * A provider with idempotency keys, as many HTTP gateways have them, and the adapter for it: messages with one key are one message, and each
 * of them gets the answer of the first.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import type { Channel, ChannelAdapter, Outgoing, Sent } from '../../channels/channel.ts';
import { readRetryAfter } from '../../channels/retry-after.ts';

export interface Body {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** Epoch milliseconds of the real clock. */
  readonly at: number;
}

export interface KeyedProvider {
  readonly url: string;
  /** What it took, by its key: the effect that each has had. */
  readonly bodies: ReadonlyMap<string, Body>;
  /** Requests with a key that it knew. */
  readonly repeated: () => number;
  /** Told of each request once it is taken, and before it is answered. */
  onTaken: (to: string) => void | Promise<void>;
  close(): Promise<void>;
}

export async function startKeyedProvider(): Promise<KeyedProvider> {
  const bodies = new Map<string, Body>();
  let repeated = 0;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { to, text } = JSON.parse(await readAll(request)) as Pick<Body, 'to' | 'text'>;
    const key = String(request.headers['idempotency-key']);
    const known = bodies.get(key);
    if (known) repeated += 1;
    const taken = known ?? { id: randomUUID(), to, text, at: Date.now() };
    bodies.set(key, taken);
    await provider.onTaken(to);
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: taken.id }));
  };
  // Whoever is killed while it speaks hangs up, and has sent nothing.
  const server = createServer((request, response) => void take(request, response).catch(() => response.destroy()));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const provider: KeyedProvider = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    bodies,
    repeated: () => repeated,
    onTaken: () => undefined,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
  return provider;
}

export const createKeyedAdapter = (url: string, channel: Channel, now: () => number): ChannelAdapter => ({
  channel,
  configured: true,
  idempotent: true,
  send: (message, signal) => send(url, message, now, signal),
  close: () => Promise.resolve(),
});

async function send(
  url: string,
  { touchId, to, text }: Outgoing,
  now: () => number,
  signal?: AbortSignal,
): Promise<Sent> {
  if (signal?.aborted)
    return { result: 'later', retryAfterMs: null, code: 'given-up', detail: 'Given up before it began' };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'idempotency-key': touchId, 'content-type': 'application/json' },
      body: JSON.stringify({ to, text }),
      ...(signal ? { signal } : {}),
    });
    const code = String(answer.status);
    if (answer.status === 429)
      return {
        result: 'later',
        retryAfterMs: readRetryAfter(answer.headers.get('retry-after'), answer.headers.get('date')),
        code,
        detail: code,
      };
    if (!answer.ok) return { result: answer.status < 500 ? 'rejected' : 'unknown', code, detail: code };
    const { id } = (await answer.json()) as { readonly id: string };
    return { result: 'sent', providerId: id, at: now() };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : '';
    return cause === 'ECONNREFUSED'
      ? { result: 'later', retryAfterMs: null, code: 'refused', detail: 'No connection' }
      : { result: 'unknown', code: 'no-answer', detail: 'No readable answer' };
  }
}
