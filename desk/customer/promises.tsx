import type { ReactElement } from 'react';
import type { Promised } from '../answers.ts';
import { minutesBetween } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { Part, Quiet } from './part.tsx';
import { usePromises } from './queries.ts';
import { useMoments } from './use-moments.ts';
import classes from './parts.module.css';

/** Those that are to be kept, with the time that is left; of the others the last few. */
export function Promises({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const all = usePromises(customerId);
  const { now, say } = useMoments();
  if (!all) return null;
  const open = all.filter(({ state }) => state === 'open');
  const shown = open.length > 0 ? open : all.slice(0, 2);
  return (
    <Part title={words.page.promisesTitle}>
      {shown.length === 0 && <Quiet>{words.page.noPromises}</Quiet>}
      <ul className={classes['rows']}>
        {shown.map((promise) => (
          <li key={promise.id}>
            <span>
              {promise.step} · {promise.team}
            </span>
            <span className={classes['end']} data-urgency={urgencyOf(promise, now)}>
              {stateOf(promise)} <time dateTime={promise.dueAt}>{say(promise.dueAt)}</time>
            </span>
            {promise.renewed > 0 && <Quiet>{words.page.renewed(promise.renewed)}</Quiet>}
          </li>
        ))}
      </ul>
    </Part>
  );

  function stateOf({ state, dueAt }: Promised): string {
    if (state !== 'open') return words.page.promise[state];
    const due = Date.parse(dueAt);
    return due <= now
      ? words.page.promise.late(words.span(minutesBetween(due, now)))
      : words.page.promise.open(words.span(minutesBetween(now, due)));
  }
}

const soonMs = 60 * 60_000;
function urgencyOf({ state, dueAt }: Promised, now: number): 'late' | 'soon' | 'calm' {
  if (state === 'broken') return 'late';
  if (state !== 'open') return 'calm';
  const left = Date.parse(dueAt) - now;
  if (left <= 0) return 'late';
  return left < soonMs ? 'soon' : 'calm';
}
