/** What they told us already: nobody asks twice. */
import type { ReactElement } from 'react';
import type { Given as GivenTold } from '../answers.ts';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { useGiven } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

export function Given({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const all = useGiven(customerId);
  const { say } = useMoments();
  if (!all) return null;
  return (
    <Part title={words.page.givenTitle}>
      <Quiet>{all.length === 0 ? words.page.noGiven : words.page.givenHint}</Quiet>
      <ul className={classes['rows']}>
        {all.map((one) => (
          <li key={`${one.at} ${one.is === 'fact' ? one.event : (one.step ?? one.journey)}`}>
            <span>{one.is === 'fact' ? one.event : (one.asked ?? one.step ?? one.journey)}</span>
            <time className={classes['end']} dateTime={one.at}>
              {say(one.at)}
            </time>
            <p className={classes['said']}>{answerOf(one)}</p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const answerOf = (one: GivenTold): string =>
  one.is === 'answer'
    ? one.answer
    : Object.entries(one.facts)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', ');
