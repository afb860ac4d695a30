import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEngine, until, type Engine } from './engine.ts';
import { startShop, systemsAt, type Shop } from './shop.ts';
import { killedProcesses, workerOf, type KilledProcesses } from './worker-process.ts';

let shop: Shop;
let engine: Engine;
let processes: KilledProcesses;
beforeAll(async () => {
  const made = killedProcesses();
  shop = await startShop();
  engine = await startEngine({ systems: systemsAt(shop.url) });
  await engine.pause();
  processes = await made;
});
afterAll(async () => {
  await engine.stop();
  await shop.close();
  processes.remove();
});

test('a worker killed while another system is at it: another worker asks again with the same key long before the time limit, and it is done once', async () => {
  const order = 'says-nothing-once';
  await engine.customer('ana');
  const worker = processes.start({ ...workerOf(engine), shop: shop.url });
  await engine.event('ana', 'parcel-overdue', { orderId: order, daysLate: 3 });
  await until('the first worker asks', () => shop.about(order, 'POST').length === 1, 60_000);
  await worker.kill();
  await engine.addWorker();
  const row = await until(
    'the run has ended',
    () =>
      engine.db
        .selectFrom('enrolments')
        .select(['id', 'outcome'])
        .where('once_value', '=', order)
        .where('outcome', 'is not', null)
        .executeTakeFirst(),
    // A limit of 90 s would notice it, too: the heartbeat does so in ten.
    45_000,
  );
  expect(row.outcome).toBe('refunded');
  const key = `${row.id}/refund/1`;
  expect(shop.about(order, 'POST').map((asked) => asked.key)).toEqual([key, key]);
  expect([...shop.refunds]).toEqual([[key, order]]);
}, 120_000);
