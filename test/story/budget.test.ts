import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whyCustomer } from '../../store/budget/index.ts';
import { startEngine, until, type Engine } from './engine.ts';

const day = 86_400_000;
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

test("another journey's touch to the same customer is deferred to the millisecond at which there is room, and why tells it", async () => {
  await engine.customer('ana');
  await engine.event('ana', 'inquiry-received', { inquiryId: 'i-1', topic: 'billing', urgent: false });
  await until('the acknowledgement', () => engine.inbox.mails[0]);
  const first = await until('settled', () =>
    engine.db.selectFrom('touches').selectAll().where('state', '=', 'sent').executeTakeFirst(),
  );
  await engine.event('ana', 'offer-ready', { offerId: 'spring', percent: 15 });
  const offer = await until('deferred', () =>
    engine.db.selectFrom('touches').selectAll().where('journey', '=', 'offer').executeTakeFirst(),
  );
  expect(offer.state).toBe('deferred');
  // A place counts from the fence on, which is when it is marked as being sent.
  expect(offer.until?.getTime()).toBe(first.sending_at!.getTime() + day);
  const told = await whyCustomer(engine.db, 'ana', { limit: 10 });
  const says = told.find((touch) => touch.journey === 'offer')?.asks[0]?.says ?? '';
  expect(says).toContain("budget 'a day' is used up (1 of 1 in 24 hours");
  expect(says).toContain(first.id);
  expect(engine.inbox.mails).toHaveLength(1);
  const run = await until('parked', () =>
    engine.db
      .selectFrom('enrolments')
      .selectAll()
      .where('journey', '=', 'offer')
      .where('waiting_for', 'is not', null)
      .executeTakeFirst(),
  );
  expect(run.waiting_for).toBe('budget: windows');
  expect(run.wake_at).toEqual(offer.until);
});
