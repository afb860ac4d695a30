import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { broadcastOf, crowd, listOf, oneWord, publishAnother } from './audience.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';
import { killedProcesses, workerOf, type KilledProcesses } from './worker-process.ts';

const nine = Date.parse('2026-12-16T08:00:00Z');
const at = '2026-12-16 09:00';
const clock = fastClock(1, nine);
/** The nightly run asks for more: RT_PEOPLE=100000. */
const people = Number(process.env['RT_PEOPLE'] ?? 1_200);

let engine: Engine;
let processes: KilledProcesses;
beforeAll(async () => {
  const made = killedProcesses();
  const byEvent = { entry: { event: 'offer-ready', oncePer: 'offerId' } } as const;
  engine = await startEngine({ clock, journeys: [oneWord('nothing', at, {}, byEvent)] });
  await engine.pause();
  processes = await made;
});
afterAll(async () => {
  await engine.stop();
  processes.remove();
});

test(
  'a worker killed in the middle, twice: another goes on, everybody is in it once, and nobody is sent to twice',
  async () => {
    const { db, inbox } = engine;
    await crowd(db, { prefix: 'people', count: people, now: clock.now() });
    await listOf(db, 'year', ['people'], clock.now());
    await publishAnother(db, oneWord('year', at), clock.now());
    for (const enough of [people / 8, people / 3]) await runUntil(() => inbox.mails.length >= enough);
    expect(inbox.mails.length).toBeLessThan(people);
    await engine.addWorker();
    const broadcast = await until(
      'it is over',
      async () => {
        const found = await broadcastOf(db, 'year');
        return found.state === 'done' && found;
      },
      60_000 + people * 10,
    );

    const heard = new Map<string, number>();
    for (const mail of inbox.mails) {
      const to = JSON.stringify(mail.to);
      heard.set(to, (heard.get(to) ?? 0) + 1);
    }
    expect(Math.max(...heard.values())).toBe(1);
    const { sent = 0, unknown = 0 } = broadcast.counts;
    expect([broadcast.entered, sent + unknown]).toEqual([people, people]);
    // Only what was on its way when a worker died is not certain, and as much of it as went out was sent once.
    expect(unknown).toBeGreaterThan(0);
    expect(unknown).toBeLessThanOrEqual(2 * 64);
    expect(heard.size).toBeGreaterThanOrEqual(sent);
    const touches = await db
      .selectFrom('touches')
      .select((eb) => ['state', eb.fn.countAll<string>().as('count'), eb.fn.max('ask').as('ask')])
      .groupBy('state')
      .orderBy('state')
      .execute();
    expect(touches).toEqual([
      { state: 'sent', count: String(sent), ask: 1 },
      { state: 'unknown', count: String(unknown), ask: 1 },
    ]);
    if (people > 10_000)
      console.log(
        `${String(people)} people, killed twice: ${JSON.stringify(broadcast.counts)}, heard by ${String(heard.size)}, twice by nobody`,
      );
  },
  150_000 + people * 15,
);

/** A worker as a process of its own, killed as soon as it is so. */
async function runUntil(look: () => boolean): Promise<void> {
  const worker = processes.start(workerOf(engine));
  try {
    await until('it is under way', look, 60_000 + people * 2);
  } finally {
    await worker.kill();
  }
}
