/**
 * 32 agents at once, thousands of tasks, ladders running, and a server that throws everybody out in the middle of it: one owner each, no open
 * task without a deadline, none over 30 s past it while workers run. The nightly run asks for 10,000 tasks: RT_TASKS=10000.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { putAgent, setShift } from '../../../store/agents/agents.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { takeInbound } from '../../../store/take-reply.ts';
import { claimTask } from '../../../store/tasks/claim.ts';
import { climbTask } from '../../../store/tasks/climb.ts';
import { completeTask } from '../../../store/tasks/complete.ts';
import { handOverTask } from '../../../store/tasks/hand-over.ts';
import { leaveTasks } from '../../../store/tasks/leave.ts';
import { openTask } from '../../../store/tasks/open.ts';
import { reassignTask } from '../../../store/tasks/reassign.ts';
import { releaseTask } from '../../../store/tasks/release.ts';
import { reopenTask } from '../../../store/tasks/reopen.ts';
import { snoozeTask } from '../../../store/tasks/snooze.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { drawn } from '../../servers/drawn.ts';
import { testSchema } from '../../servers/running.ts';
import { customer, journey, mail, minute, noon, publishAll, desk } from '../setting.ts';
import { toldByLog, type Line } from './told-by-log.ts';

const tasks = Number(process.env['RT_TASKS'] ?? 200);
const agents = Array.from({ length: 32 }, (_, n) => `agent-${String(n)}`);
const teams = ['care', 'field'] as const;
const customers = Array.from({ length: tasks }, (_, n) => `c-${String(n)}`);
/** What nobody may be over its time while workers run. */
const lateMs = 30_000;
/** Every so many rounds the server throws everybody out, and no ladder runs for a while. */
const restartEvery = 12;
const downFor = 3;

let own: OwnDatabase;
let admin: Db;
beforeAll(async () => {
  own = await ownDatabase();
  admin = openDatabase(own.url, { schema: testSchema, max: 2 });
  await publishAll(admin, journey('inquiry', ['we-answered', 'customer-replied']));
  for (const id of customers) await customer(admin, id);
  const said = { languages: ['en'], skills: [], interests: [], sharesInterests: false, hours: null, zone: null };
  for (const [n, name] of agents.entries()) {
    await putAgent(admin, { name, ...said, teams: [teams[n % 2] ?? 'care', 'leads'], capacity: 20 }, noon);
    await setShift(admin, name, true, noon);
  }
});
afterAll(async () => {
  await admin.destroy();
  await own.drop();
});

/** An hour is a minute here, so that every task climbs, wakes and expires many times in few rounds. */
const addSpan = (_team: string, from: number, span: string): number => from + Number.parseInt(span, 10) * minute;
const ladder = ['leads', { person: 'Jo Meyer' }];
const fast = { ...desk, team: 'care', ladderOf: () => ladder, addSpan };

const seen: Record<string, number> = {};
const count = (what: string): void => void (seen[what] = (seen[what] ?? 0) + 1);
/** Whoever is thrown out loses what they were at: they see an error, and the row is as it was before or as they left it. */
const isThrownOut = (error: unknown): boolean =>
  // By its words and not by its class: an error of a socket comes from another realm.
  /terminat|connection|ECONNRESET|EPIPE|not queryable/i.test(String(error));
async function tried(what: string, work: () => Promise<object>): Promise<void> {
  try {
    const said = await work();
    count('refused' in said ? `${what} refused` : what);
  } catch (error) {
    if (!isThrownOut(error)) throw error;
    count('thrown out');
  }
}

let made = 0;
async function actOf(db: Db, agent: string, next: () => number, now: number): Promise<void> {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const within = '2 hours';
  if (made < tasks && next() < 0.5) {
    const n = (made += 1);
    // Now and then somebody who has one already: it joins, or is another team's.
    const customerId = (next() < 0.1 ? null : customers[n - 1]) ?? pick(customers);
    const asked = { customerId, team: pick(teams), reasonId: `r/${String(n)}`, because: 'asked' };
    const none = { enrolmentId: null, journey: null, step: null, outcomes: ['answered'], ladder };
    return tried('open', () => openTask(db, { ...asked, ...none, within, now, addSpan }));
  }
  const id = await someTask(db, next, next() < 0.4 ? agent : null);
  if (id === null) return;
  const by = { id, by: agent, now };
  const [dice, to, team] = [next(), pick(agents), pick(teams)];
  if (dice < 0.4) return tried('claim', () => claimTask(db, { ...by, holdUntil: now + 48 * minute, addSpan }));
  if (dice < 0.48) return tried('release', () => releaseTask(db, { ...by, addSpan }));
  if (dice < 0.58) return tried('snooze', () => snoozeTask(db, { ...by, until: now + 3 * minute }));
  if (dice < 0.72) return tried('complete', () => completeTask(db, { ...by, outcome: 'answered' }));
  if (dice < 0.78) return tried('reassign', () => reassignTask(db, { ...by, to, why: 'so', desk: fast }));
  if (dice < 0.86) return tried('hand over', () => handOverTask(db, { ...by, team, ladder, why: 'so' }));
  if (dice < 0.9) return tried('reopen', () => reopenTask(db, { ...by, why: 'so', addSpan }));
  if (dice < 0.96)
    return tried('reply', () => takeInbound(db, mail(pick(customers), { at: now }), { now, desk: fast }));
  return tried('leave', () => leaveTasks(db, { agent: to, by: to, now, addSpan }));
}

/** Of all there are, or of those that somebody has. */
async function someTask(db: Db, next: () => number, owner: string | null): Promise<string | null> {
  try {
    const { rows } = await sql<{ id: string }>`select id from tasks where number >= ${Math.ceil(next() * made)}
      and (${owner}::text is null or claimed_by = ${owner}) order by number limit 1`.execute(db);
    return rows[0]?.id ?? null;
  } catch (error) {
    if (!isThrownOut(error)) throw error;
    return null;
  }
}

/** As the watch does it: whatever is due is called, and what comes of it is due later. Two of them run, as two workers would. */
async function ladders(db: Db, now: number): Promise<void> {
  const due = await db
    .selectFrom('tasks')
    .select('id')
    .where('state', '<>', 'done')
    .where('deadline_at', '<=', new Date(now))
    .execute();
  const queue = due.map(({ id }) => id);
  const one = async (): Promise<void> => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const { what } = await climbTask(db, id, now, fast);
      count(what);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

/** What is wrong with the rows, whatever was done to them; nothing. */
async function wrong(now: number, isWatched: boolean): Promise<string[]> {
  const late = new Date(now - lateMs);
  const { rows } = await sql<{ says: string }>`
    select number || ' is ' || state || ' by ' || coalesce(claimed_by, 'nobody') || ', due ' || coalesce(deadline_at::text, 'never') as says
    from tasks where (state <> 'done' and deadline_at is null) or (state = 'claimed' and claimed_by is null)
      or (state = 'open' and claimed_by is not null) or (${isWatched} and state <> 'done' and deadline_at < ${late})
    union all
    select customer_id || ' has ' || count(*) || ' open with ' || team from tasks where state <> 'done' group by customer_id, team having count(*) > 1`.execute(
    admin,
  );
  return rows.map(({ says }) => says);
}

const throwOut = (): Promise<unknown> =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
    and pid <> pg_backend_pid() and application_name = 'many'`.execute(admin);

test(
  `32 agents and ${String(tasks)} tasks: one owner each, none without a deadline, none over 30 s past it while workers run`,
  async () => {
    const db = openDatabase(`${own.url}?application_name=many`, { schema: testSchema, max: 16 });
    // What is done is drawn from these, the same each time; what comes of it is up to who is first.
    const next = agents.map((_, n) => drawn(7_000 + n));
    const clock = drawn(7);
    let now = noon;
    let down = 0;
    // Enough for all to be opened, and then to be climbed to the end.
    const rounds = Math.ceil(tasks / 14) + 24;
    try {
      for (let round = 1; round <= rounds; round += 1) {
        const isRestart = round % restartEvery === 0;
        const isWatched = !isRestart && down === 0;
        const acts = agents.map((agent, n) => actOf(db, agent, next[n] ?? clock, now));
        if (isRestart) {
          await throwOut();
          down = downFor;
          count('restart');
        } else if (down > 0) down -= 1;
        else await Promise.all([ladders(db, now), ladders(db, now)]);
        await Promise.all(acts);
        expect(await wrong(now, isWatched)).toEqual([]);
        now += 5_000 + Math.floor(clock() * 20_000);
      }
    } finally {
      await db.destroy();
    }
    const rows = await admin.selectFrom('tasks').select(['id', 'number', 'state', 'claimed_by']).execute();
    const lines = await admin
      .selectFrom('task_log')
      .select(['task_id', 'actor', 'action', 'note'])
      .orderBy('id')
      .execute();
    const logs = new Map<string, Line[]>();
    for (const { task_id, ...line } of lines) logs.set(task_id, [...(logs.get(task_id) ?? []), line]);
    for (const { id, number, state, claimed_by } of rows)
      expect([number, toldByLog(logs.get(id) ?? [])]).toEqual([number, { state, owner: claimed_by }]);
    console.info(`${String(rows.length)} tasks, ${String(lines.length)} changes: ${JSON.stringify(seen)}`);
    for (const what of ['claim', 'claim refused', 'climbed', 'nobody', 'warned', 'expired', 'woken', 'thrown out'])
      expect([what, seen[what] ?? 0]).not.toEqual([what, 0]);
  },
  Math.max(90_000, tasks * 300),
);
