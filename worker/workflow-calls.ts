/** How Temporal is told what the outbox says: a run that never was is started, and whoever sleeps hears that there is news. */
import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdReusePolicy, defineSearchAttributeKey } from '@temporalio/common';
import type { Clock } from '../config/clock.ts';
import { rules } from '../core/run/state.ts';
import { deliveriesAfter } from '../store/deliveries.ts';
import { enrolmentToStart, getEnrolment } from '../store/enrolments.ts';
import type { Db } from '../store/open.ts';
import type { Call } from '../store/outbox.ts';
import {
  delivered,
  freed,
  nudged,
  workflowIdOf,
  workflowTypeOf,
  type BroadcastInput,
  type EnrolmentInput,
  type WatchInput,
} from '../workflows/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

export type CallWorkflow = (call: Omit<Call, 'freed'> & { readonly freed: boolean }) => Promise<void>;

/** A signal carries what is new, up to so many deliveries; a run that needs more pulls them. */
const inOneSignal = 20;

export function createWorkflowCalls(deps: { db: Db; client: Client; taskQueue: string; clock: Clock }): CallWorkflow {
  const { db, client, taskQueue, clock } = deps;

  async function callEnrolment(ref: string, isFreed: boolean): Promise<void> {
    const run = await getEnrolment(db, ref);
    if (run?.state !== 'running') return;
    // Until it has parked for the first time nobody knows whether it was started: a second start changes nothing.
    if (run.parkedAt === null) await startEnrolment(ref);
    const handle = client.workflow.getHandle(workflowIdOf('enrolment', ref));
    try {
      if (run.delivered > run.heard)
        await handle.signal(delivered, await deliveriesAfter(db, ref, run.heard, inOneSignal));
      if (isFreed) await handle.signal(freed);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      if ((await getEnrolment(db, ref))?.state === 'running')
        throw new Error(`Enrolment ${ref} runs by its row, and its workflow is over: look at it in Temporal`, {
          cause: error,
        });
    }
  }

  async function startEnrolment(ref: string): Promise<void> {
    const run = await enrolmentToStart(db, ref);
    const input: EnrolmentInput = {
      enrolment: ref,
      customer: opaque(run.customerId),
      version: run.version,
      definition: run.definition,
      rules,
      clock: clock.spec,
      startedAt: run.startedAt,
      ...(run.event ? { event: run.event } : {}),
    };
    try {
      await client.workflow.start(workflowTypeOf(run.definition.name), {
        workflowId: workflowIdOf('enrolment', ref),
        taskQueue,
        args: [input],
        // A run that is over stays over: its row says so, and nothing starts it again.
        workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        typedSearchAttributes: attributes({
          journey: run.definition.name,
          version: String(run.version),
          step: run.definition.start,
          state: 'running',
        }),
        staticSummary: `${run.definition.name} ${String(run.version)}`,
        ...(run.definition.story ? { staticDetails: run.definition.story } : {}),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }

  /** A watch may be started again at any time: its row says what there is to do, if anything. */
  async function callWatch(kind: 'task' | 'promise', ref: string): Promise<void> {
    const input: WatchInput = { kind, id: ref, clock: clock.spec };
    await client.workflow.signalWithStart(kind, {
      workflowId: workflowIdOf(kind, ref),
      taskQueue,
      args: [input],
      signal: nudged,
      staticSummary: kind === 'task' ? 'a customer who needs a person' : 'what a customer was told would happen',
    });
  }

  /** May be started again at any time, too: its row says how far it is. */
  async function callBroadcast(ref: string): Promise<void> {
    const input: BroadcastInput = { broadcast: ref, clock: clock.spec };
    await client.workflow.signalWithStart('broadcast', {
      workflowId: workflowIdOf('broadcast', ref),
      taskQueue,
      args: [input],
      signal: nudged,
      staticSummary: 'a message to an audience',
    });
  }

  return ({ kind, ref, freed: isFreed }) => {
    if (kind === 'enrolment') return callEnrolment(ref, isFreed);
    return kind === 'broadcast' ? callBroadcast(ref) : callWatch(kind, ref);
  };
}

/** Companies choose the ids of their customers, and may have chosen addresses. */
const opaque = (customerId: string): string => createHash('sha256').update(customerId).digest('hex').slice(0, 32);

function attributes(values: Partial<Record<keyof typeof searchAttributes, string>>): TypedSearchAttributes {
  return new TypedSearchAttributes(
    Object.entries(values).map(([name, value]) => ({
      key: defineSearchAttributeKey(searchAttributes[name as keyof typeof searchAttributes], 'KEYWORD'),
      value,
    })),
  );
}
