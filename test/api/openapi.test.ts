import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { access } from '../../api/access.ts';
import { problems } from '../../api/problems.ts';
import { ownApi, type OwnApi } from './own-api.ts';

interface Operation {
  summary?: string;
  operationId?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>;
}
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

let api: OwnApi;
let described: Description;
let operations: [string, Operation][];
beforeAll(async () => {
  api = await ownApi();
  described = (await api.call('GET', '/openapi.json', { key: null })).body as Description;
  operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      operation,
    ]),
  );
});
afterAll(() => api.stop());

describe('The OpenAPI description', () => {
  it('is 3.1 and describes exactly the routes there are', () => {
    expect(described.openapi).toMatch(/^3\.1\./);
    expect(operations.map(([route]) => route).sort()).toEqual(Object.keys(access).sort());
  });
  it('says of every operation what it is, what it answers and who may call it', () => {
    for (const [route, operation] of operations) {
      expect([route, operation.summary?.length ?? 0]).not.toEqual([route, 0]);
      expect([route, operation.tags?.length]).toEqual([route, 1]);
      const none: Record<string, object[]> = { open: [], signed: [], person: [{ session: [] }] };
      const ways = none[access[route] ?? ''] ?? [{ apiKey: [] }, { session: [] }];
      expect([route, operation.security]).toEqual([route, ways]);
      const statuses = Object.keys(operation.responses ?? {});
      expect([route, statuses.some((status) => status.startsWith('2'))]).toEqual([route, true]);
      expect(statuses).toEqual(expect.arrayContaining(['400', '401', '403', '429', '500', '503']));
      if (route.includes('/:'))
        expect([route, statuses.includes('404') || /kill-switches|PUT/.test(route)]).toEqual([route, true]);
    }
    const ids = operations.map(([, operation]) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('points at nothing that is not there', () => {
    const text = JSON.stringify(described);
    const names = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(20);
    for (const name of new Set(names)) expect(described.components.schemas).toHaveProperty([name]);
  });
  it('says that bodies are strict', () => {
    const bodies = operations.flatMap(([route, operation]) => {
      const { requestBody } = operation as {
        requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
      };
      return Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => ({ route, type, schema }));
    });
    const json = bodies.filter(({ type, route }) => type === 'application/json' && !route.includes('webhooks'));
    expect(json.length).toBeGreaterThan(10);
    for (const { route, schema } of json) expect([route, schema['additionalProperties']]).toEqual([route, false]);
  });
});

describe('Its page', () => {
  it('runs nothing from elsewhere', async () => {
    const page = await api.call('GET', '/docs/', { key: null });
    expect(page.status).toBe(200);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(page.text).not.toMatch(/(src|href)="https?:/);
  });
});

describe('Every answer', () => {
  it('has the headers that keep browsers from doing more than was meant', async () => {
    const { headers } = await api.call('GET', '/health', { key: null });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });
  it('that is a problem has one of the codes of the list, which has a page', async () => {
    for (const code of Object.keys(problems)) {
      expect((await api.call('GET', `/problems/${code}`, { key: null })).body).toMatchObject({ code });
    }
  });
});
