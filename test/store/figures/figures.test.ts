/** Each figure against a small history that one can count by hand. Days are Berlin's; Monday is 2026-03-02. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { lastDays } from '../../../core/calendar/last-days.ts';
import { countDay } from '../../../store/figures/count-day.ts';
import { countCrickets } from '../../../store/figures/crickets.ts';
import { dayCounter } from '../../../store/figures/day-counter.ts';
import type { DayFigures } from '../../../store/figures/figures.ts';
import { waitsSince } from '../../../store/floor/silence.ts';
import type { TouchTables } from '../../../store/database/touches.ts';
import type { Insertable } from 'kysely';
import { addSpan, customer, event, hour, journey, minute, opened, publishAll, run, take } from '../setting.ts';
import { claimTask } from '../../../store/tasks/claim.ts';
import { completeTask } from '../../../store/tasks/complete.ts';
import { ownDb } from '../own-db.ts';

const db = await ownDb();
const day = 24 * hour;
/** Midnight of the Monday in Berlin. */
const monday = Date.parse('2026-03-01T23:00:00Z');
const at = (hours: number): number => monday + hours * hour;

let touches = 0;
async function touch(customerId: string, more: Partial<Insertable<TouchTables['touches']>> = {}): Promise<string> {
  const id = `t-${String((touches += 1))}`;
  await db
    .insertInto('touches')
    .values({
      ...{
        id,
        customer_id: customerId,
        purpose: 'service',
        made_by: 'tech',
        channel: 'email',
        cost: 1,
        state: 'sent',
        ask: 1,
      },
      answer: JSON.stringify({ is: 'reserved', warnings: [] }),
      considered: '[]',
      asked_at: new Date(at(9)),
      sent_at: new Date(at(9)),
      ...more,
    })
    .execute();
  return id;
}
const decided = (
  answer: object,
  when: number,
  state: 'deferred' | 'refused' | 'with-person' | 'sent' = 'deferred',
) => ({
  answer: JSON.stringify(answer),
  record: JSON.stringify({ tried: [], says: '' }),
  decided_at: new Date(when),
  state,
  sent_at: state === 'sent' ? new Date(when) : null,
});

let messages = 0;
const says = (
  customerId: string,
  direction: 'in' | 'out',
  when: number,
  touchId: string | null = null,
): Promise<unknown> =>
  db
    .insertInto('messages')
    .values({
      ...{ customer_id: customerId, id: `m-${String((messages += 1))}`, direction, kind: 'message', channel: 'email' },
      ...{ author: direction === 'in' ? 'customer' : 'ben', body: 'Hello?', touch_id: touchId, at: new Date(when) },
    })
    .execute();

const figuresOf = (date: string): Promise<DayFigures> => {
  const found = lastDays('Europe/Berlin', at(24 * 20), 40).find((one) => one.date === date);
  if (!found) throw new Error(`no ${date}`);
  return countDay(db, found, at(24 * 20));
};

beforeAll(async () => {
  await publishAll(db, journey('inquiry', ['we-answered']));
  for (const id of ['ana', 'bo', 'cy', 'di', 'ed', 'fay', 'gil', 'hal']) await customer(db, id);
});

describe('What was sent on a day', () => {
  it('is counted by who made it and by its channel, from midnight to before midnight', async () => {
    await touch('ana', { sent_at: new Date(monday) });
    await touch('ana', { sent_at: new Date(monday + day - 1) });
    await touch('ana', { sent_at: new Date(monday - 1) });
    await touch('ana', { sent_at: new Date(monday + day) });
    await touch('bo', { made_by: 'human', channel: 'voice', cost: 4 });
    // A turn of a conversation is said, and no touch; what did not go out is neither.
    await touch('bo', { made_by: 'human', cost: 0 });
    await touch('cy', { state: 'failed' });
    const { sent } = await figuresOf('2026-03-02');
    expect(sent.by).toEqual([
      { madeBy: 'human', channel: 'email', count: 1 },
      { madeBy: 'human', channel: 'voice', count: 1 },
      { madeBy: 'tech', channel: 'email', count: 2 },
    ]);
    expect(sent.customers).toEqual([1, 1, 0, 0, 0, 0]);
  });
  it('tells customers apart by how many touches they got; six and more are one', async () => {
    for (let n = 0; n < 7; n += 1) await touch('cy', { sent_at: new Date(at(24 + 9) + n) });
    for (let n = 0; n < 6; n += 1) await touch('di', { sent_at: new Date(at(24 + 9) + n) });
    for (let n = 0; n < 5; n += 1) await touch('ed', { sent_at: new Date(at(24 + 9) + n) });
    expect((await figuresOf('2026-03-03')).sent.customers).toEqual([1, 0, 0, 0, 1, 2]);
  });
  it('is a pestered-day for whom a window was passed, by a soft cap or by a person, and once a customer', async () => {
    const wednesday = at(48 + 9);
    const warned = (gate: string) => ({
      sent_at: new Date(wednesday),
      answer: JSON.stringify({ is: 'reserved', warnings: [{ gate, rule: 'services a week' }] }),
    });
    await touch('ana', warned('windows'));
    await touch('ana', warned('windows'));
    await touch('bo', { ...warned('windows'), made_by: 'human' });
    await touch('cy', warned('quiet hours'));
    await touch('di', { sent_at: new Date(wednesday) });
    // A turn takes nothing, whatever was passed.
    await touch('ed', { ...warned('windows'), cost: 0 });
    expect((await figuresOf('2026-03-04')).sent).toMatchObject({ pestered: 2, customers: [3, 1, 0, 0, 0, 0] });
  });
});

it('What waited or was not made is counted once for each reason, also where earlier asks said so', async () => {
  const thursday = at(72 + 9);
  const twice = await touch('ana', decided({ is: 'deferred', because: 'windows' }, thursday));
  await db
    .insertInto('decisions')
    .values([
      { ...kept(twice, 1, 'deferred', 'windows'), at: new Date(thursday - hour) },
      { ...kept(twice, 2, 'deferred', 'quiet hours'), at: new Date(thursday - hour) },
      // At the fence: what opens by itself is waited for; what does not is decided anew, and counted then.
      { ...kept(twice, 3, 'stopped', 'hold'), at: new Date(thursday - hour) },
      { ...kept(twice, 4, 'stopped', 'consent'), at: new Date(thursday - hour) },
      { ...kept(twice, 5, 'deferred', 'windows'), at: new Date(thursday - day) },
    ])
    .execute();
  await touch('bo', decided({ is: 'dropped', because: 'consent' }, thursday, 'refused'));
  await touch('cy', decided({ is: 'to-human', because: 'no way' }, thursday, 'with-person'));
  await touch('di', decided({ is: 'reserved' }, thursday, 'sent'));
  expect((await figuresOf('2026-03-05')).notMade).toEqual([
    { is: 'not-made', because: 'consent', touches: 1 },
    { is: 'to-person', because: 'no way', touches: 1 },
    { is: 'waited', because: 'hold', touches: 1 },
    { is: 'waited', because: 'quiet hours', touches: 1 },
    { is: 'waited', because: 'windows', touches: 1 },
  ]);
});
const kept = (touchId: string, ask: number, decidedAs: string, because: string) => ({
  ...{ touch_id: touchId, ask, customer_id: 'ana', decided: decidedAs, because },
  explanation: JSON.stringify({ tried: [], says: '' }),
});

it('The time to a person is from the opening of a task to its first taking', async () => {
  const friday = at(96 + 9);
  const taking = async (who: string, after: number, by: string): Promise<void> => {
    const id = await opened(db, who, { now: friday, reasonId: `${who}/friday`, enrolmentId: null });
    await claimTask(db, { id, by, now: friday + after, holdUntil: friday + day, addSpan });
  };
  for (const [who, minutes] of [
    ['ana', 10],
    ['bo', 20],
    ['cy', 120],
  ] as const)
    await taking(who, minutes * minute, 'ben');
  // Opened on that day and taken on the next: it counts then.
  await taking('di', day, 'ben');
  expect((await figuresOf('2026-03-06')).toPerson).toEqual({ taken: 3, medianMinutes: 20, mostMinutes: 100 });
  expect((await figuresOf('2026-03-07')).toPerson).toEqual({ taken: 1, medianMinutes: 1440, mostMinutes: 1440 });
  expect((await figuresOf('2026-03-08')).toPerson).toEqual({ taken: 0, medianMinutes: null, mostMinutes: null });
});

it('Promises count on the day on which they were settled; what became needless is neither kept nor broken', async () => {
  const enrolmentId = await run(db, 'ana', 'i-1');
  const sunday = new Date(at(6 * 24 + 9));
  const made = { customer_id: 'ana', enrolment_id: enrolmentId, step: 's', team: 'care', kept_by: [], due_at: sunday };
  for (const [n, state] of (['kept', 'kept', 'broken', 'obsolete'] as const).entries())
    await db
      .insertInto('promises')
      .values({ ...made, id: `p-${String(n)}`, state, made_at: new Date(at(0)), settled_at: sunday })
      .execute();
  expect((await figuresOf('2026-03-08')).promises).toEqual({ kept: 2, broken: 1 });
  expect((await figuresOf('2026-03-07')).promises).toEqual({ kept: 0, broken: 0 });
});

describe('A cricket-day', () => {
  const tuesday = at(8 * 24);
  const crickets = (from = tuesday): Promise<number> => countCrickets(db, from, from + day, ['inquiry-received']);
  // Ana came to us by an event above, and has an answer.
  beforeAll(() => take(db, event('ana', 'we-answered', { at: tuesday - 2 * day, now: tuesday - 2 * day })));
  it('is the whole of a day on which somebody waited for us and heard nothing', async () => {
    await says('fay', 'in', tuesday - 1);
    await says('gil', 'in', tuesday + 1);
    expect([await crickets(tuesday - day), await crickets(), await crickets(tuesday + day)]).toEqual([0, 1, 2]);
  });
  it('is none with a word of a person, a service, our word that we answered, or a finished task', async () => {
    const noon = tuesday + day + 12 * hour;
    expect(await crickets(tuesday + day)).toBe(2);
    await says('fay', 'out', noon);
    const offer = await touch('gil', { purpose: 'marketing', sent_at: new Date(noon) });
    await says('gil', 'out', noon, offer);
    expect(await crickets(tuesday + day)).toBe(1);
    const service = await touch('gil', { sent_at: new Date(noon) });
    await says('gil', 'out', noon, service);
    expect(await crickets(tuesday + day)).toBe(0);

    await says('hal', 'in', noon);
    expect(await crickets(tuesday + 2 * day)).toBe(1);
    const id = await opened(db, 'hal', { now: noon, reasonId: 'hal/reason' });
    await claimTask(db, { id, by: 'ben', now: noon + day, holdUntil: noon + day, addSpan });
    expect(await crickets(tuesday + 2 * day)).toBe(1);
    await completeTask(db, { id, by: 'ben', outcome: 'called', now: noon + day });
    expect(await crickets(tuesday + 2 * day)).toBe(0);
  });
  it('and the floor mean the same by waiting', async () => {
    const late = at(30 * 24);
    const after = ['inquiry-received'];
    const waiting: string[] = [];
    for (const id of ['ana', 'fay', 'gil', 'hal'])
      if ((await db.transaction().execute((tx) => waitsSince(tx, id, after))) !== null) waiting.push(id);
    expect(waiting).toEqual([]);
    await says('ana', 'in', late - hour);
    const waits = await db.transaction().execute((tx) => waitsSince(tx, 'ana', after));
    expect(waits).toEqual({ since: late - hour, event: null });
    expect(await countCrickets(db, late, late + day, after)).toBe(1);
    await take(db, event('bo', 'inquiry-received', { data: { inquiryId: 'i-2' }, at: late - hour, now: late - hour }));
    expect(await countCrickets(db, late, late + day, after)).toBe(2);
    expect(await db.transaction().execute((tx) => waitsSince(tx, 'bo', after))).toMatchObject({
      event: 'inquiry-received',
    });
  });
});

describe('The counter of days', () => {
  const later = at(20 * 24);
  const days = lastDays('Europe/Berlin', later, 21);
  it('counts what is over once, keeps it, and counts today anew', async () => {
    const errors: unknown[] = [];
    const counter = dayCounter(db, (error) => void errors.push(error));
    const asked = { zone: 'Europe/Berlin', days, now: later };
    let found = await counter.figuresOf(asked);
    for (let tries = 0; found.size < days.length && tries < 20; tries += 1) found = await counter.figuresOf(asked);
    expect(found.get('2026-03-02')?.sent.customers).toEqual([1, 1, 0, 0, 0, 0]);
    await counter.stop();
    // What is kept is not looked at again, whatever happens to the rows.
    await db
      .updateTable('touches')
      .set({ state: 'failed' })
      .where('sent_at', '<', new Date(monday + day))
      .execute();
    const another = dayCounter(db, (error) => void errors.push(error));
    const again = await another.figuresOf(asked);
    expect(again.get('2026-03-02')).toEqual(found.get('2026-03-02'));
    const rows = await db.selectFrom('day_figures').select('day').execute();
    // Neither today nor, within six hours, the day before is settled.
    expect(rows.length).toBe(days.length - 2);
    await another.stop();
    expect(errors).toEqual([]);
  });
});
