import { beforeAll, describe, expect, it } from '@jest/globals';
import { deliveriesAfter } from '../../store/deliveries.ts';
import { tasksAhead } from '../../store/tasks/ahead.ts';
import { recordAnswered } from '../../store/tasks/answered.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { climbTask } from '../../store/tasks/climb.ts';
import { closeReason } from '../../store/tasks/close-reason.ts';
import { completeTask } from '../../store/tasks/complete.ts';
import { getTask } from '../../store/tasks/get.ts';
import { listTasks } from '../../store/tasks/list.ts';
import { releaseTask } from '../../store/tasks/release.ts';
import { snoozeTask } from '../../store/tasks/snooze.ts';
import { openTask } from '../../store/tasks/open.ts';
import { ownDb } from './own-db.ts';
import {
  addSpan,
  customer,
  desk,
  event,
  hour,
  journey,
  minute,
  noon,
  opened,
  publishAll,
  run,
  take,
} from './setting.ts';

const db = await ownDb();
beforeAll(async () => {
  await publishAll(db, journey('inquiry', ['we-answered', 'customer-replied', 'parcel-lost']));
});

const claim = (id: string, by: string, now = noon) =>
  claimTask(db, { id, by, now, holdUntil: now + 48 * hour, addSpan });
const holdOf = async (id: string) =>
  (await db.selectFrom('budgets').select('gates').where('customer_id', '=', id).executeTakeFirstOrThrow()).gates.hold;
const heardBy = async (enrolmentId: string) =>
  (await deliveriesAfter(db, enrolmentId, 0)).deliveries.map((delivery) => delivery.body);

describe('a task', () => {
  it('is opened once for a customer and team: the same reason changes nothing, a further one joins and hurries it', async () => {
    const who = await customer(db, 'anna');
    const id = await opened(db, who);
    expect(await opened(db, who)).toBe(id);
    expect(await opened(db, who, { reasonId: 'another', within: '1 hours' })).toBe(id);
    expect(await opened(db, who, { reasonId: 'elsewhere', team: 'leads' })).not.toBe(id);
    const task = await getTask(db, id);
    expect(task?.reasons.map((r) => r.id).sort()).toEqual([`${who}/reason`, 'another']);
    expect(task).toMatchObject({ state: 'open', askedTeam: 'care', deadlineAt: noon + hour });
    expect(await getTask(db, `T-${String(task!.number)}`)).toEqual(task);
    expect((await listTasks(db, { customerId: who, team: 'care' })).map((t) => t.id)).toEqual([id]);
  });

  it('belongs to whoever claims it first, who holds the conversation until it is released', async () => {
    const who = await customer(db, 'bert');
    const id = await opened(db, who);
    const number = (await getTask(db, id))!.number;
    expect(await claim(id, 'ana', noon + minute)).toMatchObject({
      task: { state: 'claimed', claimedBy: 'ana', deadlineAt: noon + minute + 3 * hour },
    });
    expect(await claim(id, 'ben')).toEqual({
      refused: 'already-claimed',
      because: `Task T-${String(number)} is already claimed by ana (12:01)`,
      holder: { agent: 'ana', since: noon + minute },
    });
    expect(await holdOf(who)).toEqual({ until: noon + minute + 48 * hour, taskId: id });
    expect(await releaseTask(db, { id, by: 'ben', now: noon, addSpan })).toMatchObject({ refused: 'not-yours' });
    expect(await releaseTask(db, { id, by: 'ana', now: noon, addSpan })).toMatchObject({
      task: { state: 'open', claimedBy: null },
    });
    expect(await holdOf(who)).toBeNull();
    expect((await getTask(db, id))?.log.map((line) => `${line.actor} ${line.action}`)).toEqual([
      'engine open',
      'ana claim',
      'ana release',
    ]);
  });

  it('is ahead of others of its team until somebody takes it', async () => {
    const team = 'loaded';
    const [first] = [
      await opened(db, await customer(db, 'cara'), { team }),
      await opened(db, await customer(db, 'cleo'), { team }),
    ];
    expect([await tasksAhead(db, team), await tasksAhead(db, 'nobody')]).toEqual([2, 0]);
    await claim(first, 'ana');
    expect(await tasksAhead(db, team)).toBe(1);
  });

  it('has exactly one owner when 32 agents claim 200 tasks at once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 200; n += 1) ids.push(await opened(db, await customer(db, `many-${String(n)}`)));
    const wins = new Map<string, string[]>();
    await Promise.all(
      Array.from({ length: 32 }, async (_, agent) => {
        for (let n = 0; n < 50; n += 1) {
          const id = ids[(agent * 37 + n) % ids.length]!;
          const result = await claim(id, `agent-${String(agent)}`);
          if ('task' in result) wins.set(id, [...(wins.get(id) ?? []), `agent-${String(agent)}`]);
        }
      }),
    );
    expect([...wins.values()].every((by) => by.length === 1)).toBe(true);
    const rows = await db
      .selectFrom('tasks')
      .select(['id', 'claimed_by'])
      .where('state', '=', 'claimed')
      .where('claimed_by', 'like', 'agent-%')
      .execute();
    expect(rows.length).toBe(wins.size);
    for (const row of rows) expect(wins.get(row.id)).toEqual([row.claimed_by]);
  });

  it('tells each run its outcome once, by the word the agent said or by the first the reason offers', async () => {
    const who = await customer(db, 'carl');
    const [first, second] = [await run(db, who, 'i1'), await run(db, who, 'i2')];
    const id = await opened(db, who, { reasonId: 'r1', enrolmentId: first });
    await opened(db, who, { reasonId: 'r2', enrolmentId: second, outcomes: ['made good', 'not made good'] });
    await claim(id, 'ana');
    const complete = (outcome: string) => completeTask(db, { id, by: 'ana', outcome, now: noon });
    expect(await complete('shouted')).toMatchObject({
      refused: 'unknown-outcome',
      because: expect.stringContaining("'answered' or 'called' or 'made good'"),
    });
    expect(await complete('called')).toMatchObject({ task: { state: 'done', outcome: 'called', deadlineAt: null } });
    expect(await complete('called')).toMatchObject({ refused: 'not-allowed' });
    expect(await heardBy(first)).toEqual([{ kind: 'outcome', of: 'r1', outcome: 'called' }]);
    expect(await heardBy(second)).toEqual([{ kind: 'outcome', of: 'r2', outcome: 'made good' }]);
    expect(await holdOf(who)).toBeNull();
  });

  it('climbs its ladder; past the last rung each run hears once that nobody took it, and it stays open', async () => {
    const who = await customer(db, 'dora');
    const enrolment = await run(db, who, 'i3');
    const id = await opened(db, who, { reasonId: 'r3', enrolmentId: enrolment });
    const climb = (hours: number) => climbTask(db, id, noon + hours * hour, desk);
    expect(await climb(3)).toEqual({ what: 'early', deadlineAt: noon + 4 * hour });
    expect(await climb(4)).toEqual({ what: 'climbed', deadlineAt: noon + 8 * hour });
    expect((await getTask(db, id))?.askedTeam).toBe('leads');
    expect(await climb(8)).toEqual({ what: 'nobody', deadlineAt: noon + 12 * hour });
    expect(await climb(12)).toEqual({ what: 'nobody', deadlineAt: noon + 16 * hour });
    expect(await heardBy(enrolment)).toEqual([{ kind: 'outcome', of: 'r3', outcome: 'nobody' }]);
    expect((await getTask(db, id))?.state).toBe('open');
  });

  it('goes back to those who are asked when whoever claimed it let its time pass, although they were warned', async () => {
    const who = await customer(db, 'emil');
    const id = await opened(db, who);
    await claim(id, 'ana');
    const climb = (hours: number) => climbTask(db, id, noon + hours * hour, desk);
    expect(await climb(3)).toEqual({ what: 'warned', deadlineAt: noon + 4 * hour, held: 'ana' });
    expect(await holdOf(who)).not.toBeNull();
    expect(await climb(4)).toEqual({ what: 'expired', deadlineAt: noon + 8 * hour, held: 'ana' });
    expect(await holdOf(who)).toBeNull();
  });

  it('sleeps while it is snoozed, and wakes', async () => {
    const id = await opened(db, await customer(db, 'fritz'));
    const snooze = (until: number) => snoozeTask(db, { id, by: 'ana', now: noon, until });
    expect(await snooze(noon)).toMatchObject({ refused: 'not-later' });
    expect(await snooze(noon + 24 * hour)).toMatchObject({ task: { state: 'snoozed', deadlineAt: noon + 24 * hour } });
    expect(await climbTask(db, id, noon + 24 * hour, desk)).toEqual({ what: 'woken', deadlineAt: noon + 28 * hour });
  });

  it('is closed when nobody has a reason for it any more, unless somebody is at it', async () => {
    const who = await customer(db, 'gerda');
    const id = await opened(db, who, { reasonId: 'g1' });
    await opened(db, who, { reasonId: 'g2' });
    await closeReason(db, 'g1', noon);
    expect((await getTask(db, id))?.state).toBe('open');
    await closeReason(db, 'g2', noon);
    expect(await getTask(db, id)).toMatchObject({ state: 'done', outcome: 'obsolete' });
    const claimedId = await opened(db, who, { reasonId: 'g3' });
    await claim(claimedId, 'ana');
    await closeReason(db, 'g3', noon);
    expect((await getTask(db, claimedId))?.state).toBe('claimed');
  });

  it('lets the runs hear once that a person answered', async () => {
    const who = await customer(db, 'hanna');
    const enrolment = await run(db, who, 'i4');
    const id = await opened(db, who, { reasonId: 'h1', enrolmentId: enrolment });
    const answer = (by: string, messageId = 'm1') =>
      db.transaction().execute((tx) => recordAnswered(tx, { id, by, messageId, now: noon + hour, addSpan }));
    expect(await answer('ana')).toMatchObject({ refused: 'not-allowed' });
    await claim(id, 'ana');
    expect(await answer('ben')).toMatchObject({ refused: 'not-yours' });
    expect(await answer('ana')).toMatchObject({ task: { state: 'claimed', answerBy: noon + 5 * hour } });
    await answer('ana');
    expect(await heardBy(enrolment)).toEqual([
      expect.objectContaining({ event: 'we-answered', data: { by: 'person' } }),
    ]);
  });

  it('is not opened for a silence that is none any more', async () => {
    const who = await customer(db, 'ida');
    const enrolment = await run(db, who, 'i5');
    const ask = (seen: number | null) =>
      openTask(db, {
        customerId: who,
        team: 'care',
        reasonId: 'x1',
        enrolmentId: enrolment,
        journey: 'inquiry',
        step: 's',
        because: 'b',
        within: '4 hours',
        outcomes: ['answered'],
        seen,
        now: noon,
        addSpan,
      });
    await take(db, event(who, 'parcel-lost'));
    expect(await ask(0)).toEqual({ is: 'overtaken', upTo: 1 });
    expect(await ask(1)).toMatchObject({ is: 'opened', joined: false });
    await take(db, event(who, 'parcel-lost'));
    expect(await ask(1)).toMatchObject({ is: 'opened', joined: false });
  });

  it('never lacks a deadline while it is not done', async () => {
    const late = await db
      .selectFrom('tasks')
      .select('id')
      .where('state', '<>', 'done')
      .where('deadline_at', 'is', null)
      .execute();
    expect(late).toEqual([]);
  });
});
