import { beforeAll, describe, expect, it } from '@jest/globals';
import { climbPromise, nextPromiseDeadline } from '../../store/promises/climb.ts';
import { makePromise } from '../../store/promises/make.ts';
import { renewPromise } from '../../store/promises/renew.ts';
import { getPromise } from '../../store/promises/row.ts';
import { getTask } from '../../store/tasks/get.ts';
import { ownDb } from './own-db.ts';
import { customer, desk, event, hour, journey, noon, publishAll, run, spans, take } from './setting.ts';

const db = await ownDb();
beforeAll(async () => {
  await publishAll(db, journey('inquiry', ['we-answered']));
});

const renew = { say: 'takes-longer', ahead: '4 hours', more: '24 hours', times: 1 };
async function promised(name: string, more: { renew?: typeof renew } = { renew }) {
  const customerId = await customer(db, name);
  const enrolmentId = await run(db, customerId, name);
  const id = `${enrolmentId}/first-answer/1`;
  const make = (dueAt: number) =>
    makePromise(db, {
      id,
      customerId,
      enrolmentId,
      step: 'first-answer',
      team: 'care',
      dueAt,
      keptBy: ['we-answered'],
      heard: 0,
      now: noon,
      spans,
      ...more,
    });
  await make(noon + 48 * hour);
  return { id, customerId, enrolmentId, make };
}
const climb = (id: string, hours: number) => climbPromise(db, id, noon + hours * hour, { spans, desk });

describe('a promise', () => {
  it('is made once, and its workflow called', async () => {
    const { id, make } = await promised('anna');
    expect(await make(noon + 99 * hour)).toMatchObject({ state: 'open', dueAt: noon + 48 * hour });
    expect(await nextPromiseDeadline(db, id)).toEqual({ at: noon + 44 * hour, state: 'open' });
    expect(await db.selectFrom('outbox').select('generation').where('ref', '=', id).execute()).toEqual([
      { generation: '1' },
    ]);
  });

  it('is kept by what was promised, for this inquiry and no other, also when its run is over', async () => {
    const { id, customerId, enrolmentId } = await promised('bert');
    await db.updateTable('enrolments').set({ state: 'ended' }).where('id', '=', enrolmentId).execute();
    await take(db, event(customerId, 'we-answered', { data: { by: 'person', inquiryId: 'another' } }));
    expect((await getPromise(db, id))?.state).toBe('open');
    await take(db, event(customerId, 'we-answered', { data: { by: 'person' } }));
    expect(await getPromise(db, id)).toMatchObject({ state: 'kept', deadlineAt: null });
    expect(await climb(id, 48)).toEqual({ what: 'settled' });
  });

  it('is renewed once they were told; asked twice it names the same touch, and told twice it moves once', async () => {
    const { id } = await promised('carl');
    const asked = await climb(id, 44);
    expect(asked).toMatchObject({ what: 'renew', touchId: `${id}/renewed/1`, dueAt: noon + 72 * hour });
    expect(await climb(id, 45)).toMatchObject({ what: 'renew', touchId: `${id}/renewed/1` });
    const told = () =>
      renewPromise(db, { id, number: 1, dueAt: noon + 72 * hour, told: true, now: noon + 45 * hour, spans });
    await told();
    expect(await told()).toMatchObject({ dueAt: noon + 72 * hour, deadlineAt: noon + 72 * hour, renewed: 1 });
    expect(await climb(id, 71)).toEqual({ what: 'waits', until: noon + 72 * hour });
    expect(await climb(id, 72)).toMatchObject({ what: 'broken' });
  });

  it('stays due when it was if they could not be told', async () => {
    const { id } = await promised('dora');
    await renewPromise(db, { id, number: 1, dueAt: noon + 72 * hour, told: false, now: noon + 44 * hour, spans });
    // Whoever comes late with the same renewal does not move it after all.
    await renewPromise(db, { id, number: 1, dueAt: noon + 72 * hour, told: true, now: noon + 44 * hour, spans });
    expect(await climb(id, 45)).toEqual({ what: 'waits', until: noon + 48 * hour });
    expect(await climb(id, 48)).toMatchObject({ what: 'broken' });
  });

  it('does not end silently: broken, it is a task for its team', async () => {
    const { id } = await promised('emil', {});
    const broken = await climb(id, 48);
    if (broken.what !== 'broken') throw new Error(broken.what);
    expect(await getPromise(db, id)).toMatchObject({ state: 'broken', deadlineAt: null });
    expect(await getTask(db, broken.taskId)).toMatchObject({
      team: 'care',
      reasons: [
        {
          id: `${id}/broken`,
          outcomes: ['made good'],
          because: 'They were to hear from us by 2026-03-04T12:00:00.000Z, and did not',
        },
      ],
    });
    expect(await climb(id, 49)).toEqual({ what: 'settled' });
  });
});
