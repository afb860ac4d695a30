/** Another company's HTTP server, which behaves as each order's id says: slow, broken, wrong, or gone in the middle. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http, systems, type Systems } from '../../core/journey/systems.ts';

export interface Asked {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly authorization: string;
  readonly body: string;
}
export interface Shop {
  readonly url: string;
  /** Everything it was asked, in order. */
  readonly asked: readonly Asked[];
  /** What it was asked about an order: look-ups with GET, refunds with POST. */
  about(order: string, method: 'GET' | 'POST'): readonly Asked[];
  /** Refunds that were made: once for each key. */
  readonly refunds: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** Its look-ups and refunds, as a worker knows them, with time enough to die in the middle. */
export const systemsAt = (url: string): Systems =>
  systems({
    lookUps: {
      'where-is-parcel': http({
        url: `${url}/orders/{orderId}`,
        answer: { type: 'object', properties: { state: { enum: ['moving', 'lost'] } }, required: ['state'] },
        says: ({ state }: { state: string }) => (state === 'moving' ? 'on-its-way' : 'lost'),
      }),
    },
    actions: { 'refund-order': http({ url: `${url}/refunds`, method: 'POST', withinMs: 50_000 }) },
  });

/** How often each key or address was asked before decides what is answered: `(times, response)`. */
type Behaviour = (times: number, answer: ServerResponse, done: () => void) => void;

const json = (answer: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const lost: Behaviour = (_, answer) => {
  json(answer, 200, { state: 'lost' });
};
const refunded: Behaviour = (_, answer, done) => {
  done();
  json(answer, 200, { refunded: true });
};

const lookUps: Readonly<Record<string, Behaviour>> = {
  moving: (_, answer) => {
    json(answer, 200, { state: 'moving' });
  },
  slow: () => undefined,
  broken: (_, answer) => {
    json(answer, 500, { trouble: 'ana@customers.test' });
  },
  'broken-once': (times, answer) => {
    if (times === 1) json(answer, 503, {});
    else json(answer, 200, { state: 'moving' });
  },
  wrong: (_, answer) => {
    json(answer, 200, { state: 'on the moon' });
  },
  'no-json': (_, answer) => {
    answer.end('<html>');
  },
  elsewhere: (_, answer) => {
    answer.writeHead(302, { location: '/orders/moving' }).end();
  },
  huge: (_, answer) => {
    json(answer, 200, { state: 'lost', more: 'x'.repeat(500_000) });
  },
};
const refunds: Readonly<Record<string, Behaviour>> = {
  'fails-twice': (times, answer, done) => {
    if (times > 2) refunded(times, answer, done);
    else json(answer, 500, {});
  },
  // It has done it, and nobody hears so.
  'hangs-up': (times, answer, done) => {
    if (times > 1) {
      refunded(times, answer, done);
      return;
    }
    done();
    answer.socket?.destroy();
  },
  // It has done it, and takes its time to say so.
  'says-nothing-once': (times, answer, done) => {
    if (times > 1) refunded(times, answer, done);
    else done();
  },
  busy: (times, answer, done) => {
    if (times > 1) refunded(times, answer, done);
    else json(answer, 429, {}, { 'retry-after': '2' });
  },
  late: (_, answer) => {
    json(answer, 409, { trouble: 'too late' });
  },
  refused: (_, answer) => {
    json(answer, 422, { trouble: 'ana@customers.test' });
  },
  dead: () => undefined,
};

export async function startShop(): Promise<Shop> {
  const asked: Asked[] = [];
  const made = new Map<string, string>();
  const server = createServer((request, answer) => {
    void take(request, answer);
  });
  async function take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    const { method = '', url = '', headers } = request;
    const key = String(headers['idempotency-key']);
    asked.push({ at: Date.now(), method, path: url, key, authorization: String(headers.authorization), body });
    const order =
      method === 'GET'
        ? (url.split('?')[0]?.split('/').at(-1) ?? '')
        : (JSON.parse(body) as { orderId: string }).orderId;
    const times = asked.filter((other) => other.method === method && other.key === key).length;
    const behaviour = method === 'GET' ? (lookUps[order] ?? lost) : (refunds[order] ?? refunded);
    behaviour(times, answer, () => {
      if (!made.has(key)) made.set(key, order);
    });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    about: (order, method) =>
      asked.filter(
        (one) => one.method === method && (one.path.endsWith(`/${order}`) || one.body.includes(`"${order}"`)),
      ),
    refunds: made,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
