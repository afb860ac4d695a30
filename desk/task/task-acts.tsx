/** What can be done with the task, each with its key. */
import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { TaskWhole, Warning } from '../answers.ts';
import { useKeys } from '../shell/keys.ts';
import { useWords } from '../words/use-words.tsx';
import { Complete } from './complete.tsx';
import { HandOver } from './hand-over.tsx';
import { Note } from './note.tsx';
import { Remind } from './remind.tsx';
import { Snooze } from './snooze.tsx';
import { useTaskActs } from './use-task-acts.ts';
import { Warned } from './warned.tsx';
import classes from './task.module.css';

interface TaskActsProps {
  readonly task: TaskWhole;
  readonly onReply: () => void;
  /** They are on the phone, or no longer. */
  readonly onCalling: (isCalling: boolean) => void;
}
type Asks = 'snooze' | 'complete' | 'hand over' | 'note' | 'remind';

export function TaskActs({ task, onReply, onCalling }: TaskActsProps): ReactElement | null {
  const words = useWords();
  const [, go] = useLocation();
  const [asks, setAsks] = useState<Asks | null>(null);
  const [warnings, setWarnings] = useState<readonly Warning[]>([]);
  const deeds = useTaskActs(task);
  const { isMine, canClaim, canSnooze, mayAct } = deeds;
  const isOpen = mayAct && task.state !== 'done';
  const claim = (): void =>
    void deeds.claim().then((isDone) => {
      if (isDone) onReply();
    });
  const call = (why?: string): void => {
    setWarnings([]);
    void deeds.call(why).then((warned) => {
      if (warned === null) return;
      setWarnings(warned);
      if (warned.length > 0) return;
      onCalling(true);
      setAsks('note');
    });
  };
  const close = (): void => {
    setAsks(null);
    onCalling(false);
  };
  /** What was asked is answered. */
  const then = <T extends readonly unknown[]>(act: (...given: T) => void) => {
    return (...given: T): void => {
      close();
      act(...given);
    };
  };
  const asking = (what: Asks, may: boolean) => (may ? () => setAsks(what) : undefined);
  const rows = [
    { key: 'c', says: words.task.claim, isLoud: true, act: canClaim ? claim : undefined },
    { key: 'e', says: words.task.complete, isLoud: true, act: asking('complete', isMine) },
    { key: 'p', says: words.page.call, act: isOpen ? () => call() : undefined },
    { key: 'n', says: words.page.note, act: asking('note', isOpen) },
    { key: 's', says: words.task.snooze, act: asking('snooze', canSnooze) },
    { key: 'h', says: words.page.handOver, act: asking('hand over', isOpen && (isMine || task.state !== 'claimed')) },
    { key: 'm', says: words.page.remind, act: asking('remind', mayAct) },
    { key: 'b', says: words.task.release, act: isMine ? deeds.release : undefined },
  ];
  useKeys({
    ...Object.fromEntries(rows.map(({ key, act }) => [key, act])),
    r: isMine ? onReply : canClaim ? claim : undefined,
    i: () => go(`/customers/${encodeURIComponent(task.customerId)}`),
  });
  if (!mayAct) return null;
  return (
    <div className={classes['acts']}>
      {rows.map(
        ({ key, says, isLoud, act }) =>
          act && (
            <Button
              key={key}
              size="xs"
              variant={isLoud ? 'filled' : 'default'}
              onClick={act}
              rightSection={<kbd>{key}</kbd>}
            >
              {says}
            </Button>
          ),
      )}
      {asks === 'snooze' && <Snooze onChoose={then(deeds.snooze)} onClose={close} />}
      {asks === 'complete' && <Complete outcomes={outcomesOf(task)} onChoose={then(deeds.complete)} onClose={close} />}
      {asks === 'hand over' && <HandOver task={task} onGo={then(deeds.handOver)} onClose={close} />}
      {asks === 'note' && <Note canReach={isMine} onSave={then(deeds.note)} onClose={close} />}
      {asks === 'remind' && <Remind onGo={then(deeds.remind)} onClose={close} />}
      {warnings.length > 0 && (
        <Warned warnings={warnings} go={words.page.callAnyway} onGo={call} onClose={() => setWarnings([])} />
      )}
    </div>
  );
}

const outcomesOf = (task: TaskWhole): string[] => [
  ...new Set(task.reasons.filter(({ answered }) => answered === null).flatMap(({ outcomes }) => outcomes)),
];
