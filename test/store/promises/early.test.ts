import { beforeAll, describe, expect, it } from '@jest/globals';
import { openPromiseDueAt } from '../../../store/promises/due-at.ts';
import { makePromise } from '../../../store/promises/make.ts';
import { ownDb } from '../own-db.ts';
import { customer, event, hour, journey, noon, publishAll, run, spans, take } from '../setting.ts';

const db = await ownDb();
beforeAll(async () => {
  await publishAll(db, journey('inquiry', ['we-answered', 'customer-replied']));
});

const make = (customerId: string, enrolmentId: string, heard: number, isKept = false) =>
  makePromise(db, {
    id: `${enrolmentId}/first-answer/1`,
    customerId,
    enrolmentId,
    step: 'first-answer',
    team: 'care',
    dueAt: noon + 48 * hour,
    keptBy: ['we-answered'],
    heard,
    isKept,
    now: noon,
    spans,
  });
const calls = (ref: string) => db.selectFrom('outbox').select('kind').where('ref', '=', ref).execute();

describe('what keeps a promise and comes before it', () => {
  it('keeps it: it is made as kept, nobody is asked to watch it, and the word of it can still be said', async () => {
    const anna = await customer(db, 'anna');
    const enrolmentId = await run(db, anna, 'anna');
    await take(db, event(anna, 'we-answered', { data: { by: 'person' } }));
    const made = await make(anna, enrolmentId, 0);
    expect(made).toMatchObject({ state: 'kept', deadlineAt: null, settledAt: noon });
    expect(await calls(made.id)).toEqual([]);
    expect(await openPromiseDueAt(db, enrolmentId)).toBe(noon + 48 * hour);
  });

  it('keeps it too if its run says that it had heard it', async () => {
    const bert = await customer(db, 'bert');
    const enrolmentId = await run(db, bert, 'bert');
    expect(await make(bert, enrolmentId, 0, true)).toMatchObject({ state: 'kept' });
  });

  it('does not keep it if its run has dealt with that, or if it was about something else', async () => {
    const carl = await customer(db, 'carl');
    const dealtWith = await run(db, carl, 'carl');
    const other = await run(db, carl, 'carls other');
    await take(db, event(carl, 'we-answered', { data: { by: 'person', inquiryId: 'carl' } }));
    const open = { state: 'open', deadlineAt: noon + 48 * hour, settledAt: null };
    expect(await make(carl, dealtWith, 1)).toMatchObject(open);
    expect(await make(carl, other, 0)).toMatchObject(open);
  });

  it('is not lost when it comes while the promise is being made: one of the two finds the other', async () => {
    for (let n = 0; n < 30; n++) {
      const dora = await customer(db, `dora-${String(n)}`);
      const enrolmentId = await run(db, dora, `dora-${String(n)}`);
      await Promise.all([make(dora, enrolmentId, 0), take(db, event(dora, 'we-answered', { data: { by: 'person' } }))]);
    }
    const states = await db
      .selectFrom('promises')
      .select('state')
      .distinct()
      .where('customer_id', 'like', 'dora-%')
      .execute();
    expect(states).toEqual([{ state: 'kept' }]);
  });
});
