/** What not to do: guards of theirs and of where they are, and what they asked of us. Above all the rest, because it is easily forgotten. */
import type { ReactElement } from 'react';
import { useLanguage, useWords } from '../words/use-words.tsx';
import { Part } from './part.tsx';
import { useGuards, useLimits, useStops } from './queries.ts';
import classes from './parts.module.css';

/** Nothing at all where nothing stands against anything. */
export function Caution({ customerId }: { readonly customerId: string }): ReactElement | null {
  const words = useWords();
  const language = useLanguage();
  const guards = useGuards(customerId);
  const stops = useStops(customerId);
  const limits = useLimits(customerId);
  const all = [...(guards?.items ?? []), ...(guards?.ofAreas ?? [])];
  const asks = limits && (limits.less ?? limits.hours ?? limits.channels ?? limits.pausedUntil) !== null;
  if (all.length === 0 && (stops ?? []).length === 0 && !asks) return null;
  return (
    <Part title={words.page.cautionTitle} isLoud>
      <ul className={classes['rows']}>
        {all.map((guard) => (
          <li key={`${guard.fact} ${guard.at}`}>
            <strong>{guard.fact}</strong>
            {'areas' in guard && <span> {words.person.guardOfArea(guard.areas.join(', '))}</span>}
            <p className={classes['said']}>{guard.reason}</p>
            {guard.contradicts.length > 0 && <p>{words.page.guardSays(guard.contradicts.join(', '))}</p>}
            {guard.reviewDue && <p>{words.page.reviewDue}</p>}
          </li>
        ))}
        {(stops ?? []).map(({ channel, reason, at }) => (
          <li key={`${channel} ${at}`}>
            <strong>{channel === 'all' ? words.person.all : (words.channels[channel] ?? channel)}</strong>
            <p className={classes['said']}>{reason}</p>
          </li>
        ))}
        {asks && (
          <li>
            <p className={classes['said']}>{limits.means[language]}</p>
          </li>
        )}
      </ul>
    </Part>
  );
}
