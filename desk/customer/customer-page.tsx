/** Everything about one customer: what was said, why they heard from us and why not, and what stands against a touch. */
import type { ReactElement } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { Refused } from '../ask.ts';
import { useMe } from '../session.tsx';
import { useKeys } from '../shell/keys.ts';
import { Conversation } from '../task/conversation.tsx';
import { CustomerClock } from '../task/customer-clock.tsx';
import { nameOf } from '../task/name-of.ts';
import { useCustomer } from '../task/use-task.ts';
import { useWords } from '../words/use-words.tsx';
import { BudgetGauges } from './budget-gauges.tsx';
import { Confidence } from './confidence.tsx';
import { Consents, StopsAndLimits } from './consents.tsx';
import { FollowUps } from './follow-ups.tsx';
import { Given } from './given.tsx';
import { Guards } from './guards.tsx';
import { Hold } from './hold.tsx';
import { Journeys } from './journeys.tsx';
import { OpenTasks } from './open-tasks.tsx';
import { PartLevel } from './part.tsx';
import { Promises } from './promises.tsx';
import { Who } from './who.tsx';
import { WhyList } from './why-list.tsx';
import classes from './customer.module.css';

export function CustomerPage(): ReactElement {
  const words = useWords();
  const me = useMe();
  const { id } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const { data: customer, error } = useCustomer(id);
  useKeys({ Escape: () => go('/inbox') });
  if (error) {
    const isNone = error instanceof Refused && (error.status === 404 || error.status === 400);
    return <p className={classes['alone']}>{isNone ? words.person.none : words.failed(error.message)}</p>;
  }
  if (!customer) return <p className={classes['alone']}>{words.loading}</p>;
  const name = nameOf(customer);
  return (
    <article className={classes['page']} aria-label={name}>
      <header className={classes['head']}>
        <Link href="/inbox" className={classes['back'] ?? ''}>
          ← {words.person.back}
        </Link>
        <h1>{name}</h1>
        <CustomerClock zoneName={customer.zone} />
      </header>
      <PartLevel value="h2">
        <div className={classes['columns']}>
          <div className={classes['column']}>
            <OpenTasks customerId={customer.id} />
            {me.scopes.includes('conversation:read') && (
              <div className={classes['said']}>
                <h2>{words.person.conversation}</h2>
                <Conversation customerId={customer.id} name={name} zoneName={customer.zone} />
              </div>
            )}
            <WhyList customerId={customer.id} />
          </div>
          <div className={classes['column']}>
            <Hold customerId={customer.id} />
            <Guards customerId={customer.id} />
            <Confidence customerId={customer.id} />
            <Journeys customerId={customer.id} />
            <BudgetGauges customerId={customer.id} />
          </div>
          <div className={classes['column']}>
            <Who customer={customer} />
            <Promises customerId={customer.id} />
            <FollowUps customerId={customer.id} />
            <Given customerId={customer.id} />
            <StopsAndLimits customerId={customer.id} />
            <Consents customerId={customer.id} />
          </div>
        </div>
      </PartLevel>
    </article>
  );
}
