import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { ownApi, type OwnApi } from './own-api.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi({ limits: { requestTimeoutMs: 600, headersTimeoutMs: 500, slowCheckEveryMs: 100 } });
});
afterAll(() => api.stop());

const newKey = (more: object = {}): object => ({ name: 'crm', scopes: ['events:write'], ...more });
const fields = (answer: { body: unknown }): string[] =>
  (answer.body as { faults: { field: string }[] }).faults.map((fault) => fault.field);

describe('What is not there', () => {
  it('answers an unknown address with a problem', async () => {
    const answer = await api.call('GET', '/v1/custommers');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      type: '/problems/no-such-route',
      code: 'no-such-route',
      status: 404,
      faults: [],
    });
  });
  it('answers a known address with the wrong method by naming the right ones', async () => {
    const answer = await api.call('PATCH', '/v1/keys');
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
    expect(answer.body).toMatchObject({ code: 'method-not-allowed' });
    expect((await api.call('GET', '/v1/keys/crm')).headers['allow']).toBe('DELETE');
    const text = { raw: 'x', headers: { 'content-type': 'text/plain' } };
    expect((await api.call('PATCH', '/v1/keys', text)).status).toBe(405);
    expect((await api.call('POST', '/v1/nothing', text)).status).toBe(404);
  });
  it('explains every problem at its type', async () => {
    expect((await api.call('GET', '/problems/too-large', { key: null })).body).toMatchObject({ status: 413 });
    expect((await api.call('GET', '/problems/nothing', { key: null })).status).toBe(404);
  });
});

describe('Bodies', () => {
  const before = async (): Promise<number> => (await api.db.selectFrom('api_keys').selectAll().execute()).length;
  const refused: [string, string, number, string, string[]][] = [
    ['nothing', '', 400, 'invalid-request', ['body']],
    ['no JSON', '{"name":', 400, 'malformed-body', ['body']],
    ['a number for a text', JSON.stringify(newKey({ name: 7 })), 400, 'invalid-request', ['name']],
    ['true for a text', JSON.stringify(newKey({ name: true })), 400, 'invalid-request', ['name']],
    ['a text for a list', JSON.stringify(newKey({ scopes: 'events:write' })), 400, 'invalid-request', ['scopes']],
    [
      'a field nobody knows',
      JSON.stringify(newKey({ admin: true, nmae: 'x' })),
      400,
      'invalid-request',
      ['admin', 'nmae'],
    ],
    [
      'several faults at once',
      JSON.stringify({ scopes: ['evnts:write'], x: 1 }),
      400,
      'invalid-request',
      ['name', 'scopes.0', 'x'],
    ],
    [
      '__proto__',
      '{"name":"crm","scopes":["events:write"],"__proto__":{"admin":true}}',
      400,
      'malformed-body',
      ['__proto__'],
    ],
    [
      'constructor',
      '{"name":"crm","scopes":["events:write"],"constructor":{"prototype":{}}}',
      400,
      'malformed-body',
      ['constructor', 'constructor.prototype'],
    ],
    ['a NUL character', '{"name":"crm\\u0000","scopes":["events:write"]}', 400, 'malformed-body', ['name']],
    ['half a surrogate pair', '{"name":"crm\\ud800","scopes":["events:write"]}', 400, 'malformed-body', ['name']],
    ['too deep', '['.repeat(1_000) + ']'.repeat(1_000), 400, 'malformed-body', ['body']],
    ['too large', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 413, 'too-large', []],
  ];
  it.each(refused)('refuses %s, and changes nothing', async (_what, raw, status, code, where) => {
    const count = await before();
    const answer = await api.call('POST', '/v1/keys', { raw });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(fields(answer)).toEqual(where);
    expect(await before()).toBe(count);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
  it('refuses a body that is no JSON by its type', async () => {
    const answer = await api.call('POST', '/v1/keys', {
      raw: 'name=crm',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  });
  it('says what was meant', async () => {
    const answer = await api.call('POST', '/v1/keys', { body: { nmae: 'crm', scopes: ['evnts:write'] } });
    const { faults } = answer.body as { faults: { field: string; mend: string }[] };
    expect(faults.find((fault) => fault.field === 'nmae')?.mend).toBe("Did you mean 'name'?");
    expect(faults.find((fault) => fault.field === 'scopes.0')?.mend).toBe("Did you mean 'events:write'?");
  });
  it('refuses what is wrong in the address', async () => {
    expect(fields(await api.call('GET', '/v1/keys?limit=0'))).toEqual(['query.limit']);
    expect(fields(await api.call('GET', '/v1/keys?limit=1000&sort=name'))).toEqual(['query.limit', 'query.sort']);
    expect(fields(await api.call('GET', '/v1/keys?after=nonsense'))).toEqual(['query.after']);
    expect((await api.call('DELETE', '/v1/keys/a%00b')).status).toBe(400);
    expect((await api.call('DELETE', `/v1/keys/${'a'.repeat(300)}`)).status).toBe(400);
    expect((await api.call('DELETE', '/v1/keys/%E0%A4%A')).status).toBe(400);
  });
});

describe('On a real socket', () => {
  const talk = async (port: number, ...parts: (string | number)[]): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    for (const part of parts) socket.write(String(part));
    await once(socket, 'close');
    return heard;
  };
  it('answers a body that never ends to arrive with 408', async () => {
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const head = `POST /v1/keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n`;
    const heard = await talk(port, head, '{"name":');
    expect(heard).toMatch(/^HTTP\/1.1 408 /);
    expect(heard).toContain('"code":"too-slow"');
  });
  it('answers what is no HTTP with a problem, and headers that are too large', async () => {
    const { port } = api.app.server.address() as AddressInfo;
    expect(await talk(port, 'NONSENSE\r\n\r\n')).toContain('"code":"malformed-body"');
    expect(await talk(port, `GET /health HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
  });
  it('refuses a chunked body as soon as it is larger than the limit', async () => {
    const { port } = api.app.server.address() as AddressInfo;
    const head = `POST /v1/keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunk = `40000\r\n${' '.repeat(0x40000)}\r\n`;
    expect(await talk(port, head, chunk, chunk, chunk, chunk, chunk)).toMatch(/^HTTP\/1.1 413 /);
  });
});
