/**
 * What people, customers, runs and alarms do to tasks, at random and against the real store, held against a model that fits on a page.
 * After each: no open task without a deadline, one open task a customer and team, an owner only where there is one, and a log that only grows.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { claimTask } from '../../../store/tasks/claim.ts';
import { climbTask } from '../../../store/tasks/climb.ts';
import { closeReason } from '../../../store/tasks/close-reason.ts';
import { completeTask } from '../../../store/tasks/complete.ts';
import { handOverTask } from '../../../store/tasks/hand-over.ts';
import { leaveTasks } from '../../../store/tasks/leave.ts';
import { listTasks } from '../../../store/tasks/list.ts';
import { openTask } from '../../../store/tasks/open.ts';
import { reassignTask } from '../../../store/tasks/reassign.ts';
import { releaseTask } from '../../../store/tasks/release.ts';
import { reopenTask } from '../../../store/tasks/reopen.ts';
import { snoozeTask } from '../../../store/tasks/snooze.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { takeInbound } from '../../../store/take-reply.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { testSchema } from '../../servers/running.ts';
import { addSpan, customer, desk, hour, journey, mail, noon, publishAll } from '../setting.ts';

const runs = Number(process.env['RT_MODEL_RUNS'] ?? 15);

let own: OwnDatabase;
beforeAll(async () => {
  own = await ownDatabase();
  await publishAll(own.db, journey('inquiry', ['we-answered', 'customer-replied']));
});
afterAll(() => own.drop());

const teams = ['care', 'field'];
const people = ['ana', 'ben', 'cem'];

/** What a task should be: nothing about times, which the database's own checks and `sound` look at. */
interface Kept {
  readonly customer: string;
  team: string;
  state: 'open' | 'claimed' | 'snoozed' | 'done';
  owner: string | null;
  /** What each was told: nothing yet, an outcome, or that it is needed no more. */
  readonly reasons: Map<string, Told>;
}
type Told = 'nothing' | 'outcome' | 'obsolete';
interface Model {
  readonly tasks: Map<string, Kept>;
}
interface Real {
  db: Db;
  now: number;
  asked: number;
  readonly customers: readonly string[];
  readonly logs: Map<string, readonly string[]>;
}
type Command = fc.AsyncCommand<Model, Real>;

const openOne = ({ tasks }: Model, who: string, team: string): [string, Kept] | undefined =>
  [...tasks].find(([, task]) => task.customer === who && task.team === team && task.state !== 'done');

const isTrue = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** The rows are what the model says, and what every row must be. */
async function sound({ tasks }: Model, real: Real): Promise<void> {
  const rows = await real.db
    .selectFrom('tasks')
    .select(['id', 'team', 'state', 'claimed_by', 'deadline_at'])
    .select((eb) => [
      eb
        .selectFrom('task_reasons')
        .select(sql<string[]>`coalesce(array_agg(id order by id), '{}')`.as('ids'))
        .whereRef('task_id', '=', 'tasks.id')
        .as('reasons'),
      eb
        .selectFrom('task_log')
        .select(sql<string[]>`array_agg(task_log::text order by id)`.as('lines'))
        .whereRef('task_id', '=', 'tasks.id')
        .as('log'),
    ])
    .where('customer_id', 'in', real.customers)
    .execute();
  const order = (all: string[]): string[] => all.sort((a, b) => (a < b ? -1 : 1));
  const is = rows.map(({ id, team, state, claimed_by, deadline_at, reasons, log }) => {
    isTrue((deadline_at === null) === (state === 'done'), `${id} is ${state} without its deadline`);
    const before = real.logs.get(id) ?? [];
    isTrue(
      before.every((line, n) => log?.[n] === line),
      `${id} lost a line of its log`,
    );
    real.logs.set(id, log ?? []);
    return say(id, { team, state, owner: claimed_by, reasons: reasons ?? [] });
  });
  const should = [...tasks].map(([id, kept]) => say(id, { ...kept, reasons: [...kept.reasons.keys()] }));
  isTrue(order(is).join() === order(should).join(), `there is ${is.join()}, and not ${should.join()}`);
}
const say = (
  id: string,
  { team, state, owner, reasons }: Pick<Kept, 'team' | 'state' | 'owner'> & { readonly reasons: readonly string[] },
): string => `${id} ${state} with ${team}, ${state === 'done' ? '' : String(owner)}: ${[...reasons].sort().join(' ')}`;

const command = (what: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  run: async (model, real) => {
    real.now += hour / 4;
    await run(model, real);
    await sound(model, real);
  },
  toString: () => what,
});

/** Of one that there is, by its place in the list. */
const onTask = (
  what: string,
  n: number,
  run: (task: Kept, id: string, real: Real, model: Model) => Promise<void>,
): Command =>
  command(`${what} #${String(n)}`, async (model, real) => {
    const ids = [...model.tasks.keys()];
    const id = ids[n % Math.max(1, ids.length)];
    const task = id === undefined ? undefined : model.tasks.get(id);
    if (id !== undefined && task) await run(task, id, real, model);
  });

/** Done by a person: allowed in these states, and to others only if nobody has it. */
async function byPerson(
  task: Kept,
  by: string,
  states: readonly Kept['state'][],
  act: () => Promise<object>,
  then: () => void,
): Promise<void> {
  const may = states.includes(task.state) && (task.state !== 'claimed' || task.owner === by);
  const said = await act();
  isTrue('task' in said === may, `it should ${may ? '' : 'not '}be allowed: ${JSON.stringify(said)}`);
  if (may) then();
}

const ask = (who: number, team: string): Command =>
  command(`ask ${team} for ${String(who)}`, async (model, real) => {
    const customerId = real.customers[who] ?? '';
    const reasonId = `${customerId}/r${String((real.asked += 1))}`;
    const opened = await openTask(real.db, {
      ...{ customerId, team, reasonId, enrolmentId: null, journey: null, step: null, because: 'asked' },
      ...{ within: '4 hours', outcomes: ['answered'], ladder: ['leads'], now: real.now, addSpan },
    });
    if (opened.is !== 'opened') throw new Error('overtaken');
    const there = openOne(model, customerId, team);
    isTrue(opened.joined === (there !== undefined), 'it should have joined the one there is, and no other');
    if (there) there[1].reasons.set(reasonId, 'nothing');
    else model.tasks.set(opened.taskId, fresh(customerId, team, reasonId));
  });

const fresh = (of: string, team: string, reason: string): Kept => ({
  ...{ customer: of, team, state: 'open', owner: null },
  reasons: new Map([[reason, 'nothing']]),
});
/** Each that has heard nothing yet hears it. */
const tellAll = ({ reasons }: Kept): void => {
  for (const [id, told] of reasons) if (told === 'nothing') reasons.set(id, 'outcome');
};
const give = (task: Kept, state: Kept['state'], owner: string | null = null): void => {
  Object.assign(task, { state, owner });
};

const claim = (n: number, by: string): Command =>
  onTask(`${by} claims`, n, (task, id, { db, now }) =>
    byPerson(
      task,
      by,
      ['open', 'snoozed'],
      () => claimTask(db, { id, by, now, holdUntil: now + 48 * hour, addSpan }),
      () => give(task, 'claimed', by),
    ),
  );
const release = (n: number, by: string): Command =>
  onTask(`${by} releases`, n, (task, id, { db, now }) =>
    byPerson(
      task,
      by,
      ['claimed'],
      () => releaseTask(db, { id, by, now, addSpan }),
      () => give(task, 'open'),
    ),
  );
const snooze = (n: number, by: string): Command =>
  onTask(`${by} snoozes`, n, (task, id, { db, now }) =>
    byPerson(
      task,
      by,
      ['open', 'claimed'],
      () => snoozeTask(db, { id, by, now, until: now + 3 * hour }),
      () => give(task, 'snoozed', task.owner),
    ),
  );
const complete = (n: number, by: string): Command =>
  onTask(`${by} completes`, n, (task, id, { db, now }) =>
    byPerson(
      task,
      by,
      ['claimed'],
      () => completeTask(db, { id, by, now, outcome: 'answered' }),
      () => {
        give(task, 'done', by);
        tellAll(task);
      },
    ),
  );
const reassign = (n: number, to: string): Command =>
  onTask(`lea gives ${to}`, n, async (task, id, { db, now }) => {
    const said = await reassignTask(db, { id, by: 'lea', to, why: 'so', now, desk });
    isTrue('task' in said === (task.state !== 'done'), 'what is not done may be given to anybody');
    if (task.state !== 'done') give(task, task.state === 'snoozed' ? 'snoozed' : 'claimed', to);
  });
const reopen = (n: number): Command =>
  onTask('ana opens again', n, async (task, id, { db, now }, model) => {
    const may = task.state === 'done' && !openOne(model, task.customer, task.team);
    const said = await reopenTask(db, { id, by: 'ana', why: 'so', now, addSpan });
    isTrue('task' in said === may, 'what is done is opened again unless another is open');
    if (may) give(task, 'open');
  });
const handOver = (n: number, by: string, team: string): Command =>
  onTask(`${by} hands to ${team}`, n, (task, id, { db, now }, model) => {
    const there = openOne(model, task.customer, team);
    const act = () => handOverTask(db, { id, by, team, ladder: ['leads'], why: 'so', now });
    const states = task.team === team ? [] : (['open', 'claimed', 'snoozed'] as const);
    return byPerson(task, by, states, act, () => {
      if (!there) Object.assign(task, { team, state: task.state === 'snoozed' ? 'snoozed' : 'open', owner: null });
      else {
        for (const [id, told] of task.reasons) there[1].reasons.set(id, told);
        task.reasons.clear();
        give(task, 'done');
      }
    });
  });
const leave = (who: string): Command =>
  command(`${who} goes off shift`, async ({ tasks }, { db, now }) => {
    await leaveTasks(db, { agent: who, by: who, now, addSpan });
    for (const task of tasks.values())
      if (task.owner === who && task.state !== 'done') give(task, task.state === 'snoozed' ? 'snoozed' : 'open');
  });
const write = (who: number): Command =>
  command(`customer ${String(who)} writes`, async (model, real) => {
    const id = real.customers[who] ?? '';
    const taken = await takeInbound(real.db, mail(id), { now: real.now, desk });
    if (taken.taken !== 'new' || taken.taskId === null) throw new Error('nobody got what the customer wrote');
    const task = model.tasks.get(taken.taskId);
    if (!task) model.tasks.set(taken.taskId, fresh(id, 'front', `reply/${taken.messageId}`));
    else if (task.state === 'snoozed') give(task, task.owner === null ? 'open' : 'claimed', task.owner);
    isTrue(task?.state !== 'done', 'what the customer wrote went to a task that is over');
  });
/** Closed once nobody needs it and nobody is at it; what somebody gave back since stays for people to end. */
const goOn = (n: number): Command =>
  onTask('a run goes on without', n, async ({ reasons, ...task }, id, { db, now }, { tasks }) => {
    const waiting = [...reasons].find(([, told]) => told === 'nothing')?.[0];
    await closeReason(db, waiting ?? [...reasons.keys()][0] ?? 'none', now);
    if (waiting === undefined) return;
    reasons.set(waiting, 'obsolete');
    const isNeeded = task.state === 'claimed' || [...reasons.values()].some((told) => told !== 'obsolete');
    const kept = tasks.get(id);
    if (!isNeeded && kept) give(kept, 'done');
  });
/** Each alarm that is due rings, as the watch does it; a late one as one in time. */
const pass = (hours: number): Command =>
  command(`${String(hours)} hours pass`, async (model, real) => {
    real.now += hours * hour;
    for (const task of await listTasks(real.db, { limit: 200 })) {
      const kept = model.tasks.get(task.id);
      if (!kept) throw new Error(`nobody knows ${task.id}`);
      const { what, deadlineAt } = await climbTask(real.db, task.id, real.now, desk);
      if (what !== 'early') isTrue(deadlineAt !== null && deadlineAt > real.now, `${task.id} has no time left`);
      if (what === 'woken') give(kept, kept.owner === null ? 'open' : 'claimed', kept.owner);
      if (what === 'expired') give(kept, 'open');
      if (what === 'nobody') tellAll(kept);
    }
  });
/** Whatever was in memory is gone. */
const restart = (): Command =>
  command('restart', async (_model, real) => {
    await real.db.destroy();
    real.db = openDatabase(own.url, { schema: testSchema, max: 4 });
  });

const nth = fc.nat({ max: 5 });
const who = fc.nat({ max: 1 });
const person = fc.constantFrom(...people);
const team = fc.constantFrom(...teams);
const some = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(who, team).map((given) => ask(...given)) },
  { weight: 4, arbitrary: fc.tuple(nth, person).map((given) => claim(...given)) },
  { weight: 1, arbitrary: fc.tuple(nth, person).map((given) => release(...given)) },
  { weight: 2, arbitrary: fc.tuple(nth, person).map((given) => snooze(...given)) },
  { weight: 2, arbitrary: fc.tuple(nth, person).map((given) => complete(...given)) },
  { weight: 2, arbitrary: fc.tuple(nth, person).map((given) => reassign(...given)) },
  { weight: 4, arbitrary: fc.tuple(nth, person, team).map((given) => handOver(...given)) },
  { weight: 1, arbitrary: nth.map(reopen) },
  { weight: 1, arbitrary: person.map(leave) },
  { weight: 2, arbitrary: who.map(write) },
  { weight: 2, arbitrary: nth.map(goOn) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 5 }).map(pass) },
  { weight: 1, arbitrary: fc.constant(null).map(restart) },
);
const stories = fc.array(some, { minLength: 30, maxLength: 80, size: 'max' });

describe('Tasks, whatever is done to them in whatever order', () => {
  let told = 0;
  it(`are what ${String(runs)} random stories say, and never without a deadline`, async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (commands) => {
        const story = String((told += 1));
        const customers = [`${story}-a`, `${story}-b`];
        const real: Real = {
          db: openDatabase(own.url, { schema: testSchema, max: 4 }),
          ...{ now: noon, asked: 0, customers, logs: new Map() },
        };
        for (const id of customers) await customer(real.db, id);
        try {
          await fc.asyncModelRun(() => ({ model: { tasks: new Map() }, real }), commands);
        } finally {
          await real.db
            .updateTable('tasks')
            .set({ state: 'done', done_at: new Date(real.now), claim_by_at: null })
            .set({ answer_by_at: null, warn_at: null, wake_at: null, deadline_at: null })
            .where('state', '<>', 'done')
            .execute();
          await real.db.destroy();
        }
      }),
      { numRuns: runs, seed: 7 },
    );
    const actions = await own.db.selectFrom('task_log').select('action').distinct().execute();
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        ...['open', 'join', 'claim', 'release', 'snooze', 'reassign', 'hand over', 'merge', 'take over', 'leave'],
        ...['complete', 'reopen', 'reply', 'woken', 'climbed', 'nobody', 'warned', 'expired', 'close'],
      ]),
    );
  });
});
