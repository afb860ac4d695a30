import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { packageRoot } from '../../cli/dev/folders.ts';
import { ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
});
afterAll(() => own.stop());

it('righttouch draw --live says how many customers stand at each step, and which version they are on', async () => {
  const { cli, api } = own;
  expect(await cli(['publish', join(packageRoot, 'journeys')])).toMatchObject({ exit: 0 });
  expect(await cli(['draw', 'starter', '--live', '--mermaid'])).toMatchObject({
    exit: 0,
    out: expect.stringContaining('Version 1: 0 customers on it'),
  });
  for (const id of ['ana', 'ben', 'cem']) {
    await api.call('PUT', `/v1/customers/${id}`, { body: {} });
    const data = { inquiryId: `i-${id}`, topic: 'other', urgent: false };
    const event = { customerId: id, type: 'inquiry-received', data, idempotencyKey: `key-${id}` };
    await api.call('POST', '/v1/events', { body: event });
  }
  await api.db
    .updateTable('enrolments')
    .set({ step: 'our-answer', parked_at: new Date('2026-03-02T09:00:00Z') })
    .where('customer_id', '<>', 'cem')
    .execute();
  const { out } = await cli(['draw', 'starter', '--live', '--mermaid']);
  expect(out).toContain('Version 1: 3 customers on it');
  expect(out).toContain('our-answer<br/>for 1 business day<br/>● 2 here now');
  expect((await api.call('GET', '/v1/journeys/starter/standing')).body).toEqual({
    journey: 'starter',
    customers: 3,
    standing: [
      { version: 1, step: 'our-answer', customers: 2, longestSince: '2026-03-02T09:00:00.000Z' },
      { version: 1, step: null, customers: 1, longestSince: null },
    ],
  });
  expect((await api.call('GET', '/v1/journeys/nothing/standing')).status).toBe(404);
});
