import { beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { noticeFailed, noticeSent, noticeTries, takeNotices } from '../../store/notices/send.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { climbTask } from '../../store/tasks/climb.ts';
import { reassignTask } from '../../store/tasks/reassign.ts';
import { snoozeTask } from '../../store/tasks/snooze.ts';
import { takeInbound } from '../../store/take-reply.ts';
import { ownDb } from './own-db.ts';
import { addSpan, customer, desk, hour, journey, mail, noon, opened, publishAll } from './setting.ts';

const db = await ownDb();
beforeAll(() => publishAll(db, journey('inquiry', ['we-answered'])));

const noticesOf = async (id: string): Promise<string[]> => {
  const rows = await db.selectFrom('notices').selectAll().where('task_id', '=', id).orderBy('id').execute();
  return rows.map(({ kind, team, person }) => `${kind}: ${person ?? team}`);
};

describe('Notices', () => {
  it('tell of what is new, climbs, is about to miss its time, is taken back, and of a customer who wrote', async () => {
    const who = await customer(db, 'anna');
    const id = await opened(db, who, { ladder: ['leads', { person: 'Jo Meyer' }] });
    // A further reason is no further notice.
    await opened(db, who, { reasonId: 'another' });
    for (const hours of [4, 8, 12]) await climbTask(db, id, noon + hours * hour, desk);
    const now = noon + 13 * hour;
    await claimTask(db, { id, by: 'ana', now, holdUntil: now + hour, addSpan });
    await takeInbound(db, mail(who), { now, desk });
    await climbTask(db, id, now + 3 * hour, desk);
    await climbTask(db, id, now + 4 * hour, desk);
    await reassignTask(db, { id, by: 'lea', to: 'ben', why: 'so', now: now + 5 * hour, desk });
    await snoozeTask(db, { id, by: 'ben', now: now + 5 * hour, until: now + 9 * hour });
    await climbTask(db, id, now + 9 * hour, desk);
    expect(await noticesOf(id)).toEqual([
      ...['new: care', 'climbing: leads', 'climbing: Jo Meyer', 'unanswered: Jo Meyer', 'replied: ana'],
      ...['warning: ana', 'taken-back: Jo Meyer', 'given: ben', 'given: ben'],
    ]);
  });

  it('are taken by one at a time, tried again later, and given up at last; the task is none the worse', async () => {
    await db
      .updateTable('notices')
      .set({ sent_at: new Date(noon) })
      .execute();
    const id = await opened(db, await customer(db, 'bert'));
    const due = () =>
      db
        .updateTable('notices')
        .set({ due_at: new Date(0) })
        .where('task_id', '=', id)
        .execute();
    await due();
    const [one, two] = await Promise.all([takeNotices(db, 10), takeNotices(db, 10)]);
    expect([...one, ...two]).toMatchObject([{ kind: 'new', taskId: id, team: 'care', because: 'Nobody has answered' }]);
    expect(await takeNotices(db, 10)).toEqual([]);
    const notice = [...one, ...two][0]?.id ?? '';
    const ends: boolean[] = [await noticeFailed(db, notice, 'it answered 503')];
    for (let n = 1; n < noticeTries; n += 1) {
      await due();
      await takeNotices(db, 10);
      ends.push(await noticeFailed(db, notice, 'it answered 503'));
    }
    expect(ends.filter((isOver) => isOver)).toHaveLength(1);
    await due();
    expect(await takeNotices(db, 10)).toEqual([]);
    const task = await sql<{ state: string }>`select state from tasks where id = ${id}`.execute(db);
    expect(task.rows).toEqual([{ state: 'open' }]);
  });

  it('that were told are not told again', async () => {
    const id = await opened(db, await customer(db, 'carl'));
    await db
      .updateTable('notices')
      .set({ due_at: new Date(0) })
      .where('task_id', '=', id)
      .execute();
    const [notice] = await takeNotices(db, 10);
    await noticeSent(db, notice?.id ?? '');
    await db
      .updateTable('notices')
      .set({ due_at: new Date(0) })
      .execute();
    expect(await takeNotices(db, 10)).toEqual([]);
  });
});
