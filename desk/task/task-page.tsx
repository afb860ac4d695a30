/** One customer who needs a person: why, what was said, and what can be done. */
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { InboxTask, TaskWhole } from '../answers.ts';
import { Refused } from '../ask.ts';
import { useNow } from '../clock.ts';
import { whySentence } from '../inbox/why-sentence.ts';
import { useMe } from '../session.tsx';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/use-words.tsx';
import { momentOf, ownZone, useZone } from '../zones.ts';
import { Conversation } from './conversation.tsx';
import { CustomerClock } from './customer-clock.tsx';
import { nameOf } from './name-of.ts';
import { Reply } from './reply.tsx';
import { TaskActs } from './task-acts.tsx';
import { TaskSide } from './task-side.tsx';
import { usePresence } from './use-presence.ts';
import { useCustomer, useTask } from './use-task.ts';
import classes from './task.module.css';

interface TaskPageProps {
  /** 'T-12', or its id. */
  readonly called: string;
  /** As the inbox has it, if it is there. */
  readonly standing: InboxTask | undefined;
  readonly backTo: string;
}

export function TaskPage({ called, standing, backTo }: TaskPageProps): ReactElement {
  const words = useWords();
  const me = useMe();
  const { data: task, error } = useTask(called);
  const { data: customer } = useCustomer(task?.customerId);
  const [wantsToWrite, setWantsToWrite] = useState(0);
  const [isWriting, setWriting] = useState(false);
  const [isCalling, setCalling] = useState(false);
  const colleagues = usePresence(task?.customerId, isCalling ? 'calling' : isWriting ? 'writing' : 'reading');
  if (error) {
    const isNone = error instanceof Refused && error.status === 404;
    return <p className={classes['alone']}>{isNone ? words.task.none : words.failed(error.message)}</p>;
  }
  if (!task || !customer) return <p className={classes['alone']}>{words.loading}</p>;
  const name = nameOf(customer);
  const isMine = task.state === 'claimed' && task.claimedBy === me.name;
  return (
    <article className={classes['page']} aria-label={`${words.task.name(task.number)} ${name}`}>
      <header className={classes['head']}>
        <div className={classes['title']}>
          <Link href={backTo} className={classes['back'] ?? ''}>
            ← {words.task.back}
          </Link>
          <h2>
            <Link href={`/customers/${encodeURIComponent(customer.id)}`} className={classes['name'] ?? ''}>
              {name}
            </Link>{' '}
            <span className={classes['number']}>{words.task.name(task.number)}</span>
          </h2>
          <CustomerClock zoneName={customer.zone} />
        </div>
        <Reasons task={task} standing={standing} />
        <TaskActs task={task} onReply={() => setWantsToWrite((times) => times + 1)} onCalling={setCalling} />
        {colleagues.length > 0 && (
          <p className={classes['colleagues']} role="status">
            {colleagues.map(({ agent, doing }) => words.page.here(agent, doing)).join(' ')}
          </p>
        )}
      </header>
      <div className={classes['columns']}>
        <div className={classes['main']}>
          <Conversation customerId={task.customerId} name={name} zoneName={customer.zone} />
          {isMine && (
            <Reply task={task} customer={customer} name={name} wantsToWrite={wantsToWrite} onWriting={setWriting} />
          )}
          {task.state === 'open' && me.scopes.includes('tasks:write') && (
            <p className={classes['claimFirst']}>{words.task.claimFirst}</p>
          )}
        </div>
        <TaskSide task={task} customer={customer} colleagues={colleagues} />
      </div>
    </article>
  );
}

/** Why it is here, why now, and who has it. */
function Reasons({
  task,
  standing,
}: {
  readonly task: TaskWhole;
  readonly standing: InboxTask | undefined;
}): ReactElement {
  const words = useWords();
  const me = useMe();
  const now = useNow();
  const here = useZone(ownZone());
  const open = task.reasons.filter(({ answered }) => answered !== 'obsolete');
  return (
    <div className={classes['why']}>
      <p className={classes['because']}>{open.map(({ because }) => because).join(' · ')}</p>
      <p className={classes['standing']}>
        {stateOf(task, me.name, words, (at) => momentOf(Date.parse(at), here, now, words))}{' '}
        {standing && whySentence(standing, words, now, me.name)}
      </p>
    </div>
  );
}

function stateOf(task: TaskWhole, me: string, words: Words, moment: (at: string) => string): string {
  switch (task.state) {
    case 'open':
      return `${words.task.open(task.askedTeam)}.`;
    case 'claimed': {
      const at = moment(task.claimedAt ?? task.createdAt);
      return `${task.claimedBy === me ? words.task.claimedByYou(at) : words.task.claimed(task.claimedBy ?? '', at)}.`;
    }
    case 'snoozed':
      return `${words.task.snoozed(moment(task.dueAt ?? task.createdAt))}.`;
    case 'done':
      return `${words.task.done(task.outcome ?? '')}.`;
  }
}
