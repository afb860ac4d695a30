import { beforeAll, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { lockCustomer } from '../../../store/customers.ts';
import { climbPromise } from '../../../store/promises/climb.ts';
import { makePromise } from '../../../store/promises/make.ts';
import { renewPromise } from '../../../store/promises/renew.ts';
import { promisesOf } from '../../../store/promises/row.ts';
import { takeEventIn } from '../../../store/take-event.ts';
import { ownDb } from '../own-db.ts';
import { customer, desk, event, hour, journey, noon, publishAll, run, spans, take } from '../setting.ts';

const db = await ownDb();
beforeAll(async () => {
  await publishAll(db, journey('inquiry', ['we-answered']));
});

const renew = { say: 'takes-longer', ahead: '4 hours', more: '24 hours', times: 1 };
async function promised(name: string): Promise<string> {
  const customerId = await customer(db, name);
  const enrolmentId = await run(db, customerId, name);
  const due = { dueAt: noon + 48 * hour, keptBy: ['we-answered'], renew, heard: 0, now: noon, spans };
  const id = `${enrolmentId}/first-answer/1`;
  await makePromise(db, { id, customerId, enrolmentId, step: 'first-answer', team: 'care', ...due });
  return id;
}
const climb = (id: string, hours: number) => climbPromise(db, id, noon + hours * hour, { spans, desk });
/** Open without a time to look at it, or broken without a person who has it. */
const silent = async () =>
  (
    await sql<{ id: string }>`
      select id from promises p where (state = 'open' and deadline_at is null)
        or (state = 'broken' and not exists (select from task_reasons r where r.id = p.id || '/broken'))`.execute(db)
  ).rows;

it('two who find it broken at the same time open one task, and one of them finds it settled', async () => {
  for (let n = 0; n < 12; n++) {
    const id = await promised(`anna-${String(n)}`);
    const found = await Promise.all([climb(id, 72), climb(id, 72)]);
    expect(found.map(({ what }) => what).sort()).toEqual(['broken', 'settled']);
    const reasons = await db.selectFrom('task_reasons').select('id').where('id', 'like', `${id}%`).execute();
    expect(reasons).toEqual([{ id: `${id}/broken` }]);
  }
});

it('an answer and its last moment at the same time: it is settled once, as kept, or as broken with a task', async () => {
  for (let n = 0; n < 20; n++) {
    const name = `bert-${String(n)}`;
    const id = await promised(name);
    const answer = () => take(db, event(name, 'we-answered', { data: { by: 'person' } }));
    await Promise.all(n % 2 === 0 ? [climb(id, 72), answer()] : [answer(), climb(id, 72)]);
    const [promise] = await promisesOf(db, name);
    const tasks = await db.selectFrom('tasks').select('id').where('customer_id', '=', name).execute();
    // Settled twice, it would be a version further: whoever came second must have seen the first.
    expect([promise?.version, promise?.state, tasks.length]).toEqual(
      promise?.state === 'kept' ? [2, 'kept', 0] : [2, 'broken', 1],
    );
  }
});

it('an answer that is being taken in when its time is up is waited for, and keeps it', async () => {
  const id = await promised('hugo');
  const { taking, found } = await db.transaction().execute(async (tx) => {
    const incoming = event('hugo', 'we-answered', { data: { by: 'person' } });
    await lockCustomer(tx, 'hugo');
    const taking = await takeEventIn(tx, incoming);
    const found = climb(id, 72);
    while (!(await someoneWaits())) await setImmediate();
    return { taking, found: { found } };
  });
  expect(taking).toMatchObject({ taken: 'new' });
  expect(await found.found).toEqual({ what: 'settled' });
  expect(await promisesOf(db, 'hugo')).toMatchObject([{ state: 'kept' }]);
});
const someoneWaits = async () =>
  (await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db))
    .rows.length > 0;

it('one that is kept while they are told that it takes longer stays kept', async () => {
  const id = await promised('carl');
  expect(await climb(id, 44)).toMatchObject({ what: 'renew' });
  await take(db, event('carl', 'we-answered', { data: { by: 'person' } }));
  const told = { id, number: 1, dueAt: noon + 72 * hour, told: true, now: noon + 44 * hour, spans };
  expect(await renewPromise(db, told)).toMatchObject({ state: 'kept', deadlineAt: null });
});

it('whatever became of them, none is silent', async () => {
  const ids = await Promise.all(['dora', 'emil', 'fay'].map(promised));
  await take(db, event('dora', 'we-answered', { data: { by: 'person' } }));
  for (const hours of [44, 48, 72, 96]) for (const id of ids) await climb(id, hours);
  expect(await silent()).toEqual([]);
});

it('the database takes no open promise without a time to look at it', async () => {
  const id = await promised('gina');
  const forgotten = db.updateTable('promises').set({ deadline_at: null }).where('id', '=', id).execute();
  await expect(forgotten).rejects.toThrow(/check constraint/);
});
