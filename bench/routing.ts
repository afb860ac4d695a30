/** How long it takes to find whom a task fits best among 1,000 agents on shift: the decision alone, and with what it reads and writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { startPostgres } from '../cli/dev/postgres.ts';
import { route, type Routable } from '../core/routing/route.ts';
import { migrate } from '../store/migrate.ts';
import { openDatabase, type Db } from '../store/open.ts';
import { routeTask } from '../store/routing/route-task.ts';
import { opened, publishAll, journey, customer } from '../test/store/setting.ts';
import type { Bench } from './main.ts';
import { measure } from './measure.ts';

const agents = 1_000;
/** Milliseconds. */
const limit = 20;
const schema = 'bench';
const pick = (of: readonly string[], n: number): string => of[n % of.length] ?? '';

const people: readonly Routable[] = Array.from({ length: agents }, (_, n) => ({
  name: `agent-${String(n)}`,
  languages: [pick(['en', 'de', 'fr', 'es'], n), pick(['en', 'it'], n)],
  skills: [pick(['billing', 'delivery', 'device'], n)],
  interests: [pick(['chess', 'tomatoes', 'sailing', 'choir'], n)],
  load: n % 4,
  capacity: 5,
}));

export const routing: Bench = async ({ quick, tell }) => {
  const forMs = quick ? 1_000 : 5_000;
  const need = { language: 'de', topics: ['inquiry', 'delivery'], knows: ['agent-7'], interests: ['choir', 'chess'] };
  const alone = await measure(forMs, 1, () => Promise.resolve(route(need, people, 0.5)));
  told('decided', alone);
  const home = mkdtempSync(join(tmpdir(), 'righttouch-bench-'));
  const server = await startPostgres(join(home, 'postgres'));
  const db = openDatabase(server.url, { schema, max: 10 });
  try {
    await migrate(db, schema);
    const task = await fill(db);
    const whole = (): Promise<unknown> => db.transaction().execute((tx) => routeTask(tx, task));
    await measure(forMs / 5, 1, whole);
    told('read, decided and written, one after another', await measure(forMs, 1, whole));
  } finally {
    await db.destroy();
    await server.stop();
    for (const folder of [home, server.home]) rmSync(folder, { recursive: true, force: true });
  }

  function told(what: string, { p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number }): void {
    const share = (p99Ms / limit).toFixed(2);
    tell(
      `${what}, ${String(agents)} agents: median ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms; p99 ÷ ${String(limit)} ms: ${share}`,
    );
  }
};

/** All of them on shift, with two tasks each, among 20,000 that are over. */
async function fill(db: Db) {
  await publishAll(db, journey('inquiry', ['we-answered']));
  await sql`insert into agents (name, teams, languages, skills, interests, shares_interests, capacity, on_shift, created_at, updated_at)
    select x.name, '{care}', x.languages, x.skills, x.interests, true, x.capacity, true, now(), now()
    from json_to_recordset(${JSON.stringify(people)}) as x(name text, languages text[], skills text[], interests text[], capacity int)`.execute(
    db,
  );
  await sql`insert into customers (id, locale, fields, created_at, updated_at)
    select 'c' || n, 'de', '{}', now(), now() from generate_series(0, 19999) n`.execute(db);
  await sql`insert into tasks (id, customer_id, team, state, ladder, asked_team, claimed_by, claimed_at, within, answer_by_at, deadline_at, created_at)
    select 'a' || n, 'c' || n, 'care', 'claimed', '[]', 'care', 'agent-' || n % ${agents}::int, now(), '4 hours', now(), now(), now()
    from generate_series(0, ${2 * agents - 1}::int) n`.execute(db);
  await sql`insert into tasks (id, customer_id, team, state, ladder, asked_team, claimed_by, claimed_at, within, created_at, done_at, outcome)
    select 'd' || n, 'c' || n, 'care', 'done', '[]', 'care', 'agent-' || n % ${agents}::int, now(), '4 hours', now(), now(), 'answered'
    from generate_series(0, 19999) n`.execute(db);
  await sql`analyze`.execute(db);
  const customerId = await customer(db, 'hot');
  const id = await opened(db, customerId);
  return { id, customerId, askedTeam: 'care', askedPerson: null };
}
