/** How long `why` takes for one customer with 10,000 touches, beside others with as many: the statement, and the whole answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createApp } from '../api/app.ts';
import { startPostgres } from '../cli/dev/postgres.ts';
import { createLogger } from '../config/logger.ts';
import { createApiKey } from '../store/api-keys.ts';
import { createBudgets } from '../store/budget/index.ts';
import { migrate } from '../store/migrate.ts';
import { openDatabase, type Db } from '../store/open.ts';
import { pageOf } from '../store/why/page.ts';
import { whyPage, type WhyTold } from '../store/why/why.ts';
import { addCustomers, addEnrolment, askOf, noon, policyOf } from '../test/store/budget/fixtures.ts';
import type { Bench, BenchOptions } from './main.ts';
import { measure } from './measure.ts';

const schema = 'bench';
const touches = 10_000;
/** Milliseconds. */
const limit = 20;

export const why: Bench = async (options) => {
  const home = mkdtempSync(join(tmpdir(), 'righttouch-bench-'));
  const server = await startPostgres(join(home, 'postgres'));
  const db = openDatabase(server.url, { schema, max: 10 });
  try {
    await migrate(db, schema);
    await fill(db);
    await run(db, options);
  } finally {
    await db.destroy();
    await server.stop();
    for (const folder of [home, server.home]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

async function run(db: Db, { quick, tell }: BenchOptions): Promise<void> {
  const forMs = quick ? 1_000 : 5_000;
  const count = await db
    .selectFrom('touches')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirst();
  tell(`${String(touches)} touches of one customer among ${count?.n ?? ''}, each with what was decided of it`);
  const middle = await cursorAt(db, touches / 2);
  const cases: Record<string, () => Promise<unknown>> = {
    'newest 50': () => whyPage(db, 'hot', { limit: 50, first: 'newest' }),
    'newest 200': () => whyPage(db, 'hot', { limit: 200, first: 'newest' }),
    'the 50 in the middle': () => whyPage(db, 'hot', { limit: 50, first: 'newest', after: middle }),
  };
  const logger = createLogger({ level: 'silent' });
  const app = await createApp({
    db,
    schema,
    realNow: Date.now,
    deskFolder: null,
    now: () => Date.now(),
    logger,
    publicUrl: 'https://touch.example.com',
    twilioAuthToken: null,
    twilioAccountSid: null,
    defaultCountry: null,
    defaultTeam: 'care',
    limits: { requestsPerMinute: 10_000_000 },
  });
  const key = await createApiKey(db, { name: 'bench', scopes: ['customers:read'] }, Date.now());
  if (!key.created) throw new Error('The key is there already');
  const headers = { authorization: `Bearer ${key.secret}` };
  for (const audience of ['designer', 'agent', 'customer'])
    cases[`HTTP, newest 50 for=${audience}`] = async () => {
      const { statusCode } = await app.inject({ url: `/v1/customers/hot/why?for=${audience}`, headers });
      if (statusCode !== 200) throw new Error(`Answered with ${String(statusCode)}`);
    };
  try {
    for (const [name, work] of Object.entries(cases)) {
      await measure(forMs / 5, 1, work);
      const { p50Ms, p99Ms } = await measure(forMs, 1, work);
      const share = (p99Ms / limit).toFixed(2);
      tell(`${name}: median ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.toFixed(2)} ms; p99 ÷ ${String(limit)} ms: ${share}`);
    }
  } finally {
    await app.close();
  }
}

async function cursorAt(db: Db, nth: number): Promise<NonNullable<WhyTold['next']>> {
  const rows = await pageOf(db, 'hot', { limit: nth, first: 'newest' });
  const last = rows.at(-1);
  if (!last) throw new Error('The customer has no touches');
  return { at: last.at.getTime(), id: last.id };
}

/** Decided by the budget itself, so that what is stored is as long as it is in use: a few go, most are refused with what used the budget. */
async function fill(db: Db): Promise<void> {
  await addCustomers(db, ['hot', ...Array.from({ length: 10 }, (_, n) => `c${String(n)}`)]);
  await addEnrolment(db, 'e_hot', 'hot');
  const at = { now: noon };
  const budgets = createBudgets(db, { clock: { now: () => at.now }, onFreed: () => undefined });
  const policy = policyOf({
    windows: [
      { name: 'a week', atMost: 5, in: '7 days' },
      { name: 'marketing in a month', atMost: 12, in: '30 days', purposes: ['marketing'] },
    ],
  });
  const together = 20;
  for (let n = 0; n < touches; n += together) {
    at.now += 4 * 3_600_000;
    await Promise.all(
      Array.from({ length: together }, (_, i) =>
        budgets.reserve(
          askOf(`e_${(n + i).toString(36).padStart(20, '0')}/hint/1`, 'hot', { policy, firstAskedAt: at.now }),
        ),
      ),
    );
  }
  await sql`insert into turned_away (id, event_id, journey, customer_id, because, at)
    select 'a_' || n, null, 'offer', 'hot', 'it is entered only if customer.plan is gold', asked_at
    from (select asked_at, row_number() over (order by asked_at) as n from touches where customer_id = 'hot') t where n % 20 = 0`.execute(
    db,
  );
  await sql`insert into notes (id, customer_id, enrolment_id, step, team, about, said, from_at, due_at, state, made_at)
    select 'n_' || n, 'hot', 'e_hot', 'remind', 'care', 'call them', '1 day', asked_at, asked_at, 'open', asked_at
    from (select asked_at, row_number() over (order by asked_at) as n from touches where customer_id = 'hot') t where n % 20 = 0`.execute(
    db,
  );
  await sql`insert into touches (id, customer_id, journey, version, step, visit, purpose, template, made_by, channel, cost, state, ask, answer, record, decided_at, asked_at, until)
    select 'c' || i || t.id, 'c' || i, journey, version, step, visit, purpose, template, made_by, channel, cost, state, ask, answer, record, decided_at, asked_at, until
    from touches t, generate_series(0, 9) i where customer_id = 'hot'`.execute(db);
  await sql`insert into decisions (touch_id, ask, customer_id, decided, because, explanation, at)
    select 'c' || i || d.touch_id, ask, 'c' || i, decided, because, explanation, at
    from decisions d, generate_series(0, 9) i where customer_id = 'hot'`.execute(db);
  await sql`analyze touches, decisions, notes, turned_away`.execute(db);
}
