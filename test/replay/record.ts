/** Plays stories on the server that skips time and keeps their histories: what this version of the rules did, for later versions to repeat. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { claimTask } from '../../store/tasks/claim.ts';
import { completeTask } from '../../store/tasks/complete.ts';
import { startSkippingEngine, type SkippingEngine } from '../story/skipping.ts';

export async function recordHistories(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const engine = await startSkippingEngine();
  const keep = async (name: string, workflowId: string): Promise<void> => {
    const history = await engine.env.client.workflow.getHandle(workflowId).fetchHistory();
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
  } finally {
    await engine.stop();
  }
}

async function taskOf({ db }: SkippingEngine, customer: string): Promise<string> {
  for (let looks = 0; looks < 400; looks++) {
    const row = await db.selectFrom('tasks').select('id').where('customer_id', '=', customer).executeTakeFirst();
    if (row) return row.id;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`No task of ${customer} within 10 s`);
}
