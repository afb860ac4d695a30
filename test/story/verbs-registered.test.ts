import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { askHttp } from '../../activities/systems/ask-http.ts';
import { http, systems, type SystemCall } from '../../core/journey/systems.ts';
import type { TableStep } from '../../core/journey/table-steps.ts';
import { sharedServer } from '../servers/temporal.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { keptLog } from './kept-log.ts';
import { startShop, type Shop } from './shop.ts';
import { smallJourney } from './small-journey.ts';

const calls: SystemCall[] = [];
const { log, logged } = keptLog();
const lookUp = (field: string, lost: string, unsure: string): TableStep => ({
  ...{ kind: 'lookUp', find: 'where-is-parcel', with: { value: field }, next: unsure },
  goes: { lost, unsure },
});
const asks = smallJourney('asks', 'of-a-stranger', {
  'of-a-stranger': lookUp('customer.shoeSize', 'end:done', 'by-name'),
  'by-name': lookUp('customer.firstName', 'refund', 'end:silent'),
  refund: {
    ...{ kind: 'act', do: 'refund-order', with: { value: 'customer.firstName' }, next: 'ship' },
    goes: { 'too-late': 'end:silent', failed: 'end:silent' },
  },
  ship: { kind: 'act', do: 'ship-again', with: {}, next: 'end:done', goes: { failed: 'end:with-a-person' } },
});

let engine: Engine;
let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
  engine = await startEngine({
    log,
    journeys: [asks],
    systems: systems({
      lookUps: {
        'where-is-parcel': (call) => {
          calls.push(call);
          return 'lost';
        },
      },
      actions: {
        'refund-order': {
          how: (call) => {
            calls.push(call);
            if (calls.length < 4)
              throw Object.assign(new Error(`no refund for ${String(call.with['value'])}`), { retryAfterMs: 50 });
            return 'done';
          },
        },
      },
    }),
  });
});
afterAll(async () => {
  await engine.stop();
  await shop.close();
});

test('functions are handed what they need and their key, unknown values and unknown names are told plainly', async () => {
  // When the worker started, before anybody came to it.
  expect(
    logged.filter((line) => line.includes("No action 'ship-again' is registered: step 'ship' of 'asks' will fail.")),
  ).toHaveLength(1);

  await engine.customer('ana');
  await engine.event('ana', 'inquiry-received', { inquiryId: 'i-1', topic: 'other', urgent: false });
  const run = await until('the run is over', () =>
    engine.db.selectFrom('enrolments').select(['id', 'outcome']).where('state', '=', 'ended').executeTakeFirst(),
  );
  expect(run.outcome).toBe('with-a-person');
  expect(calls.map((call) => call.with)).toEqual(Array(4).fill({ value: 'Ana' }));
  expect(calls.slice(1).map(({ key }) => key)).toEqual(Array(3).fill(`${run.id}/refund/1`));
  const said = logged.map((line) => (JSON.parse(line) as { because?: string }).because).filter(Boolean);
  expect(said).toEqual(["'customer.shoeSize' is not known", "no system 'ship-again' is registered with this worker"]);
  const temporal = await sharedServer();
  const history = JSON.stringify(await temporal.client.workflow.getHandle(`run:${run.id}`).fetchHistory());
  await temporal.teardown();
  // What others say in their errors may name a customer: only the kind of error is told.
  expect(history).toContain("act 'refund-order': it could not be heard (Error)");
  expect(history + logged.join('')).not.toMatch(/no refund for|"Ana/);
});

describe('a call over HTTP', () => {
  const never = new AbortController().signal;
  const where = (more: Parameters<typeof http>[0]) => http(more);

  test('reads its answer with zod, and puts values into the address as one part of it each', async () => {
    const system = where({
      url: `${shop.url}/orders/{orderId}`,
      answer: z.object({ state: z.enum(['moving', 'lost']) }),
      says: ({ state }: { state: string }) => state,
    });
    const ask = (orderId: string) =>
      askHttp(system, { with: { orderId, country: 'DE & AT' }, key: 'k-1', signal: never }, {});
    expect(await ask('moving')).toEqual({ is: 'answer', says: 'moving' });
    expect(await ask('../keys?all=1')).toEqual({ is: 'answer', says: 'lost' });
    expect(shop.asked.slice(-2).map(({ path }) => path)).toEqual([
      '/orders/moving?country=DE+%26+AT',
      '/orders/..%2Fkeys%3Fall%3D1?country=DE+%26+AT',
    ]);
  });

  test('without a secret that it needs, or with an address that names what it is not given, asks nobody', async () => {
    const asked = shop.asked.length;
    const call = { with: {}, key: 'k-1', signal: never };
    const headers = { authorization: { env: 'SHOP_TOKEN', prefix: '' } };
    await expect(askHttp(where({ url: shop.url, headers }), call, {})).rejects.toThrow('SHOP_TOKEN is not set');
    await expect(askHttp(where({ url: `${shop.url}/{orderId}` }), call, {})).rejects.toThrow(
      "its address names 'orderId'",
    );
    expect(shop.asked).toHaveLength(asked);
  });
});
