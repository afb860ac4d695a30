import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { dayMs } from '../../core/calendar/zone.ts';
import { virtualAt, type ClockSpec } from '../../core/clock.ts';
import { notifyPump } from '../../store/outbox.ts';
import { takeEvent } from '../../store/take-event.ts';
import { startKeyedProvider, type KeyedProvider } from '../channels/keyed-provider.ts';
import { drawn } from '../servers/drawn.ts';
import { temporalAddress } from '../servers/temporal.ts';
import { differences } from '../store/budget/ledger.ts';
import { crowd } from './audience.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';
import { smallJourney } from './small-journey.ts';
import { killedProcesses, workerOf, type KilledProcesses, type RunningProcess } from './worker-process.ts';

/** The nightly run asks for 6 worker processes (32 of them starve on two cores; `killed-together` has 32), 40 kills in each of two windows, and 20 customers. */
const processes = Number(process.env['RT_PROCESSES'] ?? 3);
const kills = Number(process.env['RT_KILLS'] ?? 3);
const people = Number(process.env['RT_PEOPLE'] ?? 4);
const windows = Number(process.env['RT_WINDOWS'] ?? 1);
const seed = Number(process.env['RT_SEED'] ?? 32);
const weekMs = 7 * dayMs;

/** Half of them wait for a place that becomes free, the others leave it. */
const journeys = Array.from({ length: 20 }, (_, n) =>
  smallJourney(
    `campaign-${String(n)}`,
    'hint',
    {
      hint: {
        kind: 'touch',
        team: 'success',
        madeBy: 'tech',
        purpose: 'marketing',
        reach: ['sms', 'email'],
        fate: n % 2 === 0 ? 'drop' : { fate: 'wait', atMost: '5 days', then: 'drop' },
        say: 'spring-offer',
        next: 'end:done',
      },
    },
    { team: 'success', entry: { event: 'offer-ready', oncePer: 'offerId' } },
  ),
);

const clock = fastClock(1);
let engine: Engine;
let provider: KeyedProvider;
let made: KilledProcesses;
let connection: Connection;
let temporal: Client;
beforeAll(async () => {
  const building = killedProcesses();
  provider = await startKeyedProvider();
  engine = await startEngine({
    clock,
    journeys,
    policy: (samples) => ({
      ...samples,
      cost: { ...samples.cost, sms: 1 },
      windows: [{ name: 'a week', atMost: 3, in: '7 days' }],
      spacing: [],
      quiet: [],
      legalHours: 'none',
    }),
  });
  await engine.pause();
  made = await building;
  connection = await Connection.connect({ address: temporalAddress() });
  temporal = new Client({ connection });
});
afterAll(async () => {
  await connection.close();
  await engine.stop();
  await provider.close();
  made.remove();
});

interface Crew {
  readonly died: string[];
  stop(): Promise<void>;
}

/** So many workers at all times: whoever dies is followed by another. So many of them die around a send, or anywhere else; then they live. */
function startCrew(spec: ClockSpec, first: number): Crew {
  const next = drawn(first);
  const died: string[] = [];
  const alive = new Set<RunningProcess>();
  const crew = { isOver: false };
  const isOn = (): boolean => !crew.isOver;
  const one = async (n: number): Promise<void> => {
    for (let life = 0; isOn(); life += 1) {
      const dies = died.length < kills ? { dies: { seed: first + n * 1_000 + life, oneIn: 12 } } : {};
      const worker = made.start({ ...workerOf(engine), clock: spec, keyed: provider.url, connections: 4, ...dies });
      alive.add(worker);
      // One in four is killed from outside, wherever it is then.
      const fromOutside =
        died.length < kills && next() < 0.25 ? setTimeout(() => void worker.kill(), 2_000 + next() * 6_000) : undefined;
      await worker.exited;
      clearTimeout(fromOutside);
      alive.delete(worker);
      if (isOn()) died.push(worker.heard.find((line) => line.startsWith('died '))?.slice(5) ?? 'anywhere');
    }
  };
  const all = Array.from({ length: processes }, (_, n) => one(n));
  return {
    died,
    async stop() {
      crew.isOver = true;
      await Promise.all([...alive].map((worker) => worker.kill()));
      await Promise.all(all);
    },
  };
}

const half = people / 2;
const byText = (n: number): string => `text-${String(n).padStart(5, '0')}`;
const byMail = (n: number): string => `mail-${String(n).padStart(5, '0')}`;
const everybody = Array.from({ length: half }, (_, n) => [byText(n + 1), byMail(n + 1)]).flat();

async function everybodyIsOffered(offer: string, now: number): Promise<void> {
  for (const customerId of everybody) {
    const data = { offerId: offer, percent: 20 };
    const key = `${customerId}/${offer}`;
    const taken = await takeEvent(engine.db, {
      idempotencyKey: key,
      bodyHash: key,
      customerId,
      type: 'offer-ready',
      data,
      at: now,
      now,
    });
    if ('refused' in taken) throw new Error(taken.refused);
    expect(taken.started).toHaveLength(20);
  }
  await notifyPump(engine.db);
}

/** Every run of this window has its answer, nobody is at any touch, and Temporal has nothing left to do for a run. */
async function settledSince(from: number): Promise<boolean> {
  const touches = await engine.db
    .selectFrom('touches')
    .select('state')
    .where('asked_at', '>=', new Date(from))
    .execute();
  const open = ['reserved', 'sending', 'withdrawn'];
  if (touches.length < people * 20 || touches.some(({ state }) => open.includes(state))) return false;
  const busy = await engine.db
    .selectFrom('enrolments')
    .select('id')
    .where('state', '=', 'running')
    .where('waiting_for', 'is', null)
    .executeTakeFirst();
  return busy === undefined && (await isQuiet());
}

async function isQuiet(): Promise<boolean> {
  const runs = temporal.workflow.list({ query: `TaskQueue = '${engine.taskQueue}' and ExecutionStatus = 'Running'` });
  for await (const { workflowId } of runs) {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    if (raw.pendingWorkflowTask || (raw.pendingActivities?.length ?? 0) > 0) return false;
  }
  return true;
}

test(
  `${String(processes)} worker processes, 20 journeys, cap 3 in 7 days, workers killed throughout: exactly 3 for each customer and window, and none lost`,
  async () => {
    await crowd(engine.db, { prefix: 'text', count: half, now: clock.now(), channel: 'sms' });
    await crowd(engine.db, { prefix: 'mail', count: half, now: clock.now() });
    const inWindows: Record<string, number>[] = [];
    const died: string[] = [];
    for (let window = 0; window < windows; window += 1) {
      const spec = { ...clock.spec, virtualAnchor: clock.spec.virtualAnchor + window * (weekMs + 2 * dayMs) };
      const from = virtualAt(spec, Date.now());
      const mailsBefore = engine.inbox.mails.length;
      const bodiesBefore = new Set(provider.bodies.keys());
      const crew = startCrew(spec, seed + window);
      await everybodyIsOffered(`offer-${String(window)}`, from);
      await until(`window ${String(window)} is settled`, () => settledSince(from), 120_000 + people * 20 * 400);
      await crew.stop();
      died.push(...crew.died);
      expect(crew.died.length).toBeGreaterThanOrEqual(kills);

      const touches = await engine.db
        .selectFrom('touches')
        .select(['id', 'customer_id', 'state'])
        .where('sending_at', '>=', new Date(from))
        .execute();
      const texts = [...provider.bodies].filter(([key]) => !bodiesBefore.has(key));
      const mails = engine.inbox.mails.slice(mailsBefore);
      for (let n = 1; n <= half; n += 1) {
        const theirs = (id: string, state: string) => touches.filter((t) => t.customer_id === id && t.state === state);
        // Its provider makes one message of all that have one key: what a killed worker had on its way was sent again, and is one.
        const bodies = texts.filter(([key]) => touches.some((t) => t.id === key && t.customer_id === byText(n)));
        expect([byText(n), theirs(byText(n), 'sent').length, bodies.length]).toEqual([byText(n), 3, 3]);
        // Mail has no keys: what a killed worker had on its way is not sent again, and keeps its place.
        const heard = mails.filter((mail) => JSON.stringify(mail.to).includes(`${byMail(n)}@`)).length;
        const [sent, unknown] = [theirs(byMail(n), 'sent').length, theirs(byMail(n), 'unknown').length];
        expect([byMail(n), sent + unknown]).toEqual([byMail(n), 3]);
        expect(heard).toBeGreaterThanOrEqual(sent);
        expect(heard).toBeLessThanOrEqual(3);
      }
      // Whatever arrived arrived once: a mail has its touch's own name.
      expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(mails.length);
      inWindows.push({
        texts: texts.length,
        mails: mails.length,
        unknown: touches.filter((t) => t.state === 'unknown').length,
      });
    }
    expect(await differences(engine.db)).toEqual([]);
    console.info(
      `${String(processes)} worker processes, 20 journeys, ${String(people)} customers, killed ${String(died.length)} times: ${JSON.stringify({ windows: inWindows, repeated: provider.repeated(), died: counted(died) })}`,
    );
  },
  300_000 + windows * people * 20 * 500,
);

const counted = (all: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};
