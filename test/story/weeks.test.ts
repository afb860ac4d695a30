import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Journey } from '../../core/journey/table.ts';
import { startSkippingEngine, type SkippingEngine } from './skipping.ts';

const day = 86_400_000;

/**
 * The inquiry's task is due at other hours than its promise. The server that skips time cannot cancel a timer in the very instant in which it
 * fires ("invalid history builder state for action"), and then waits for ever; a real server can.
 */
const quicker = (journey: Journey): Journey => {
  const { person } = journey.steps;
  if (person?.kind !== 'escalate') return journey;
  return { ...journey, steps: { ...journey.steps, person: { ...person, within: '3 business hours' } } };
};

let engine: SkippingEngine;
beforeAll(async () => {
  engine = await startSkippingEngine(quicker);
}, 60_000);
afterAll(() => engine.stop());

test('an offer of two weeks is said twice, in the hours for it, and ends when nobody takes it', async () => {
  await engine.customer('ana');
  const began = await engine.now();
  const run = await engine.event('ana', 'offer-ready', { offerId: 'spring', percent: 15 });
  expect(await engine.outcome(run ?? '')).toBe('not-taken');
  const mails = engine.inbox.mails.filter((mail) => mail.to && JSON.stringify(mail.to).includes('ana@'));
  expect(mails.map((mail) => mail.subject)).toEqual([
    'Something for you this spring',
    'Your spring offer ends in a few days',
  ]);
  const touches = await engine.db
    .selectFrom('touches')
    .selectAll()
    .where('customer_id', '=', 'ana')
    .orderBy('sent_at')
    .execute();
  const [first, last] = touches.map((touch) => touch.sent_at?.getTime() ?? 0);
  expect(last! - first!).toBeGreaterThanOrEqual(10 * day);
  expect((await engine.now()) - began).toBeGreaterThanOrEqual(14 * day);
  for (const at of [first!, last!]) {
    const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Europe/Berlin' }).format(at));
    expect(hour).toBeGreaterThanOrEqual(9);
    expect(hour).toBeLessThan(20);
  }
}, 120_000);

test('days of silence end at people: the task climbs its ladder, and the run goes on when nobody takes it', async () => {
  await engine.customer('ben');
  const run = await engine.event('ben', 'inquiry-received', { inquiryId: 'i-9', topic: 'device', urgent: false });
  expect(await engine.outcome(run ?? '')).toBe('unanswered');
  const task = await engine.db
    .selectFrom('tasks')
    .selectAll()
    .where('customer_id', '=', 'ben')
    .executeTakeFirstOrThrow();
  expect(task.state).toBe('open');
  expect(task.asked_team).toBe('leads');
  expect(task.deadline_at).not.toBeNull();
  const promise = await engine.db
    .selectFrom('promises')
    .selectAll()
    .where('customer_id', '=', 'ben')
    .executeTakeFirstOrThrow();
  expect(promise.renewed).toBe(1);
}, 120_000);
