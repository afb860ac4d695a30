import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signatureOf, tellWebhook } from '../../channels/standard-webhook.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'notice_7', type: 'task.new', at: Date.parse('2026-03-02T09:00:00Z'), data: { task: 'T-12' } };

const got: { headers: IncomingMessage['headers']; body: string }[] = [];
let status = 200;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    got.push({ headers: request.headers, body });
    response.writeHead(status, { location: '/elsewhere' }).end('whatever they say');
  });
});
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/touch`;
});
afterAll(() => {
  server.close();
});

describe('A webhook of ours', () => {
  it("is signed as the standard's own example is", () => {
    // From the libraries of the standard: https://github.com/standard-webhooks/standard-webhooks
    expect(signatureOf(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('says what happened and when, with an id, the time of this try and a signature of all three', async () => {
    expect(await tellWebhook({ url, secret }, message, 1_772_442_000_999)).toEqual({ told: true });
    const { headers, body } = got.at(-1) ?? { headers: {}, body: '' };
    expect(JSON.parse(body)).toEqual({
      type: 'task.new',
      timestamp: '2026-03-02T09:00:00.000Z',
      data: { task: 'T-12' },
    });
    expect(headers).toMatchObject({ 'webhook-id': 'notice_7', 'webhook-timestamp': '1772442000' });
    expect(headers['webhook-signature']).toBe(signatureOf(secret, 'notice_7', 1_772_442_000, body));
  });

  it.each([500, 404, 302])(
    'is not told where they answer %i, and what they wrote is not repeated',
    async (answered) => {
      status = answered;
      const told = await tellWebhook({ url, secret }, message, 0);
      expect(told).toMatchObject({ told: false });
      expect(JSON.stringify(told)).not.toContain('whatever');
    },
  );

  it('is not told where nobody listens', async () => {
    expect(await tellWebhook({ url: 'http://127.0.0.1:1/', secret }, message, 0)).toMatchObject({ told: false });
  });
});
