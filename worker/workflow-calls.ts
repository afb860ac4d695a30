/** How the pump tells Temporal what the outbox says: start the workflow if it never was, then signal it. */
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdReusePolicy, defineSearchAttributeKey } from '@temporalio/common';
import type { Clock } from '../config/clock.ts';
import { rules } from '../core/run/types.ts';
import { deliveriesAfter } from '../store/deliveries.ts';
import { enrolmentToStart } from '../store/enrolments.ts';
import type { Db } from '../store/open.ts';
import {
  delivered,
  freed,
  nudged,
  workflowIdOf,
  workflowTypeOf,
  type EnrolmentInput,
  type WatchInput,
} from '../workflows/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

export interface WorkflowCalls {
  /** Answers 'started', or 'there' if it was started before, running or not. */
  start(kind: 'enrolment' | 'task' | 'promise', ref: string): Promise<'started' | 'there'>;
  /** Answers 'finished' if it no longer runs. */
  signal(
    kind: 'enrolment' | 'task' | 'promise',
    ref: string,
    news: { readonly freed: boolean },
  ): Promise<'told' | 'finished'>;
}

/** A signal carries what is new, up to so many deliveries; a run that needs more pulls them. */
const inOneSignal = 20;

export function createWorkflowCalls(deps: { db: Db; client: Client; taskQueue: string; clock: Clock }): WorkflowCalls {
  const { db, client, taskQueue, clock } = deps;

  async function startEnrolment(ref: string): Promise<void> {
    const run = await enrolmentToStart(db, ref);
    const input: EnrolmentInput = {
      enrolment: ref,
      version: run.version,
      definition: run.definition,
      rules,
      clock: clock.spec,
      startedAt: run.startedAt,
      ...(run.event ? { event: run.event } : {}),
    };
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
  }

  async function startWatch(kind: 'task' | 'promise', ref: string): Promise<void> {
    const input: WatchInput = { kind, id: ref, clock: clock.spec };
    await client.workflow.start(kind, {
      workflowId: workflowIdOf(kind, ref),
      taskQueue,
      args: [input],
      staticSummary: kind === 'task' ? 'a customer who needs a person' : 'what a customer was told would happen',
    });
  }

  return {
    async start(kind, ref) {
      try {
        await (kind === 'enrolment' ? startEnrolment(ref) : startWatch(kind, ref));
        return 'started';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'there';
        throw error;
      }
    },
    async signal(kind, ref, news) {
      const handle = client.workflow.getHandle(workflowIdOf(kind, ref));
      try {
        if (kind !== 'enrolment') await handle.signal(nudged);
        else {
          const { deliveries, upTo } = await deliveriesAfter(db, ref, await heardBy(db, ref), inOneSignal);
          if (upTo > 0) await handle.signal(delivered, { upTo, deliveries });
          if (news.freed) await handle.signal(freed);
        }
        return 'told';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'finished';
        throw error;
      }
    },
  };
}

/** What it had taken when it last parked: what it took since is sent again, and ignored. */
async function heardBy(db: Db, enrolment: string): Promise<number> {
  const row = await db.selectFrom('enrolments').select('heard').where('id', '=', enrolment).executeTakeFirst();
  return row?.heard ?? 0;
}

function attributes(values: Partial<Record<keyof typeof searchAttributes, string>>): TypedSearchAttributes {
  return new TypedSearchAttributes(
    Object.entries(values).map(([name, value]) => ({
      key: defineSearchAttributeKey(searchAttributes[name as keyof typeof searchAttributes], 'KEYWORD'),
      value,
    })),
  );
}
