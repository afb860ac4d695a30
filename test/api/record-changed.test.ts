import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deliveriesAfter } from '../../store/deliveries.ts';
import { event, journey, take, words, policy } from '../store/setting.ts';
import { publish } from '../../store/publish.ts';
import { monday, ownApi, type OwnApi } from './own-api.ts';

let api: OwnApi;
beforeAll(async () => {
  api = await ownApi();
  const renewal = journey('renewal', [], { entry: { event: 'contract-begun', oncePer: 'contractId' } });
  const pause = {
    kind: 'pause',
    until: '1 day before customer.renewsOn',
    follows: 'customer',
    next: 'end:finished',
  } as const;
  await publish(api.db, {
    words: { ...words, customer: { renewsOn: { kind: 'day' }, firstName: { kind: 'text' } } },
    policy,
    templates: [],
    journeys: [{ definition: { ...renewal, steps: { ...renewal.steps, pause } } }],
    by: 'a test',
    now: monday,
  });
});
afterAll(() => api.stop());

test('a customer changed over the API is news to the run that follows the record, and the pump is told', async () => {
  const put = (fields: object) => api.call('PUT', '/v1/customers/ana', { body: { fields } });
  expect((await put({ renewsOn: '2026-05-01', firstName: 'Ana' })).status).toBe(201);
  const { started } = await take(api.db, event('ana', 'contract-begun', { data: { contractId: 'c-1' } }));
  const run = started[0]?.enrolmentId ?? '';
  expect((await put({ renewsOn: '2026-06-01', firstName: 'Anna' })).status).toBe(200);
  const { deliveries } = await deliveriesAfter(api.db, run, 0);
  expect(deliveries.map(({ body }) => body)).toMatchObject([
    { kind: 'event', event: 'customer', data: { firstName: true, renewsOn: true } },
  ]);
  expect(JSON.stringify(deliveries)).not.toMatch(/Anna|2026-06/);
  const [call] = await api.db.selectFrom('outbox').select('generation').where('ref', '=', run).execute();
  expect(call).toEqual({ generation: '2' });
});
