/** What can be done with a task, and whatever can be undone with its way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useDoing } from '../acts.tsx';
import type { TaskWhole, Warning } from '../answers.ts';
import { ask, Refused } from '../ask.ts';
import { engineNow } from '../clock.ts';
import { at as customerAt } from '../customer/queries.ts';
import { useMe } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import { clockOf, momentOf, ownZone, useZone } from '../zones.ts';
import type { HandedTo } from './hand-over.tsx';

export interface TaskDeeds {
  readonly isMine: boolean;
  readonly canClaim: boolean;
  readonly canSnooze: boolean;
  readonly mayAct: boolean;
  readonly claim: () => Promise<boolean>;
  readonly release: () => void;
  readonly snooze: (until: number) => void;
  readonly complete: (outcome: string) => void;
  readonly handOver: (to: HandedTo, why: string) => void;
  /** Answers with what they should know before; empty: it is counted. Null: it was refused, which is told. */
  readonly call: (why?: string) => Promise<readonly Warning[] | null>;
  readonly note: (text: string, reached: boolean) => void;
  readonly remind: (about: string, at: number) => void;
}

interface Called {
  readonly counted: boolean;
  readonly warnings: readonly Warning[];
}

export function useTaskActs(task: TaskWhole): TaskDeeds {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const client = useQueryClient();
  const here = useZone(ownZone());
  const change = (what: string, more: Readonly<Record<string, unknown>> = {}, idempotencyKey?: string) => {
    return () =>
      ask<unknown>(`/v1/tasks/${task.id}/${what}`, {
        method: 'POST',
        body: { agent: me.name, ...more },
        keepalive: true,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
  };
  /** Who was quicker, by the clock of whoever reads. */
  const claimed = (): Promise<unknown> =>
    change('claim')().catch((error: unknown) => {
      if (!(error instanceof Refused) || !error.holder) throw error;
      const { agent, since } = error.holder;
      throw new Error(words.page.alreadyClaimed(words.task.name(task.number), agent, clockOf(Date.parse(since), here)));
    });
  const moment = (at: number): string => momentOf(at, here, engineNow(), words);
  const isMine = task.state === 'claimed' && task.claimedBy === me.name;
  const mayAct = me.scopes.includes('tasks:write');
  return {
    isMine,
    mayAct,
    canClaim: mayAct && (task.state === 'open' || task.state === 'snoozed'),
    canSnooze: mayAct && (task.state === 'open' || isMine),
    claim: () => doing.act({ says: words.task.claimedNow, go: claimed, back: change('release') }),
    release: () => void doing.act({ says: words.task.releasedNow, go: change('release'), back: claimed }),
    snooze(until) {
      // A snoozed task comes back to whoever claims it; who did not have it gives it to the team again.
      const back = async (): Promise<void> => {
        await claimed();
        if (!isMine) await change('release')();
      };
      void doing.act({
        says: words.task.snoozedNow(moment(until)),
        go: change('snooze', { until: new Date(until).toISOString() }),
        back,
      });
    },
    complete: (outcome) =>
      void doing.act({
        says: words.task.finishing(outcome),
        late: true,
        go: async () => {
          await change('complete', { outcome })();
          await client.invalidateQueries({ queryKey: ['inbox'] });
        },
      }),
    handOver: ({ is, name }, why) =>
      void doing.act({
        says: words.page.handedOver(name),
        go: is === 'team' ? change('hand-over', { team: name, why }) : change('reassign', { to: name, why }),
      }),
    async call(why) {
      const body = { agent: me.name, ...(why !== undefined && { why }) };
      const asked = { method: 'POST', body, idempotencyKey: crypto.randomUUID() } as const;
      const answers: Called[] = [];
      const isDone = await doing.act({
        says: words.page.callCounted,
        go: async () => answers.push(await ask<Called>(customerAt(task.customerId, '/calls'), asked)),
      });
      const [answer] = answers;
      if (!isDone || !answer) return null;
      if (answer.counted) return [];
      doing.close();
      return answer.warnings;
    },
    note: (text, reached) =>
      void doing.act({ says: words.page.noted, go: change('notes', { text, reached }, crypto.randomUUID()) }),
    remind(about, at) {
      const key = crypto.randomUUID();
      void doing.act({
        says: words.page.reminded(moment(at)),
        go: change('follow-ups', { about, dueAt: new Date(at).toISOString() }, key),
        back: () => ask(`/v1/tasks/${task.id}/follow-ups/${key}`, { method: 'DELETE' }),
      });
    },
  };
}
