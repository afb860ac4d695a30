/** Beside the conversation, what is needed first at the top: what to do and not to do, what is promised, what is left, who it is, what was done. */
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Customer, TaskWhole } from '../answers.ts';
import { BudgetGauges } from '../customer/budget-gauges.tsx';
import { Caution } from '../customer/caution.tsx';
import { FollowUps } from '../customer/follow-ups.tsx';
import { Given } from '../customer/given.tsx';
import { Part } from '../customer/part.tsx';
import { Promises } from '../customer/promises.tsx';
import { useMoments } from '../customer/use-moments.ts';
import { Who } from '../customer/who.tsx';
import { useWords } from '../words/use-words.tsx';
import { Suggestion } from './suggestion.tsx';
import type { Colleague } from './use-presence.ts';
import classes from './task.module.css';

interface TaskSideProps {
  readonly task: TaskWhole;
  readonly customer: Customer;
  readonly colleagues: readonly Colleague[];
}

export function TaskSide({ task, customer, colleagues }: TaskSideProps): ReactElement {
  const words = useWords();
  return (
    <aside className={classes['side']}>
      <Suggestion task={task} customer={customer} colleagues={colleagues} />
      {/* The warm introduction stands here: before anybody makes contact, after what to do. */}
      <Caution customerId={customer.id} />
      <Promises customerId={customer.id} />
      <FollowUps customerId={customer.id} />
      <Given customerId={customer.id} />
      <BudgetGauges customerId={customer.id} />
      <Who customer={customer} />
      <p>
        <Link href={`/customers/${encodeURIComponent(customer.id)}`} className={classes['to'] ?? ''}>
          {words.page.openCustomer}
        </Link>
      </p>
      <Log task={task} />
    </aside>
  );
}

function Log({ task }: { readonly task: TaskWhole }): ReactElement {
  const words = useWords();
  const { say } = useMoments();
  const who = (actor: string): string =>
    actor === 'engine' ? words.log.engine : actor === 'customer' ? words.log.customer : actor;
  return (
    <Part title={words.log.title}>
      <ol className={classes['log']}>
        {task.log.toReversed().map((line) => (
          <li key={`${line.at} ${line.action}`}>
            <span>{say(line.at)}</span> {who(line.actor)} {words.log.actions[line.action] ?? line.action}
            {line.why !== null && <q>{line.why}</q>}
          </li>
        ))}
      </ol>
    </Part>
  );
}
