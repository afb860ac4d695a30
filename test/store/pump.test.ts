import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { realClock } from '../../config/clock.ts';
import type { Db } from '../../store/open.ts';
import { callWorkflows, notifyPump } from '../../store/outbox.ts';
import { callOverdue } from '../../store/overdue.ts';
import { parkedCalls } from '../../store/parked-calls.ts';
import { createPump } from '../../worker/pump.ts';
import { ownDatabase, type OwnDatabase } from '../servers/database.ts';
import { customer, hour, journey, minute, noon, opened, publishAll, run } from './setting.ts';

let own: OwnDatabase;
let db: Db;
beforeAll(async () => {
  own = await ownDatabase();
  db = own.db;
  await publishAll(db, journey('inquiry', ['we-answered']));
});
afterAll(() => own.drop());
beforeEach(() => db.deleteFrom('outbox').execute());

const write = (refs: readonly string[], now = realClock.now()) =>
  db.transaction().execute((tx) =>
    callWorkflows(
      tx,
      refs.map((ref) => ({ kind: 'task', ref })),
      now,
    ),
  );
const outbox = () => db.selectFrom('outbox').selectAll().orderBy('ref').execute();

/** Runs a pump until `isEnough`; `call` stands where Temporal is. */
async function pumping(
  call: (ref: string) => Promise<void>,
  isEnough: () => Promise<boolean>,
  pumps = 1,
): Promise<void> {
  const running = Array.from({ length: pumps }, () =>
    createPump({
      db,
      databaseUrl: own.url,
      call: ({ ref }) => call(ref),
      clock: realClock,
      log: pino({ level: 'silent' }),
      concurrency: 4,
    }),
  );
  await notifyPump(db);
  while (!(await isEnough())) await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all(running.map((pump) => pump.stop()));
}

describe('the pump', () => {
  it('parks a call that fails five times by its own fault, lists it, and lets the others flow', async () => {
    const told: string[] = [];
    let failures = 0;
    await write(['poison', ...Array.from({ length: 30 }, (_, n) => `good-${String(n)}`)]);
    await pumping(
      (ref) => {
        if (ref !== 'poison') return Promise.resolve(void told.push(ref));
        failures += 1;
        return Promise.reject(new Error('no such journey'));
      },
      async () => {
        // What it would wait for is made due, so that the test does not wait for it.
        await db
          .updateTable('outbox')
          .set({ due_at: new Date(noon) })
          .where('attempts', '>', 0)
          .execute();
        await notifyPump(db);
        return (await parkedCalls(db, { after: null, limit: 10 })).length > 0;
      },
    );
    expect(new Set(told).size).toBe(30);
    expect(failures).toBe(5);
    expect(await parkedCalls(db, { after: null, limit: 10 })).toMatchObject([
      { ref: 'poison', attempts: 5, lastError: 'no such journey' },
    ]);
    await write(['poison']);
    expect(await outbox()).toMatchObject([{ ref: 'poison', parked_at: null, attempts: 0 }]);
  });

  it('makes each call once, however many pumps there are', async () => {
    const told: string[] = [];
    await write(Array.from({ length: 100 }, (_, n) => `w-${String(n)}`));
    await pumping(
      (ref) => Promise.resolve(void told.push(ref)),
      async () => (await outbox()).length === 0,
      3,
    );
    expect(told).toHaveLength(100);
    expect(new Set(told).size).toBe(100);
  });

  it('calls again for what was added while it was calling', async () => {
    let calls = 0;
    await write(['w']);
    await pumping(
      async () => {
        calls += 1;
        if (calls === 1) await write(['w']);
      },
      async () => (await outbox()).length === 0,
    );
    expect(calls).toBe(2);
  });
});

describe('what should have woken', () => {
  it('is called when it is late, and left alone when it is not', async () => {
    const who = await customer(db, 'anna');
    const enrolment = await run(db, who, 'i1');
    const task = await opened(db, who);
    await db.deleteFrom('outbox').execute();
    await db
      .updateTable('enrolments')
      .set({ parked_at: new Date(noon), wake_at: new Date(noon + 4 * hour) })
      .where('id', '=', enrolment)
      .execute();
    const late = (now: number) => callOverdue(db, { now, lateMs: minute / 2, limit: 100 });
    expect(await late(noon + 4 * hour + minute / 2)).toEqual([]);
    expect(await late(noon + 4 * hour + minute / 2 + 1)).toEqual([
      { kind: 'enrolment', ref: enrolment },
      { kind: 'task', ref: task },
    ]);
    expect((await outbox()).map((row) => row.workflow_id).sort()).toEqual([`run:${enrolment}`, `task:${task}`]);
  });
});
