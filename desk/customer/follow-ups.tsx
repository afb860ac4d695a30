import type { ReactElement } from 'react';
import { useDoing } from '../acts.tsx';
import { ask } from '../ask.ts';
import { useMe } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import { Part } from './part.tsx';
import { useFollowUps } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

/** What we are to be reminded of, by people and by journeys; nothing where there is nothing. */
export function FollowUps({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const me = useMe();
  const doing = useDoing();
  const all = useFollowUps(customerId);
  const { say } = useMoments();
  if (!all || all.length === 0) return null;
  const takeBack = (id: string): void => {
    const [, task, key] = id.split('/');
    void doing.act({
      says: words.page.takenBack,
      go: () => ask(`/v1/tasks/${task ?? ''}/follow-ups/${key ?? ''}`, { method: 'DELETE' }),
    });
  };
  return (
    <Part title={words.page.followUpsTitle}>
      <ul className={classes['rows']}>
        {all.map((one) => (
          <li key={one.id}>
            <span className={classes['said']}>{one.about}</span>
            <time className={classes['end']} dateTime={one.dueAt}>
              {say(one.dueAt)}
            </time>
            <p className={classes['quiet']}>
              {one.actor ?? words.log.engine} → {one.team}{' '}
              {one.actor !== null && me.scopes.includes('tasks:write') && (
                <button type="button" className={classes['link']} onClick={() => takeBack(one.id)}>
                  {words.page.takeBack}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
