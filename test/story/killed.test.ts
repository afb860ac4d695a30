import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { takeEvent, type IncomingEvent } from '../../store/take-event.ts';
import { testSchema } from '../servers/running.ts';
import { startEngine, until, type Engine } from './engine.ts';
import type { Told } from './killed-process.ts';
import { listen, promised, smallJourney, word } from './small-journey.ts';
import { killedProcesses, workerOf, type KilledProcesses } from './worker-process.ts';

const places = ['before-fence', 'after-send', 'after-record', 'anywhere'] as const;
type Place = (typeof places)[number];
const topicOf: Record<Place, string> = {
  'before-fence': 'billing',
  'after-send': 'delivery',
  'after-record': 'device',
  anywhere: 'other',
};
/** Its touch is named as the place where the worker that makes it is killed. */
const journeyOf = (place: Place) =>
  smallJourney(
    place,
    'promise',
    {
      promise: promised(place),
      [place]: word('their-word'),
      'their-word': listen('1 day', { 'customer-replied': 'end:replied', silence: 'end:silent' }),
    },
    {
      entry: {
        event: 'inquiry-received',
        oncePer: 'inquiryId',
        only: { path: 'inquiry-received.topic', is: [topicOf[place]] },
      },
    },
  );

let engine: Engine;
let processes: KilledProcesses;
beforeAll(async () => {
  const made = killedProcesses();
  engine = await startEngine({ journeys: places.map(journeyOf) });
  await engine.pause();
  processes = await made;
});
afterAll(async () => {
  await engine.stop();
  processes.remove();
});

/** Runs until all these were said, and is killed there. */
async function killOnce(
  told: Told,
  said: readonly string[],
  begin: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const { heard, kill } = processes.start(told);
  try {
    await begin();
    await until('all were said', () => said.every((what) => heard.includes(what)), 25_000).catch(() => {
      throw new Error(`heard only ${heard.join()}`);
    });
  } finally {
    await kill();
  }
  return heard;
}

const inquiry = (id: string, place: Place) => ({ inquiryId: id, topic: topicOf[place], urgent: false });
const mailsTo = (customer: string) =>
  engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`${customer}@`)).length;
const touchOf = (customer: string) =>
  engine.db.selectFrom('touches').select(['state']).where('customer_id', '=', customer).execute();

test('killed while an event is taken in, after each of its statements: all of it or nothing, and the same key again is safe', async () => {
  const now = engine.clock.now();
  const events: IncomingEvent[] = Array.from({ length: 9 }, (_, n) => {
    const customerId = `ingest-${String(n)}`;
    const data = inquiry(customerId, 'anywhere');
    return {
      idempotencyKey: customerId,
      bodyHash: customerId,
      customerId,
      type: 'inquiry-received',
      data,
      at: now,
      now,
    };
  });
  for (const { customerId } of events) await engine.customer(customerId);
  // The first one goes through: what the process then remembers of the journeys, the others need not wait for.
  const [first, ...stopped] = events;
  const ids = stopped.map((event) => event.customerId);
  const heard = await killOnce({ do: 'ingest', url: engine.url, schema: testSchema, events }, ids);
  expect(heard.filter((line) => line.startsWith('through'))).toEqual([`through ${first?.customerId ?? ''}`]);
  const left = async (table: 'events' | 'enrolments') =>
    (await engine.db.selectFrom(table).select('id').where('customer_id', 'in', ids).execute()).length;
  expect([await left('events'), await left('enrolments')]).toEqual([0, 0]);
  expect(await engine.db.selectFrom('outbox').select('ref').execute()).toHaveLength(1);
  for (const event of stopped) {
    expect(await takeEvent(engine.db, event)).toMatchObject({ taken: 'new', started: [{ journey: 'anywhere' }] });
    expect(await takeEvent(engine.db, event)).toMatchObject({ taken: 'again', started: [{ journey: 'anywhere' }] });
  }
});

test('a worker killed before the fence, after the send, after the record, and anywhere else: nothing is lost, nothing goes out twice', async () => {
  const stopped = ['before-fence', 'after-send', 'after-record'] as const;
  const others = Array.from({ length: 10 }, (_, n) => `other-${String(n)}`);
  await killOnce(workerOf(engine), stopped, async () => {
    for (const place of stopped) {
      await engine.customer(place);
      await engine.event(place, 'inquiry-received', inquiry(place, place));
    }
    for (const id of others) {
      await engine.customer(id);
      await engine.event(id, 'inquiry-received', inquiry(id, 'anywhere'));
    }
  });
  expect(stopped.map(mailsTo)).toEqual([0, 1, 1]);
  await engine.addWorker();
  await until(
    'all runs wait for a word',
    async () => {
      const runs = await engine.db.selectFrom('enrolments').select(['step', 'waiting_for']).execute();
      return runs.every((run) => run.step === 'their-word' && run.waiting_for === 'customer-replied');
    },
    50_000,
  );
  // It was not sent, so it is now. It may have been sent, so it is not again. It was sent, and its provider had said so.
  expect([await touchOf('before-fence'), mailsTo('before-fence')]).toEqual([[{ state: 'sent' }], 1]);
  expect([await touchOf('after-send'), mailsTo('after-send')]).toEqual([[{ state: 'unknown' }], 1]);
  expect([await touchOf('after-record'), mailsTo('after-record')]).toEqual([[{ state: 'sent' }], 1]);
  for (const id of others) {
    const [touch, ...more] = await touchOf(id);
    expect(more).toEqual([]);
    if (touch?.state === 'unknown') expect(mailsTo(id)).toBeLessThanOrEqual(1);
    else expect([touch?.state, mailsTo(id)]).toEqual(['sent', 1]);
  }
}, 100_000);
