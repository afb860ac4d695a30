/** What both grant where it is hard: many at once at a limit, and around the edge of a window. */
import { randomBytes } from 'node:crypto';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { createBudgets, type Budgets } from '../../store/budget/index.ts';
import { openDatabase, openPool } from '../../store/open.ts';
import { askOf, roomInWindows, schema, windowsInDays } from './setting.ts';
import { consumed } from './loads.ts';

const weekMs = 7 * 86_400_000;
const limit = roomInWindows[0];

/** Grants or refuses one more to this customer. */
type Ask = (customerId: string) => Promise<boolean>;

export async function exactness(url: string, tell: (line: string) => void): Promise<void> {
  const [pool, db] = [openPool(url, { schema }), openDatabase(url, { schema })];
  const settable = { at: Date.now(), now: () => settable.at };
  const theirs = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    schemaName: schema,
    tableName: `limiter_${windowsInDays[0]}`,
    tableCreated: true,
    keyPrefix: 'exact',
    points: limit,
    duration: weekMs / 1000,
    clearExpiredByTimeout: false,
  });
  const budgets = createBudgets(db, { clock: settable, onFreed: () => undefined });
  const asks: Record<string, Ask> = {
    ours: (customerId) => sentNow(budgets, customerId, settable.at),
    'rate-limiter-flexible': async (customerId) => (await consumed(theirs, customerId)) === 'reserved',
  };
  const clockOfTheMachine = Date.now;
  try {
    for (const [name, ask] of Object.entries(asks)) {
      const [many, edge] = [await newCustomer(db), await newCustomer(db)];
      const granted = (await Promise.all(Array.from({ length: 200 }, () => ask(many)))).filter(Boolean).length;
      // The peer reads the clock of the machine, so for this it is ours that both of them read.
      Date.now = settable.now;
      const worst = await worstWeek(ask, edge, settable);
      Date.now = clockOfTheMachine;
      tell(
        `${name}: granted ${granted} of 200 at once at a limit of ${limit}; the worst rolling week around an edge held ${worst} of ${limit}`,
      );
    }
  } finally {
    Date.now = clockOfTheMachine;
    await Promise.all([pool.end(), db.destroy()]);
  }
}

/** One, then as many as are granted just before a week has passed since, and just after; the most that any week holds. */
async function worstWeek(ask: Ask, customer: string, clock: { at: number }): Promise<number> {
  const began = clock.at;
  const grants: number[] = [];
  for (const afterMs of [0, weekMs - 60_000, weekMs + 60_000]) {
    clock.at = began + afterMs;
    for (let n = 0; n < (afterMs === 0 ? 1 : 2 * limit); n++) if (await ask(customer)) grants.push(clock.at);
  }
  clock.at = began;
  return Math.max(...grants.map((at) => grants.filter((g) => g > at - weekMs && g <= at).length));
}

async function sentNow(budgets: Budgets, customerId: string, now: number): Promise<boolean> {
  const ask = askOf(customerId, now, 0);
  if ((await budgets.reserve(ask)).is !== 'reserved') return false;
  const attempt = `${ask.touchId}/once`;
  const fenced = await budgets.fence(ask.touchId, { attempt, seen: 0, policy: ask.policy });
  if (fenced.fenced) await budgets.settle(ask.touchId, attempt, { is: 'sent', at: now, providerId: attempt });
  return fenced.fenced;
}

async function newCustomer(db: ReturnType<typeof openDatabase>): Promise<string> {
  const id = `exact-${randomBytes(6).toString('hex')}`;
  const at = new Date();
  await db
    .insertInto('customers')
    .values({ id, zone: 'Europe/Berlin', fields: '{}', created_at: at, updated_at: at })
    .execute();
  const gates = JSON.stringify({
    consents: [{ channel: 'email', purpose: 'marketing', granted: true }],
    zone: 'Europe/Berlin',
  });
  await db.insertInto('budgets').values({ customer_id: id, waiting: '[]', gates }).execute();
  return id;
}
