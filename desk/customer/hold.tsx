/** Whether machines are quiet towards them, and why: a task that somebody has, or somebody's word. */
import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { at, useBudget, useHold, useOpenTasks } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

export function Hold({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const byHand = useHold(customerId);
  const holds = useBudget(customerId)?.hold;
  const tasks = useOpenTasks(customerId) ?? [];
  const { say } = useMoments();
  const [isAsking, setAsking] = useState(false);
  if (!byHand) return null;
  const end = (): Promise<unknown> => ask(at(customerId, '/hold'), { method: 'DELETE' });
  const set = (reason: string): void => {
    setAsking(false);
    void doing.act({
      says: words.person.held,
      go: () => ask(at(customerId, '/hold'), { method: 'PUT', body: { reason } }),
      back: end,
    });
  };
  const { hold } = byHand;
  /** Of a task, whoever has it; they are told as 'task ID'. */
  const whoHolds = (by: string): string => {
    const task = tasks.find(({ id }) => by === `task ${id}`);
    if (task) return task.claimedBy ?? words.task.name(task.number);
    return by.startsWith('task ') ? words.person.colleague : by;
  };
  return (
    <Part title={words.person.hold}>
      {!holds && !hold && <Quiet>{words.person.holdNone}</Quiet>}
      {holds && <p>{words.person.holdBy(whoHolds(holds.by), say(holds.until))}</p>}
      {hold && (
        <p className={classes['said']}>
          {!holds && words.person.holdBy(hold.actor, say(hold.until))} {hold.reason}
        </p>
      )}
      {me.scopes.includes('tasks:write') && (
        <div className={classes['acts']}>
          {hold ? (
            <Button
              size="xs"
              variant="default"
              onClick={() => void doing.act({ says: words.person.holdEnded, go: end })}
            >
              {words.person.holdEnd}
            </Button>
          ) : (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {words.person.holdSet}
            </Button>
          )}
        </div>
      )}
      {isAsking && (
        <WhyDialog
          title={words.person.holdSet}
          label={words.person.holdReason}
          go={words.person.holdSet}
          onGo={set}
          onClose={() => setAsking(false)}
        />
      )}
    </Part>
  );
}
