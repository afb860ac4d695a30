/** What a change would do, in words: what it changes, what it asks of customers and people, and which rules it would break. */
import type { ReactElement } from 'react';
import type { Effect } from '../answers.ts';
import { usePageWords } from '../words/use-page-words.ts';
import classes from './proposals.module.css';

export function EffectView({ effect }: { readonly effect: Effect }): ReactElement {
  const { proposals: says } = usePageWords();
  const stands = says.stands[effect.stands];
  return (
    <div className={classes['effect']}>
      <p>
        <strong>{says.effect}</strong>
      </p>
      {effect.changes.map(({ says: sentence, lines }) => (
        <div key={sentence}>
          <p>{sentence.replaceAll('*', '')}</p>
          {lines.length > 0 && (
            <pre>
              {lines.map((line, i) => (
                <span key={i} className={line.startsWith('+') ? classes['came'] : classes['went']}>
                  {line}
                  {'\n'}
                </span>
              ))}
            </pre>
          )}
        </div>
      ))}
      <p>{says.price(effect.price.says)}</p>
      <p>{says.there(effect.customersThere)}</p>
      {effect.breaks.length > 0 && (
        <div className={classes['breaks']}>
          <p>{says.breaks}</p>
          <ul>
            {effect.breaks.map(({ problem, story }) => (
              <li key={problem}>
                {problem}
                {story.length > 0 && (
                  <ol>
                    {story.map((line, i) => (
                      <li key={i}>{line}</li>
                    ))}
                  </ol>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {stands !== '' && <p>{stands}</p>}
    </div>
  );
}
