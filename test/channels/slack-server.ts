/** A server that speaks Slack's shape, as far as we use it: `chat.postMessage`, its limits and its refusals. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SlackServer {
  /** What `SLACK_API_URL` would be. */
  readonly url: string;
  /** Form fields of each call of `chat.postMessage`, and its token. */
  readonly posted: Readonly<Record<string, string>>[];
  /** What was sent to other addresses, such as a `response_url`. */
  readonly answered: { readonly path: string; readonly body: string }[];
  /** How the next call is answered; 'ok' unless told otherwise. */
  next: 'ok' | 'busy' | 'unknown-channel' | 'broken';
  close(): Promise<void>;
}

export async function startSlack(): Promise<SlackServer> {
  const state: Pick<SlackServer, 'posted' | 'answered' | 'next'> = { posted: [], answered: [], next: 'ok' };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      response.setHeader('content-type', 'application/json');
      if (request.url !== '/api/chat.postMessage') {
        state.answered.push({ path: request.url ?? '', body });
        response.end('{}');
        return;
      }
      const how = state.next;
      state.next = 'ok';
      if (how === 'busy') {
        response.writeHead(429, { 'retry-after': '7' }).end();
        return;
      }
      if (how === 'broken') {
        response.writeHead(500).end('oops');
        return;
      }
      if (how === 'unknown-channel') {
        response.end(JSON.stringify({ ok: false, error: 'channel_not_found' }));
        return;
      }
      const token = request.headers.authorization ?? '';
      state.posted.push({ ...Object.fromEntries(new URLSearchParams(body)), token });
      response.end(JSON.stringify({ ok: true, channel: 'C1', ts: '1.0', message: {} }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${String(port)}/api/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
