/**
 * Reservations per second beside a bare one-row upsert, from the same process, over the same connections, in turns: what
 * else the machine does meets both. PostgreSQL syncs to disk as in production.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startPostgres } from '../cli/dev/postgres.ts';
import { encodeRing } from '../core/budget/ring.ts';
import { readPolicy } from '../core/budget/read-policy.ts';
import type { Policy } from '../core/budget/types.ts';
import { createBudgets } from '../store/budget/index.ts';
import { migrate } from '../store/migrate.ts';
import { openDatabase, openPool } from '../store/open.ts';
import type { Bench } from './main.ts';
import { measure, median } from './measure.ts';

const schema = 'bench';
const connections = 10;
const callers = 500;

const policy = readPolicy(
  {
    format: 1,
    name: 'bench',
    team: 'care',
    cost: { email: 1, sms: 2, whatsapp: 2, voice: 4, push: 1, chat: 1 },
    windows: [
      { name: 'a week', atMost: 5, in: '7 days', keep: { cost: 1, for: ['service'] } },
      { name: 'marketing in a month', atMost: 4, in: '30 days', purposes: ['marketing'] },
    ],
    spacing: [{ apart: '24 hours', purposes: ['marketing'] }],
    quiet: [{ from: '21:00', to: '08:00', channels: ['sms'] }],
    first: ['service', 'marketing'],
    risesEvery: '3 days',
    maxSilence: '4 business hours',
    holdAtMost: '2 business days',
    less: { atMost: 1, in: '30 days', for: '90 days' },
  } satisfies Policy,
  1,
);

export const reservations: Bench = async ({ quick, tell }) => {
  const home = mkdtempSync(join(tmpdir(), 'righttouch-bench-'));
  const server = await startPostgres(join(home, 'postgres'));
  try {
    await run(server.url, {
      customers: quick ? 2_000 : 20_000,
      rounds: quick ? 2 : 6,
      forMs: quick ? 1_000 : 5_000,
      tell,
    });
  } finally {
    await server.stop();
    for (const folder of [home, server.home]) rmSync(folder, { recursive: true, force: true });
  }
};

interface Size {
  readonly customers: number;
  readonly rounds: number;
  readonly forMs: number;
  readonly tell: (line: string) => void;
}

async function run(url: string, { customers, rounds, forMs, tell }: Size): Promise<void> {
  const db = openDatabase(url, { schema, max: connections });
  const pool = openPool(url, { schema, max: connections });
  try {
    await migrate(db, schema);
    await fill(pool, customers);
    // A clock that makes five days of each second, so that customers may be touched again as in years of use.
    const started = Date.now();
    const clock = { now: () => started + (Date.now() - started) * 432_000 };
    const sizes: number[] = [];
    const budgets = createBudgets(db, { clock, onBatch: (size) => sizes.push(size) });
    const anyone = (): string => `c${Math.floor(Math.random() * customers)}`;
    let touches = 0;
    const answers: Record<string, number> = {};
    const reserve = async (): Promise<void> => {
      const customerId = anyone();
      const { is } = await budgets.reserve({
        touchId: `e_${(touches++).toString(36).padStart(20, '0')}/hint/1`,
        ask: 1,
        customerId,
        journey: 'offer',
        purpose: 'marketing',
        madeBy: 'tech',
        assumes: [],
        candidates: [{ channel: 'email', address: `${customerId}@example.com` }],
        fate: 'drop',
        firstAskedAt: clock.now(),
        policy,
        about: { enrolmentId: `e_${touches}`, version: 1, step: 'hint', visit: 1, template: 'offer-hint' },
      });
      answers[is] = (answers[is] ?? 0) + 1;
    };
    const bare = (): Promise<unknown> => pool.query({ name: 'bare', text: upsert, values: [anyone(), new Date()] });

    await measure(forMs / 2, callers, bare);
    await measure(forMs / 2, callers, reserve);
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const before = await measure(forMs, callers, bare);
      const ours = await measure(forMs, callers, reserve);
      const ratio = ours.perSecond / before.perSecond;
      ratios.push(ratio);
      tell(`round ${round}: upserts ${line(before)} | reservations ${line(ours)} | ${ratio.toFixed(2)}`);
    }
    const total = Object.values(answers).reduce((a, b) => a + b, 0);
    tell(
      `answers: ${Object.entries(answers)
        .map(([is, n]) => `${is} ${((100 * n) / total).toFixed(0)} %`)
        .join(', ')}`,
    );
    tell(
      `reservations ÷ bare upserts: ${median(ratios).toFixed(2)} (median of ${rounds} rounds; batches of ${median(sizes).toFixed(0)}, ${connections} connections, ${customers} customers)`,
    );
  } finally {
    await pool.end();
    await db.destroy();
  }
}

const line = (m: { perSecond: number; p50Ms: number; p99Ms: number }): string =>
  `${m.perSecond.toFixed(0)}/s (p50 ${m.p50Ms.toFixed(0)} ms, p99 ${m.p99Ms.toFixed(0)} ms)`;

const upsert = `
  insert into bare (id, n, at) values ($1, 1, $2)
  on conflict (id) do update set n = bare.n + 1, at = excluded.at`;

async function fill(pool: pg.Pool, customers: number): Promise<void> {
  const gates = { consents: [{ channel: 'email', purpose: 'marketing', granted: true }], zone: 'Europe/Berlin' };
  const at = Date.now() - 3 * 86_400_000;
  const recent = encodeRing([
    {
      touchId: 'e_00000000000000000000/hint/1',
      reservedAt: at,
      at,
      cost: 1,
      channel: 'email',
      purpose: 'marketing',
      journey: 'offer',
      state: 'sent',
    },
  ]);
  await pool.query(
    `insert into customers (id, created_at, updated_at) select 'c' || i, now(), now() from generate_series(0, $1::int - 1) i`,
    [customers],
  );
  await pool.query(
    `insert into budgets (customer_id, recent, gates) select 'c' || i, $2::json, $3::json from generate_series(0, $1::int - 1) i`,
    [customers, JSON.stringify(recent), JSON.stringify(gates)],
  );
  await pool.query(
    'create table bare (id text primary key, n bigint not null, at timestamptz not null) with (fillfactor = 70)',
  );
  await pool.query(`insert into bare select 'c' || i, 0, now() from generate_series(0, $1::int - 1) i`, [customers]);
}
