/** Plays stories on the server that skips time and keeps their histories: what this version of the rules did, for later versions to repeat. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { packageRoot } from '../../cli/dev/folders.ts';
import { loadProject } from '../../cli/load-project.ts';
import { systems } from '../../core/journey/systems.ts';
import { beginMove } from '../../store/moves/begin.ts';
import { tellNextPage } from '../../store/moves/page.ts';
import { publish } from '../../store/publish.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { completeTask } from '../../store/tasks/complete.ts';
import { until } from '../story/engine.ts';
import { startSkippingEngine, type SkippingEngine } from '../story/skipping.ts';
import { shorterVisit, visit } from './visit.ts';

const day = 86_400_000;

export async function recordHistories(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const answers = systems({
    lookUps: { 'where-is-parcel': () => Promise.resolve('lost') },
    actions: { 'refund-order': () => Promise.resolve('done') },
  });
  const engine = await startSkippingEngine((journey) => journey, [visit], answers);
  const keep = async (name: string, workflowId: string, runId?: string): Promise<void> => {
    const history = await engine.env.client.workflow.getHandle(workflowId, runId).fetchHistory();
    writeFileSync(join(folder, `${name}.json`), `${historyToJSON(history)}\n`);
  };
  try {
    await engine.customer('ana');
    const offer = await engine.event('ana', 'offer-ready', { offerId: 'spring', percent: 15 });
    await engine.outcome(offer ?? '');
    await keep('offer-said-twice', `run:${offer ?? ''}`);

    await engine.customer('ben');
    const silent = await engine.event('ben', 'inquiry-received', { inquiryId: 'i-1', topic: 'device', urgent: false });
    await engine.outcome(silent ?? '');
    await keep('inquiry-nobody', `run:${silent ?? ''}`);
    await keep('promise-renewed-and-broken', `promise:${silent ?? ''}/first-answer/1`);

    await engine.customer('eve');
    const urgent = await engine.event('eve', 'inquiry-received', { inquiryId: 'i-2', topic: 'billing', urgent: true });
    const task = await taskOf(engine, 'eve');
    const now = await engine.now();
    const addSpan = (): number => now + 3_600_000;
    await claimTask(engine.db, { id: task, by: 'ana', now, holdUntil: now + 3_600_000, addSpan });
    await completeTask(engine.db, { id: task, by: 'ana', now, outcome: 'answered' });
    await engine.outcome(urgent ?? '');
    await keep('inquiry-answered-by-a-person', `run:${urgent ?? ''}`);
    await keep('task-claimed-and-done', `task:${task}`);

    await engine.customer('fay');
    const parcel = await engine.event('fay', 'parcel-overdue', { orderId: 'o-1', daysLate: 3 });
    await engine.outcome(parcel ?? '');
    await keep('parcel-refunded', `run:${parcel ?? ''}`);

    const moved = await appointment(engine, 'gus', 'a-1', 10);
    await parked(engine, moved, 'day-before', 1);
    await appointment(engine, 'gus', 'a-1', 20);
    await engine.env.sleep(day);
    await parked(engine, moved, 'day-before', 1);
    await engine.outcome(moved);
    await keep('visit-moved-to-another-day', `run:${moved}`);

    const ofBefore = await appointment(engine, 'hal', 'a-2', 10);
    await parked(engine, ofBefore, 'day-before', 1);
    const first = await engine.env.client.workflow.getHandle(`run:${ofBefore}`).describe();
    await moveAll(engine);
    await engine.outcome(ofBefore);
    await keep('visit-taken-to-the-next-version', `run:${ofBefore}`, first.runId);
    await keep('visit-on-the-next-version', `run:${ofBefore}`);
  } finally {
    await engine.stop();
  }
}

async function appointment(engine: SkippingEngine, customer: string, id: string, inDays: number): Promise<string> {
  await engine.customer(customer);
  const startsAt = new Date((await engine.now()) + inDays * day).toISOString();
  await engine.event(customer, 'appointment-set', { appointmentId: id, startsAt });
  // One of the samples begins with it, too.
  const runs = engine.db.selectFrom('enrolments').select('id').where('journey', '=', 'visit');
  return (await runs.where('once_value', '=', id).executeTakeFirstOrThrow()).id;
}

const parked = (engine: SkippingEngine, run: string, step: string, version: number): Promise<unknown> =>
  until(`${run} waits at ${step}`, () =>
    engine.db
      .selectFrom('enrolments')
      .select('id')
      .where('id', '=', run)
      .where('step', '=', step)
      .where('version', '=', version)
      .where('wake_at', 'is not', null)
      .executeTakeFirst(),
  );

async function moveAll({ db, now }: SkippingEngine): Promise<void> {
  const at = await now();
  const { words, policy, templates } = await loadProject(`${packageRoot}/journeys`);
  const others = { keep: true } as const;
  await publish(db, { words, policy, templates, journeys: [{ definition: shorterVisit, others }], by: 'ana', now: at });
  const map = { 'day-before': 'until-then' };
  const move = await beginMove(db, { journey: 'visit', from: 1, to: 2, map, steps: null, by: 'ana', now: at });
  if ('refused' in move) throw new Error(move.refused);
  await tellNextPage(db, { id: move.id, limit: 10, now: at });
}

async function taskOf({ db }: SkippingEngine, customer: string): Promise<string> {
  for (let looks = 0; looks < 400; looks++) {
    const row = await db.selectFrom('tasks').select('id').where('customer_id', '=', customer).executeTakeFirst();
    if (row) return row.id;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`No task of ${customer} within 10 s`);
}
