import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { engineNow } from '../clock.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { instantOf, momentOf, ownZone, tomorrowAt, useZone } from '../zones.ts';
import classes from './task.module.css';

interface SnoozeProps {
  readonly onChoose: (until: number) => void;
  readonly onClose: () => void;
}
const hourMs = 3_600_000;

/** All instants on the reader's own wall. */
export function Snooze({ onChoose, onClose }: SnoozeProps): ReactElement {
  const words = useWords();
  const here = useZone(ownZone());
  const [now] = useState(engineNow);
  const [written, setWritten] = useState('');
  const own = instantOf(written, here);
  const choices = [
    [words.task.inHour, now + hourMs],
    [words.task.inFour, now + 4 * hourMs],
    [words.task.tomorrow, tomorrowAt(9, here, now)],
  ] as const;
  return (
    <Dialog title={words.task.snoozeUntil} onClose={onClose}>
      <div
        className={classes['choices']}
        onKeyDown={(event) => {
          const chosen = event.target instanceof HTMLInputElement ? undefined : choices[Number(event.key) - 1];
          if (chosen) onChoose(chosen[1]);
        }}
      >
        {choices.map(([says, at], i) => (
          <Button
            key={says}
            variant="default"
            autoFocus={i === 0}
            rightSection={<kbd>{i + 1}</kbd>}
            onClick={() => onChoose(at)}
          >
            {says} <span className={classes['choiceAt']}>{momentOf(at, here, now, words)}</span>
          </Button>
        ))}
        <form
          className={classes['choice']}
          onSubmit={(event) => {
            event.preventDefault();
            if (own !== null && own > now) onChoose(own);
          }}
        >
          <label>
            {words.task.at}{' '}
            <input type="datetime-local" value={written} onChange={(event) => setWritten(event.currentTarget.value)} />
          </label>
          <Button type="submit" variant="default" disabled={own === null || own <= now}>
            {words.task.snooze}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
