import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listTasks } from '../../store/tasks/list.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';
import { listen, reply, smallJourney } from './small-journey.ts';

const forgotten = {
  kind: 'escalate',
  team: 'care',
  because: 'Nobody wrote',
  within: '4 business hours',
  goes: { answered: 'end:done', nobody: 'end:with-a-person' },
  next: 'end:done',
} as const;
const waiting = smallJourney('waiting', 'their-word', {
  'their-word': listen('1 minute', { 'customer-replied': 'end:replied', silence: 'forgotten' }),
  forgotten,
});

// A minute lasts 2 s.
const clock = fastClock(30);
const races = 200;
const atOnce = 12;

/** Told when a run's time is over: it then looks once more whether anything has come, and acts on the silence. */
const over = new Map<string, () => void>();

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({
    clock,
    journeys: [waiting],
    onStatement: (text, values) => {
      if (!text.startsWith('select "enrolments"."delivered"')) return;
      for (const id of values) if (typeof id === 'string') over.get(id)?.();
    },
  });
});
afterAll(() => engine.stop());

type Won = 'the task' | 'the reply branch' | 'both' | 'neither';
const runsOf = () => engine.db.selectFrom('enrolments').selectAll().execute();
type Run = Awaited<ReturnType<typeof runsOf>>[number];
/** As last read, by customer: one query for all, so that looking does not slow down what is looked at. */
const runs = new Map<string, Run>();
const runOnce = (customer: string, isSo: (run: Run) => boolean): Promise<Run> =>
  until(
    `${customer} as it should be`,
    () => {
      const run = runs.get(customer);
      return run && isSo(run) ? run : null;
    },
    30_000,
  );

async function race(n: number): Promise<Won> {
  const id = await engine.customer(`c${String(n)}`);
  await engine.event(id, 'inquiry-received', { inquiryId: id, topic: 'billing', urgent: false });
  const { id: enrolment } = await runOnce(id, () => true);
  await new Promise<void>((resolve) => over.set(enrolment, resolve));
  await setTimeout((n * 37) % 100); // evenly over 100 ms
  const taken = await reply(engine, id);
  if (taken.taken !== 'new') throw new Error(taken.taken);
  const run = await runOnce(id, (r) => r.state === 'ended' || (r.heard === 1 && r.waiting_for === 'a person'));
  const hasTask = (await listTasks(engine.db, { customerId: id })).length > 0;
  const hasReply = run.state === 'ended' && run.outcome === 'replied';
  // Whoever has the conversation has the reply.
  expect(taken.route.to).toBe(hasTask ? 'task' : 'enrolment');
  return hasTask ? (hasReply ? 'both' : 'the task') : hasReply ? 'the reply branch' : 'neither';
}

test('a reply and a silence within the same 100 ms: a task or the reply branch, never both, never neither, 200 times', async () => {
  const won: Record<Won, number> = { 'the task': 0, 'the reply branch': 0, both: 0, neither: 0 };
  let next = 0;
  let isOver = false;
  const lane = async (): Promise<void> => {
    while (next < races) won[await race(next++)] += 1;
  };
  const read = async (): Promise<void> => {
    while (!isOver) {
      for (const run of await runsOf()) runs.set(run.customer_id, run);
      await setTimeout(50);
    }
  };
  const reading = read();
  await Promise.all(Array.from({ length: atOnce }, lane)).finally(() => {
    isOver = true;
  });
  await reading;
  if (process.env['RT_LOG']) console.log(won);
  expect(won).toMatchObject({ both: 0, neither: 0 });
  expect(won['the task'] + won['the reply branch']).toBe(races);
  // Otherwise it was no race.
  expect(Math.min(won['the task'], won['the reply branch'])).toBeGreaterThan(0);
}, 120_000);
