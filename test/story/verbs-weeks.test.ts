import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { upsertCustomer } from '../../store/customers.ts';
import { deskOf } from '../../store/desk.ts';
import { tellDueNotes } from '../../store/notes/tell.ts';
import { until } from './engine.ts';
import { startSkippingEngine, type SkippingEngine } from './skipping.ts';
import { promised, smallJourney, word } from './small-journey.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const iso = (at: number): string => new Date(at).toISOString();

const again = smallJourney(
  'again',
  'end:done',
  {},
  {
    entry: { event: 'cart-left', oncePer: 'customer', again: 'after 30 days' },
  },
);
const onTheDay = smallJourney(
  'on-the-day',
  'there',
  {
    there: {
      ...promised('end:done'),
      kind: 'promise',
      due: '2 hours after appointment-set.startsAt',
      follows: 'appointment-set',
    } as never,
  },
  { entry: { event: 'appointment-set', oncePer: 'appointmentId' } },
);
const renewal = smallJourney(
  'renewal',
  'a-month-before',
  {
    'a-month-before': {
      kind: 'pause',
      until: '30 days before customer.renewsOn at 10:00',
      follows: 'customer',
      next: 'word',
      goes: { missed: 'end:silent' },
    },
    word: word('end:done', { cause: 'contract-begun', say: 'still-there' }),
  },
  { entry: { event: 'contract-begun', oncePer: 'contractId' } },
);

let engine: SkippingEngine;
beforeAll(async () => {
  engine = await startSkippingEngine((journey) => journey, [again, onTheDay, renewal]);
}, 60_000);
afterAll(() => engine.stop());

/** `unlike`: until another instant than this one. */
const parked = (run: string | undefined, step: string, unlike?: number) =>
  until(`parked at ${step}`, async () => {
    const row = await engine.db
      .selectFrom('enrolments')
      .select(['step', 'wake_at', 'waiting_for'])
      .where('id', '=', run ?? '')
      .where('step', '=', step)
      .executeTakeFirst();
    const at = row?.wake_at?.getTime();
    return row && at !== undefined && at !== unlike ? { at, for: row.waiting_for } : null;
  });
/** Looked for, not awaited: time stands meanwhile. */
const over = (run: string | undefined) =>
  until(`${String(run)} is over`, async () => {
    const row = await engine.db
      .selectFrom('enrolments')
      .select('outcome')
      .where('id', '=', run ?? '')
      .executeTakeFirst();
    return row?.outcome;
  });
const sent = async (customerId: string) => {
  const rows = await engine.db
    .selectFrom('touches')
    .select(['step', 'sent_at'])
    .where('customer_id', '=', customerId)
    .where('state', '=', 'sent')
    .orderBy('sent_at')
    .execute();
  return rows.map(({ step, sent_at }) => ({ step, at: sent_at?.getTime() ?? 0 }));
};

// First, while no tasks of others climb: the server that skips time gets stuck where a timer is cancelled as it fires.
describe('a date in the customer’s record', () => {
  test('that moves is followed by whoever waits for it, and a day that is over is missed', async () => {
    await engine.customer('dora');
    const began = await engine.now();
    const renewsOn = (inDays: number) => iso(began + inDays * day).slice(0, 10);
    const change = async (inDays: number) => {
      await upsertCustomer(engine.db, { id: 'dora', fields: { renewsOn: renewsOn(inDays) }, now: await engine.now() });
    };
    await change(100);
    const run = await engine.event('dora', 'contract-begun', { contractId: 'd-1' });
    const first = await parked(run, 'a-month-before');
    await change(200);
    // It has heard of the new date before the old one comes: time is skipped faster than anything is told.
    const second = await parked(run, 'a-month-before', first.at);
    await engine.env.sleep(75 * day);
    expect(await sent('dora')).toEqual([]);
    expect(second.at - first.at).toBeGreaterThanOrEqual(100 * day - 60 * minute);
    expect(await engine.outcome(run ?? '')).toBe('done');
    const [touch] = await sent('dora');
    expect(touch?.at).toBeGreaterThanOrEqual(second.at);

    await change(-10);
    expect(await engine.outcome((await engine.event('dora', 'contract-begun', { contractId: 'd-2' })) ?? '')).toBe(
      'silent',
    );
  }, 120_000);
});

describe('a journey that may be entered again after 30 days', () => {
  test('is entered, is not entered too early, and is entered when they are over', async () => {
    await engine.customer('emma');
    const first = await engine.event('emma', 'cart-left', {});
    expect(await over(first)).toBe('done');
    await engine.env.sleep(29 * day);
    expect(await engine.event('emma', 'cart-left', {})).toBeUndefined();
    await engine.env.sleep(day + minute);
    const second = await engine.event('emma', 'cart-left', {});
    expect(second).not.toBe(first);
    expect(await over(second)).toBe('done');
    const away = await engine.db.selectFrom('turned_away').select(['journey', 'because']).execute();
    expect(away).toEqual([
      { journey: 'again', because: 'it may be entered again after 30 days from the end of the last run' },
    ]);
  }, 120_000);
});

describe('an appointment that moves', () => {
  test('while its reminder waits for the day before: one reminder, at the new time', async () => {
    await engine.customer('ana');
    const began = await engine.now();
    const set = (startsAt: number) =>
      engine.event('ana', 'appointment-set', { appointmentId: 'a-1', startsAt: iso(startsAt) });
    const run = await set(began + 5 * day);
    expect((await parked(run, 'day-before')).at).toBe(began + 4 * day);
    await engine.env.sleep(2 * hour); // services are an hour apart
    await set(began + 9 * day);
    // Nobody reports the visit, and nobody takes the task.
    expect(await engine.outcome(run ?? '')).toBe('broken');
    const touches = await sent('ana');
    expect(touches.map(({ step }) => step)).toEqual(['confirmed', 'moved', 'see-you']);
    const reminded = touches.at(-1)?.at ?? 0;
    expect(reminded).toBeGreaterThanOrEqual(began + 8 * day);
    expect(reminded).toBeLessThan(began + 8 * day + minute);
    const mails = engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes('ana@'));
    expect(mails.map((mail) => mail.subject)).toEqual([
      'We come to you',
      'We come at another time',
      'See you tomorrow',
    ]);
  }, 120_000);

  test('while its reminder waits for a place in the budget: that one never goes out', async () => {
    await engine.customer('ben');
    const began = await engine.now();
    const set = (startsAt: number) =>
      engine.event('ben', 'appointment-set', { appointmentId: 'b-1', startsAt: iso(startsAt) });
    const run = await set(began + day + 20 * minute);
    await parked(run, 'day-before');
    // Services are an hour apart: the reminder, 20 minutes after the first word, has to wait.
    await engine.env.sleep(30 * minute);
    expect((await parked(run, 'see-you')).for).toBe('budget: spacing');
    await set(began + 9 * day);
    expect(await engine.outcome(run ?? '')).toBe('broken');
    const touches = await sent('ben');
    // That we moved it had to wait, too, so a person was asked to tell them.
    expect(touches.map(({ step }) => step)).toEqual(['confirmed', 'see-you']);
    expect(touches.at(-1)?.at).toBeGreaterThanOrEqual(began + 8 * day);
  }, 120_000);

  test('takes the note to our own people along, and the promise, also when their run is over', async () => {
    await engine.customer('carl');
    const began = await engine.now();
    const set = (startsAt: number) =>
      engine.event('carl', 'appointment-set', { appointmentId: 'c-1', startsAt: iso(startsAt) });
    await set(began + 5 * day);
    const promise = await until('a promise', () =>
      engine.db.selectFrom('promises').selectAll().where('customer_id', '=', 'carl').executeTakeFirst(),
    );
    expect(promise.due_at.getTime()).toBe(began + 5 * day + 120 * minute);
    await until('its run is over', () =>
      engine.db
        .selectFrom('enrolments')
        .select('id')
        .where('id', '=', promise.enrolment_id)
        .where('state', '=', 'ended')
        .executeTakeFirst(),
    );
    await until('a note', () =>
      engine.db.selectFrom('notes').select('id').where('customer_id', '=', 'carl').executeTakeFirst(),
    );
    await set(began + 9 * day);
    await engine.env.client.workflow.getHandle(`promise:${promise.id}`).result();
    expect((await engine.now()) - began).toBeGreaterThanOrEqual(9 * day + 120 * minute);
    const broken = await engine.db
      .selectFrom('promises')
      .selectAll()
      .where('id', '=', promise.id)
      .executeTakeFirstOrThrow();
    expect(broken.state).toBe('broken');
    expect(broken.settled_at?.getTime()).toBeGreaterThanOrEqual(began + 9 * day + 120 * minute);
    const { db } = engine;
    const note = await db.selectFrom('notes').selectAll().where('customer_id', '=', 'carl').executeTakeFirstOrThrow();
    const berlin = new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: 'Europe/Berlin',
    });
    const twoDaysBefore = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone: 'Europe/Berlin' });
    expect(berlin.format(note.due_at)).toBe(`${twoDaysBefore.format(began + 7 * day)}, 09:00`);
    await tellDueNotes(db, { now: await engine.now(), limit: 100, desk: () => deskOf(db, 'care') });
    const reason = await db.selectFrom('task_reasons').selectAll().where('id', '=', note.id).executeTakeFirstOrThrow();
    expect(reason).toMatchObject({ because: 'Are all parts for this visit in the van?', journey: 'appointment' });
  }, 120_000);
});
