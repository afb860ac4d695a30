/**
 * Once something is stopped, nothing that waited leaves later than five seconds after: STOP, a hold, a kill switch, with touches that
 * wait for their time in real runs on a real Temporal server. RT_STOPS sets how many wait (1,000 in the nightly run).
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setKillSwitch } from '../../store/budget/kill-switches.ts';
import { suppress } from '../../store/consents.ts';
import { holdCustomer } from '../../store/holds.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { promised, smallJourney, word } from './small-journey.ts';

const many = Number(process.env['RT_STOPS'] ?? 40);
const acceptedWithinMs = 5_000;
/** Touches leave one after another for about so long: what is stopped in the middle of it is stopped while others leave. */
const leavesOverMs = 6_000;

/** They ask at once, and are told to come back: each has a time of its own at which it would leave. */
const waits = { purpose: 'marketing', fate: { fate: 'wait', atMost: '2 hours', then: 'drop' } } as const;
const journey = smallJourney('offers', 'promise', { promise: promised('word'), word: word('end:done', waits) });

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({
    journeys: [journey],
    policy: (samples) => ({
      ...samples,
      windows: [{ name: 'a week', atMost: 10, in: '7 days' }],
      spacing: [],
      quiet: [],
    }),
  });
});
afterAll(() => engine.stop());

/** So many, each held until an instant of their own, one after another from `from` on. */
async function crowdThatWaits(prefix: string, from: number): Promise<string[]> {
  const ids = Array.from({ length: many }, (_, n) => `${prefix}-${String(n)}`);
  for (const [n, id] of ids.entries()) {
    await engine.customer(id, { wants: ['marketing'] });
    const leavesAt = from + Math.floor((n * leavesOverMs) / many);
    await hold(id, leavesAt);
    await engine.event(id, 'inquiry-received', { inquiryId: id, topic: 'other', urgent: false });
  }
  await until('all of them wait', async () => (await touchesOf(prefix)).length === many, 120_000);
  return ids;
}
const hold = (id: string, leavesAt: number): Promise<boolean> =>
  holdCustomer(engine.db, id, { until: leavesAt, reason: 'they wait', actor: 'a test', at: engine.clock.now() });
const touchesOf = (prefix: string) =>
  engine.db
    .selectFrom('touches')
    .select(['customer_id', 'sending_at'])
    .where('customer_id', 'like', `${prefix}-%`)
    .where('journey', '=', 'offers')
    .execute();
const left = async (prefix: string): Promise<{ id: string; at: number }[]> =>
  (await touchesOf(prefix)).flatMap(({ customer_id: id, sending_at }) =>
    sending_at === null ? [] : [{ id, at: sending_at.getTime() }],
  );

/** When it was accepted, for each of them. */
type Stopped = ReadonlyMap<string, number>;
async function each(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<Stopped> {
  const accepted = new Map<string, number>();
  for (const id of ids.toReversed()) {
    await act(id);
    accepted.set(id, engine.clock.now());
  }
  return accepted;
}

const cases: readonly (readonly [string, (ids: readonly string[]) => Promise<Stopped>])[] = [
  [
    'stop',
    (ids) =>
      each(ids, (id) =>
        suppress(engine.db, id, { channel: 'all', reason: 'STOP', actor: 'customer', at: engine.clock.now() }),
      ),
  ],
  ['hold', (ids) => each(ids, (id) => hold(id, engine.clock.now() + 3_600_000))],
  [
    'kill',
    async (ids) => {
      const at = engine.clock.now();
      await setKillSwitch(engine.db, { scope: 'journey:offers', reason: 'fire', actor: 'ops', at });
      return new Map(ids.map((id) => [id, engine.clock.now()]));
    },
  ],
];

test.each(cases)(
  '%s: of touches that wait, none leaves later than five seconds after it was accepted',
  async (prefix, stop) => {
    const leavesFrom = engine.clock.now() + 8_000 + many * 120;
    const ids = await crowdThatWaits(prefix, leavesFrom);
    await until('the first of them have left', async () => (await left(prefix)).length >= many / 10, 300_000);
    const accepted = await stop(ids);
    const all = leavesFrom + leavesOverMs + acceptedWithinMs;
    await until('all would have left', () => engine.clock.now() > all, 300_000);
    const gone = await left(prefix);
    const lateMs = gone.map(({ id, at }) => at - (accepted.get(id) ?? 0)).filter((ms) => ms > 0);
    const latest = Math.max(0, ...lateMs);
    process.stdout.write(
      `${prefix}: ${String(many)} waited, ${String(gone.length - lateMs.length)} had left, ${String(lateMs.length)} left after, the latest ${String(latest)} ms after\n`,
    );
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.length).toBeLessThan(many);
    expect(latest).toBeLessThanOrEqual(acceptedWithinMs);
  },
  600_000,
);
