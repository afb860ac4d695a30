import { beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { claimTask } from '../../../store/tasks/claim.ts';
import { climbTask } from '../../../store/tasks/climb.ts';
import { completeTask } from '../../../store/tasks/complete.ts';
import { getTask } from '../../../store/tasks/get.ts';
import { handOverTask } from '../../../store/tasks/hand-over.ts';
import { leaveTasks } from '../../../store/tasks/leave.ts';
import { reassignTask } from '../../../store/tasks/reassign.ts';
import { reopenTask } from '../../../store/tasks/reopen.ts';
import { snoozeTask } from '../../../store/tasks/snooze.ts';
import { takeInbound } from '../../../store/take-reply.ts';
import { deliveriesAfter } from '../../../store/deliveries.ts';
import { ownDb } from '../own-db.ts';
import { addSpan, customer, desk, hour, journey, mail, minute, noon, opened, publishAll, run } from '../setting.ts';

const db = await ownDb();
beforeAll(() => publishAll(db, journey('inquiry', ['we-answered', 'customer-replied'])));

const claim = (id: string, by: string, now = noon) =>
  claimTask(db, { id, by, now, holdUntil: now + 48 * hour, addSpan });
const handOver = (id: string, by: string, team: string, now = noon + hour) =>
  handOverTask(db, { id, by, team, ladder: ['leads'], why: 'it needs a visit', now });
const reassign = (id: string, to: string) =>
  reassignTask(db, { id, by: 'lea', to, why: 'she knows them', now: noon + hour, desk });
const holdOf = async (id: string) =>
  (await db.selectFrom('budgets').select('gates').where('customer_id', '=', id).executeTakeFirstOrThrow()).gates.hold;
const storyOf = async (id: string) =>
  (await getTask(db, id))?.log.map(
    ({ actor, action, note }) => `${actor} ${action}: ${typeof note['why'] === 'string' ? note['why'] : ''}`,
  );

describe('A task that is handed to another team', () => {
  it('keeps its time and its story, and is asked from the foot of their ladder', async () => {
    const who = await customer(db, 'anna');
    const id = await opened(db, who);
    await climbTask(db, id, noon + 4 * hour, desk);
    await claim(id, 'ana', noon + 5 * hour);
    expect(await handOver(id, 'ben', 'field', noon + 6 * hour)).toMatchObject({ refused: 'not-yours' });
    expect(await handOver(id, 'ana', 'care', noon + 6 * hour)).toMatchObject({ refused: 'same-team' });
    expect(await handOver(id, 'ana', 'field', noon + 6 * hour)).toMatchObject({
      task: { state: 'open', team: 'field', askedTeam: 'field', rung: 0, claimedBy: null, deadlineAt: noon + 9 * hour },
    });
    expect(await holdOf(who)).toBeNull();
    expect(await storyOf(id)).toEqual([
      ...['engine open: ', 'engine climbed: ', 'ana claim: ', 'ana hand over: it needs a visit'],
    ]);
  });

  it('joins the one they have: its reasons, its time and its story are found there, and each run hears once', async () => {
    const who = await customer(db, 'bert');
    const [first, second] = [await run(db, who, 'b1'), await run(db, who, 'b2')];
    const ours = await opened(db, who, { reasonId: 'b/ours', enrolmentId: first, within: '3 hours' });
    const theirs = await opened(db, who, {
      reasonId: 'b/theirs',
      enrolmentId: second,
      team: 'field',
      within: '9 hours',
    });
    await claim(ours, 'ana');
    expect(await handOver(ours, 'ana', 'field')).toMatchObject({
      task: { id: theirs, state: 'open', deadlineAt: noon + 3 * hour },
    });
    expect(await getTask(db, ours)).toMatchObject({
      state: 'done',
      outcome: 'merged',
      mergedInto: theirs,
      reasons: [],
    });
    expect((await getTask(db, theirs))?.reasons.map(({ id }) => id).sort()).toEqual(['b/ours', 'b/theirs']);
    expect(await storyOf(theirs)).toEqual([
      ...['engine open: ', 'engine open: ', 'ana claim: '],
      ...['ana merge: it needs a visit', 'ana take over: it needs a visit'],
    ]);
    await claim(theirs, 'ben');
    await completeTask(db, { id: theirs, by: 'ben', outcome: 'called', now: noon + 2 * hour });
    for (const [enrolment, of] of [
      [first, 'b/ours'],
      [second, 'b/theirs'],
    ] as const)
      expect((await deliveriesAfter(db, enrolment, 0)).deliveries.map(({ body }) => body)).toEqual([
        { kind: 'outcome', of, outcome: 'called' },
      ]);
    // A chain of them ends at the last.
    const again = await opened(db, who, { reasonId: 'b/again', team: 'field' });
    await opened(db, who, { reasonId: 'b/leads', team: 'leads' });
    expect(await handOver(again, 'ben', 'leads')).toMatchObject({ task: { team: 'leads' } });
  });

  it('that goes on from one to the next brings the whole story along', async () => {
    const who = await customer(db, 'clea');
    const teams = ['care', 'field', 'leads'];
    const ids: string[] = [];
    for (const team of teams) ids.push(await opened(db, who, { reasonId: `c/${team}`, team }));
    const [care = '', field = '', leads = ''] = ids;
    await handOver(care, 'ana', 'field');
    await handOver(field, 'ana', 'leads');
    const log = (await getTask(db, leads))?.log ?? [];
    expect(log.filter(({ action }) => action === 'open')).toHaveLength(3);
    expect(new Set(log.map(({ number }) => number)).size).toBe(3);
  });
});

describe('A task that is given to another person', () => {
  it('is theirs, whoever had it, with a time of its own and the reason in its story', async () => {
    const who = await customer(db, 'dora');
    const id = await opened(db, who);
    await claim(id, 'ana');
    expect(await reassign(id, 'ben')).toMatchObject({
      task: { state: 'claimed', claimedBy: 'ben', claimedAt: noon + hour, answerBy: noon + 5 * hour },
    });
    expect(await holdOf(who)).toEqual({ until: noon + 49 * hour, taskId: id });
    expect((await storyOf(id))?.at(-1)).toBe('lea reassign: she knows them');
  });

  it('stays asleep if it was put aside, and wakes for them', async () => {
    const who = await customer(db, 'emil');
    const id = await opened(db, who);
    await claim(id, 'ana');
    await snoozeTask(db, { id, by: 'ana', now: noon, until: noon + 24 * hour });
    expect(await reassign(id, 'ben')).toMatchObject({
      task: { state: 'snoozed', claimedBy: 'ben', deadlineAt: noon + 24 * hour },
    });
    expect(await holdOf(who)).toBeNull();
    await climbTask(db, id, noon + 24 * hour, desk);
    expect(await getTask(db, id)).toMatchObject({ state: 'claimed', claimedBy: 'ben', answerBy: noon + 28 * hour });
    expect(await holdOf(who)).toEqual({ until: noon + 72 * hour, taskId: id });
  });

  it('is woken for them by the customer, who writes', async () => {
    const who = await customer(db, 'fritz');
    const id = await opened(db, who);
    await claim(id, 'ana');
    await snoozeTask(db, { id, by: 'ana', now: noon, until: noon + 24 * hour });
    await takeInbound(db, mail(who), { now: noon + hour, desk });
    expect(await getTask(db, id)).toMatchObject({ state: 'claimed', claimedBy: 'ana' });
    expect(await holdOf(who)).toEqual({ until: noon + 49 * hour, taskId: id });
  });
});

describe('Somebody who goes off shift', () => {
  it('leaves what they have to those who are asked, and what they put aside asleep', async () => {
    const [one, two, three] = [await customer(db, 'g1'), await customer(db, 'g2'), await customer(db, 'g3')];
    const [held, asleep, others] = [await opened(db, one), await opened(db, two), await opened(db, three)];
    for (const id of [held, asleep]) await claim(id, 'gina');
    await claim(others, 'ana');
    await snoozeTask(db, { id: asleep, by: 'gina', now: noon, until: noon + 24 * hour });
    const given = await leaveTasks(db, { agent: 'gina', by: 'gina', now: noon + hour, addSpan });
    expect(given.map(({ id }) => id)).toEqual([held, asleep]);
    expect(await getTask(db, held)).toMatchObject({ state: 'open', claimedBy: null, deadlineAt: noon + 5 * hour });
    expect(await getTask(db, asleep)).toMatchObject({
      state: 'snoozed',
      claimedBy: null,
      deadlineAt: noon + 24 * hour,
    });
    expect(await getTask(db, others)).toMatchObject({ state: 'claimed', claimedBy: 'ana' });
    expect(await holdOf(one)).toBeNull();
    expect(await leaveTasks(db, { agent: 'gina', by: 'gina', now: noon + hour, addSpan })).toEqual([]);
  });
});

describe('A task that was not over', () => {
  it('is opened again, with its story; whoever heard its outcome hears nothing again', async () => {
    const who = await customer(db, 'hanna');
    const enrolment = await run(db, who, 'h1');
    const id = await opened(db, who, { reasonId: 'h/1', enrolmentId: enrolment });
    await claim(id, 'ana');
    const complete = (outcome: string, now: number) => completeTask(db, { id, by: 'ana', outcome, now });
    const reopen = (now: number) => reopenTask(db, { id, by: 'ben', why: 'it was the wrong part', now, addSpan });
    expect(await reopen(noon)).toMatchObject({ refused: 'not-allowed' });
    await complete('called', noon + hour);
    expect(await reopen(noon + 2 * hour)).toMatchObject({
      task: { state: 'open', claimedBy: null, outcome: null, doneAt: null, deadlineAt: noon + 6 * hour },
    });
    await claim(id, 'ana', noon + 2 * hour);
    await complete('answered', noon + 3 * hour);
    expect(await getTask(db, id)).toMatchObject({ state: 'done', outcome: 'answered', doneAt: noon + 3 * hour });
    expect((await deliveriesAfter(db, enrolment, 0)).deliveries.map(({ body }) => body)).toEqual([
      { kind: 'outcome', of: 'h/1', outcome: 'called' },
    ]);
  });

  it('stays done where its team has another one open for this customer', async () => {
    const who = await customer(db, 'ida');
    const id = await opened(db, who);
    await claim(id, 'ana');
    await completeTask(db, { id, by: 'ana', outcome: 'called', now: noon });
    const other = await opened(db, who, { reasonId: 'i/2' });
    const number = (await getTask(db, other))!.number;
    expect(await reopenTask(db, { id, by: 'ana', why: 'no', now: noon + minute, addSpan })).toMatchObject({
      refused: 'another-open',
      because: expect.stringContaining(`T-${String(number)} is open for this customer with care`),
    });
  });
});

describe('The table itself', () => {
  it('refuses a task without its deadline, with two, or with an owner that its state has not', async () => {
    const id = await opened(db, await customer(db, 'jan'));
    for (const change of [
      sql`deadline_at = null`,
      sql`claim_by_at = null`,
      sql`deadline_at = claim_by_at + interval '1 hour'`,
      sql`claimed_by = 'ana'`,
      sql`wake_at = claim_by_at`,
      sql`state = 'claimed'`,
      sql`state = 'done', claim_by_at = null, deadline_at = null`,
    ])
      await expect(sql`update tasks set ${change} where id = ${id}`.execute(db)).rejects.toThrow(/check constraint/);
  });

  it('keeps the log for good', async () => {
    const id = await opened(db, await customer(db, 'kai'));
    for (const change of [
      sql`update task_log set actor = 'nobody' where task_id = ${id}`,
      sql`delete from task_log where task_id = ${id}`,
      sql`truncate task_log`,
    ])
      await expect(change.execute(db)).rejects.toThrow('The log of tasks is only added to');
  });
});
