import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { useOpenTasks } from './queries.ts';
import classes from './parts.module.css';

/** Their tasks, of those that the reader sees. */
export function OpenTasks({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const all = useOpenTasks(customerId);
  if (!all) return null;
  return (
    <Part title={words.person.tasks}>
      {all.length === 0 && <Quiet>{words.person.noTasks}</Quiet>}
      <ul className={classes['rows']}>
        {all.map(({ id, number, team, claimedBy }) => (
          <li key={id}>
            <Link href={`/tasks/${words.task.name(number)}`} className={classes['to'] ?? ''}>
              {words.task.name(number)}
            </Link>
            <span className={classes['end']}>{claimedBy ?? team}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
