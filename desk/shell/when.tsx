/** An instant later than now, on the reader's own wall: a few that are often meant, or one that is written. */
import { useState, type ReactElement } from 'react';
import { engineNow } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { instantOf, momentOf, ownZone, tomorrowAt, useZone } from '../zones.ts';
import classes from './form.module.css';

interface WhenProps {
  readonly label: string;
  /** Epoch milliseconds; null: none is chosen. */
  readonly chosen: number | null;
  readonly onChoose: (at: number | null) => void;
}
const dayMs = 86_400_000;

export function When({ label, chosen, onChoose }: WhenProps): ReactElement {
  const words = useWords();
  const here = useZone(ownZone());
  const [now] = useState(engineNow);
  const [written, setWritten] = useState('');
  const choices = [
    [words.task.inHour, now + 3_600_000],
    [words.task.tomorrow, tomorrowAt(9, here, now)],
    [words.inWeek, tomorrowAt(9, here, now + 6 * dayMs)],
  ] as const;
  return (
    <fieldset className={classes['when']}>
      <legend>{label}</legend>
      <div className={classes['choices']}>
        {choices.map(([says, at]) => (
          <button
            key={says}
            type="button"
            aria-pressed={chosen === at}
            onClick={() => {
              setWritten('');
              onChoose(at);
            }}
          >
            {says}
          </button>
        ))}
        <label>
          {words.task.at}{' '}
          <input
            type="datetime-local"
            value={written}
            onChange={(event) => {
              const said = event.currentTarget.value;
              setWritten(said);
              const at = instantOf(said, here);
              onChoose(at !== null && at > now ? at : null);
            }}
          />
        </label>
      </div>
      <p aria-live="polite">{chosen === null ? ' ' : momentOf(chosen, here, now, words)}</p>
    </fieldset>
  );
}
