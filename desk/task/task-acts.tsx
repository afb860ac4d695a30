/** What can be done with the task, each with its key, and whatever can be undone with its way back. */
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import type { TaskWhole } from '../answers.ts';
import { ask } from '../ask.ts';
import { engineNow } from '../clock.ts';
import { useMe } from '../session.tsx';
import { useKeys } from '../shell/keys.ts';
import { useWords } from '../words/use-words.tsx';
import { momentOf, ownZone, useZone } from '../zones.ts';
import { Complete } from './complete.tsx';
import { Snooze } from './snooze.tsx';
import classes from './task.module.css';

interface TaskActsProps {
  readonly task: TaskWhole;
  readonly onReply: () => void;
}

export function TaskActs({ task, onReply }: TaskActsProps): ReactElement | null {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const client = useQueryClient();
  const here = useZone(ownZone());
  const [asks, setAsks] = useState<'snooze' | 'complete' | null>(null);

  const change = (what: string, more: Readonly<Record<string, unknown>> = {}) => {
    return () =>
      ask<unknown>(`/v1/tasks/${task.id}/${what}`, {
        method: 'POST',
        body: { agent: me.name, ...more },
        keepalive: true,
      });
  };
  const isMine = task.state === 'claimed' && task.claimedBy === me.name;
  const mayAct = me.scopes.includes('tasks:write');
  const canClaim = mayAct && (task.state === 'open' || task.state === 'snoozed');
  const canSnooze = mayAct && (task.state === 'open' || isMine);

  const claim = (): void =>
    void doing.act({ says: words.task.claimedNow, go: change('claim'), back: change('release') }).then((isDone) => {
      if (isDone) onReply();
    });
  const release = (): void =>
    void doing.act({ says: words.task.releasedNow, go: change('release'), back: change('claim') });
  const snooze = (until: number): void => {
    setAsks(null);
    const at = momentOf(until, here, engineNow(), words);
    // A snoozed task comes back to whoever claims it; who did not have it gives it to the team again.
    const back = async (): Promise<void> => {
      await change('claim')();
      if (!isMine) await change('release')();
    };
    void doing.act({
      says: words.task.snoozedNow(at),
      go: change('snooze', { until: new Date(until).toISOString() }),
      back,
    });
  };
  const complete = (outcome: string): void => {
    setAsks(null);
    void doing.act({
      says: words.task.finishing(outcome),
      late: true,
      go: async () => {
        await change('complete', { outcome })();
        await client.invalidateQueries({ queryKey: ['inbox'] });
      },
    });
  };
  useKeys({
    c: canClaim ? claim : undefined,
    b: isMine ? release : undefined,
    s: canSnooze ? () => setAsks('snooze') : undefined,
    e: isMine ? () => setAsks('complete') : undefined,
    r: isMine ? onReply : canClaim ? claim : undefined,
  });
  if (task.state === 'done' || !mayAct) return null;
  return (
    <div className={classes['acts']}>
      {canClaim && (
        <Button onClick={claim} rightSection={<kbd>c</kbd>}>
          {words.task.claim}
        </Button>
      )}
      {isMine && (
        <Button onClick={() => setAsks('complete')} rightSection={<kbd>e</kbd>}>
          {words.task.complete}
        </Button>
      )}
      {canSnooze && (
        <Button variant="default" onClick={() => setAsks('snooze')} rightSection={<kbd>s</kbd>}>
          {words.task.snooze}
        </Button>
      )}
      {isMine && (
        <Button variant="default" onClick={release} rightSection={<kbd>b</kbd>}>
          {words.task.release}
        </Button>
      )}
      {asks === 'snooze' && <Snooze onChoose={snooze} onClose={() => setAsks(null)} />}
      {asks === 'complete' && (
        <Complete outcomes={outcomesOf(task)} onChoose={complete} onClose={() => setAsks(null)} />
      )}
    </div>
  );
}

const outcomesOf = (task: TaskWhole): string[] => [
  ...new Set(task.reasons.filter(({ answered }) => answered === null).flatMap(({ outcomes }) => outcomes)),
];
