/**
 * Once something is stopped, nothing that waited leaves later than five seconds after: STOP, holds, guards and kill switches of every kind, with
 * touches that wait for their time in real runs on a real Temporal server. RT_STOPS sets how many wait (`npm run torture stops`: 1,000).
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setAreaGuard, liftAreaGuard } from '../../store/area-guards.ts';
import { addMembers, setAudience } from '../../store/audiences/audiences.ts';
import { inFlight } from '../../store/budget/in-flight.ts';
import { inScope } from '../../store/budget/in-scope.ts';
import { liftKillSwitch, setKillSwitch, type KillScope } from '../../store/budget/kill-switches.ts';
import { suppress } from '../../store/consents.ts';
import { setGuards } from '../../store/guards.ts';
import { holdCustomer } from '../../store/holds.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { smallJourney, word } from './small-journey.ts';

const many = Number(process.env['RT_STOPS'] ?? 12);
const acceptedWithinMs = 5_000;
/** Touches leave one after another for about so long: what is stopped in the middle of it is stopped while others leave. */
const leavesOverMs = many < 100 ? 2_000 : many * 60;
const atOnceAtMost = 8;
const hourMs = 3_600_000;

/** They ask at once, and are told to come back: each has a time of its own at which it would leave. */
const waits = { purpose: 'marketing', fate: { fate: 'wait', atMost: '2 hours', then: 'drop' } } as const;
/** It takes for granted that all is well at home, and that there is something to be glad of. */
const journey = smallJourney('offers', 'word', { word: word('end:done', { ...waits, say: 'year-in-review' }) });
const contradicts = ['home-is-fine'];

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

/** So many that wait, and then each until an instant of their own, one after another from soon on. Answers with when the last of them would leave. */
async function crowdThatWaits(prefix: string): Promise<{ readonly ids: readonly string[]; readonly lastAt: number }> {
  const ids = Array.from({ length: many }, (_, n) => `${prefix}-${String(n)}`);
  const place = { country: 'DE', postal: '53501' };
  await forAll(ids, async (id) => {
    await engine.customer(id, { wants: ['marketing'], place });
    await hold(id, engine.clock.now() + hourMs);
    await engine.event(id, 'inquiry-received', { inquiryId: id, topic: 'other', urgent: false });
  });
  await until('all of them wait', async () => (await touchesOf(prefix)).length === many, 600_000);
  const from = engine.clock.now() + 1_000 + many * 20;
  await forAll(ids, (id, n) => hold(id, from + Math.floor((n * leavesOverMs) / many)));
  return { ids, lastAt: from + leavesOverMs };
}
/** Some at a time. */
async function forAll(ids: readonly string[], act: (id: string, n: number) => Promise<unknown>): Promise<void> {
  const queue = [...ids.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await act(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: atOnceAtMost }, work));
}
const hold = (id: string, leavesAt: number): Promise<boolean> =>
  holdCustomer(engine.db, id, { until: leavesAt, reason: 'they wait', actor: 'a test', at: engine.clock.now() });
const touchesOf = (prefix: string) =>
  engine.db
    .selectFrom('touches')
    .select(['id', 'customer_id', 'sending_at'])
    .where('customer_id', 'like', `${prefix}-%`)
    .where('journey', '=', 'offers')
    .execute();
const left = async (prefix: string): Promise<{ touchId: string; id: string; at: number }[]> =>
  (await touchesOf(prefix)).flatMap(({ id: touchId, customer_id: id, sending_at }) =>
    sending_at === null ? [] : [{ touchId, id, at: sending_at.getTime() }],
  );

/** When it was accepted, for each of them. */
type Stopped = ReadonlyMap<string, number>;
type Stop = (ids: readonly string[]) => Promise<Stopped>;
/** One by one. */
const each =
  (act: (id: string, at: number) => Promise<unknown>): Stop =>
  async (ids) => {
    const accepted = new Map<string, number>();
    for (const id of ids.toReversed()) {
      await act(id, engine.clock.now());
      accepted.set(id, engine.clock.now());
    }
    return accepted;
  };
/** For all of them at once. */
const atOnce =
  (act: (ids: readonly string[], at: number) => Promise<unknown>): Stop =>
  async (ids) => {
    await act(ids, engine.clock.now());
    return new Map(ids.map((id) => [id, engine.clock.now()]));
  };
const guard = (now: number) =>
  ({ fact: 'flood-area', contradicts, reason: 'the dam', actor: 'ops', reviewAt: now + 86_400_000, now }) as const;
const kill = (scope: KillScope): Stop =>
  atOnce(async (ids, at) => {
    if (scope.startsWith('segment:')) {
      await setAudience(engine.db, { name: 'stopped', condition: null, by: 'ops', now: at });
      await addMembers(engine.db, 'stopped', ids);
    }
    await setKillSwitch(engine.db, { scope, reason: 'fire', actor: 'ops', at });
  });

const lift = {
  area: async () => {
    const { id } = await engine.db.selectFrom('area_guards').select('id').executeTakeFirstOrThrow();
    await liftAreaGuard(engine.db, { id, actor: 'ops', now: engine.clock.now() });
  },
};
const nothing = (): Promise<void> => Promise.resolve();
const scopes = ['all', 'journey:offers', 'channel:email', 'segment:stopped', 'area:DE:535'] as const;
const cases: readonly (readonly [name: string, Stop, lift: () => Promise<unknown>])[] = [
  [
    'stop',
    each((id, at) => suppress(engine.db, id, { channel: 'all', reason: 'STOP', actor: 'customer', at })),
    nothing,
  ],
  ['hold', each((id, at) => hold(id, at + hourMs)), nothing],
  ['guard-of-each', each((id, at) => setGuards(engine.db, [id], guard(at))), nothing],
  ['guard-of-a-list', atOnce((ids, at) => setGuards(engine.db, ids, guard(at))), nothing],
  ['guard-of-an-area', atOnce((_, at) => setAreaGuard(engine.db, { ...guard(at), areas: ['DE:535'] })), lift.area],
  ...scopes.map(
    (scope) => [`kill-${scope.replaceAll(':', '-')}`, kill(scope), () => liftKillSwitch(engine.db, scope)] as const,
  ),
];

test.each(cases)(
  '%s: of touches that wait, none leaves later than five seconds after it was accepted',
  async (prefix, stop, undo) => {
    const { ids, lastAt } = await crowdThatWaits(prefix);
    await until('the first of them have left', async () => (await left(prefix)).length >= many / 10, 300_000);
    const accepted = await stop(ids);
    const listed = new Set(
      (await inFlight(engine.db, await inScope(engine.db, 'all'), engine.clock.now())).map((t) => t.touchId),
    );
    const all = Math.max(lastAt, ...accepted.values()) + (many < 100 ? 500 : acceptedWithinMs);
    await until('all would have left', () => engine.clock.now() > all, 300_000);
    const gone = await left(prefix);
    await undo();
    const late = gone
      .map(({ touchId, id, at }) => ({ touchId, ms: at - (accepted.get(id) ?? 0) }))
      .filter(({ ms }) => ms > 0);
    const latest = Math.max(0, ...late.map(({ ms }) => ms));
    const told = late.filter(({ touchId }) => listed.has(touchId)).length;
    process.stdout.write(
      `${prefix}: ${String(many)} waited, ${String(gone.length - late.length)} had left, ${String(late.length)} left after (${String(told)} listed as on their way), the latest ${String(latest)} ms after\n`,
    );
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.length).toBeLessThan(many);
    expect(latest).toBeLessThanOrEqual(acceptedWithinMs);
  },
  1_800_000,
);
