import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { InboxTask } from '../answers.ts';
import { minutesBetween } from '../clock.ts';
import { useMe } from '../session.tsx';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/use-words.tsx';
import { SuggestedChip } from './suggested-chip.tsx';
import { urgencyOf, whySentence } from './why-sentence.ts';
import classes from './inbox.module.css';

interface InboxRowProps {
  readonly task: InboxTask;
  readonly isChosen: boolean;
  readonly isFirst: boolean;
  readonly now: number;
  readonly href: string;
}

export function InboxRow({ task, isChosen, isFirst, now, href }: InboxRowProps): ReactElement {
  const words = useWords();
  const me = useMe();
  return (
    <Link
      href={href}
      className={classes['row'] ?? ''}
      data-urgency={urgencyOf(task, now)}
      aria-current={isChosen ? 'true' : undefined}
    >
      <span className={classes['line']}>
        <strong>{task.customer.name}</strong>
        <span className={classes['number']}>{words.task.name(task.number)}</span>
        {task.rung > 0 && <span className={classes['chip']}>{words.chips.climbed(task.rung)}</span>}
        {task.claimedBy !== null && (
          <span className={classes['chip']}>
            {task.claimedBy === me.name ? words.chips.you : words.chips.by(task.claimedBy)}
          </span>
        )}
        <SuggestedChip task={task} />
        <span className={classes['time']}>{timeChip(task, words, now)}</span>
      </span>
      <span className={classes['because']}>
        {task.because}
        {task.reasons > 1 && ` · ${words.inbox.more(task.reasons)}`}
      </span>
      {task.last && (
        <span className={classes['said']}>
          {task.last.direction === 'in' ? '' : `${authorOf(task.last.author, words)}: `}
          {task.isConfidential ? words.page.confidential : task.last.says}
        </span>
      )}
      {isFirst && <span className={classes['first']}>{whySentence(task, words, now, me.name, true)}</span>}
    </Link>
  );
}

const authorOf = (author: string, words: Words): string => (author === 'tech' ? words.conversation.machine : author);

function timeChip(task: InboxTask, words: Words, now: number): string {
  const deadline = Date.parse(task.dueAt);
  if (deadline <= now) return words.chips.late(words.span(minutesBetween(deadline, now)));
  const left = words.span(minutesBetween(now, deadline));
  return task.state === 'snoozed' ? words.chips.wakes(left) : words.chips.left(left);
}
