/** Beside the conversation: who it is, and what was done with the task. */
import type { ReactElement } from 'react';
import type { Customer, TaskWhole } from '../answers.ts';
import { useNow } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { momentOf, ownZone, useZone } from '../zones.ts';
import classes from './task.module.css';

interface TaskSideProps {
  readonly task: TaskWhole;
  readonly customer: Customer;
}

export function TaskSide({ task, customer }: TaskSideProps): ReactElement {
  const words = useWords();
  const now = useNow(60_000);
  const here = useZone(ownZone());
  const moment = (at: string): string => momentOf(Date.parse(at), here, now, words);
  const who = (actor: string): string =>
    actor === 'engine' ? words.log.engine : actor === 'customer' ? words.log.customer : actor;
  return (
    <aside className={classes['side']}>
      <section>
        <h3>{words.customer.title}</h3>
        <dl>
          {customer.addresses.map(({ channel, address }) => (
            <div key={`${channel} ${address}`}>
              <dt>{words.channels[channel] ?? channel}</dt>
              <dd>{address}</dd>
            </div>
          ))}
          <div>
            <dt>{words.customer.language}</dt>
            <dd>{customer.locale}</dd>
          </div>
          {Object.entries(customer.fields).map(([field, value]) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>{words.log.title}</h3>
        <ol className={classes['log']}>
          {task.log.toReversed().map((line) => (
            <li key={`${line.at} ${line.action}`}>
              <span>{moment(line.at)}</span> {who(line.actor)} {words.log.actions[line.action] ?? line.action}
            </li>
          ))}
        </ol>
      </section>
    </aside>
  );
}
