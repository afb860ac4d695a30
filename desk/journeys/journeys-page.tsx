/** All journeys at the left, the chosen one at the right. */
import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import { usePageWords } from '../words/use-page-words.ts';
import { useWords } from '../words/use-words.tsx';
import { JourneyView } from './journey-view.tsx';
import { useJourneys } from './use-journeys.ts';
import classes from './journeys.module.css';

export function JourneysPage(): ReactElement {
  const words = useWords();
  const { journeys: says } = usePageWords();
  const { name } = useParams<{ name?: string }>();
  const { data: all, error } = useJourneys();
  if (!all) return <p className="alone">{error ? words.failed(error.message) : words.loading}</p>;
  const shown = name ?? all[0]?.name;
  return (
    <div className={classes['page']} data-has-one={name !== undefined}>
      <h1 className="unseen">{says.title}</h1>
      <div className={classes['list']}>
        <h2>{says.title}</h2>
        {all.length === 0 && <p>{says.none}</p>}
        <ul>
          {all.map((journey) => (
            <li key={journey.name}>
              <Link
                href={`/journeys/${journey.name}`}
                className={classes['entry'] ?? ''}
                aria-current={journey.name === shown ? 'true' : undefined}
              >
                <strong>{journey.name}</strong> <span>{says.version(journey.version)}</span>
                {journey.story !== null && <span className={classes['story']}>{journey.story}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div className={classes['one']}>{shown !== undefined && <JourneyView key={shown} name={shown} />}</div>
    </div>
  );
}
