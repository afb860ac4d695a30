import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './task.module.css';

interface CompleteProps {
  readonly outcomes: readonly string[];
  readonly onChoose: (outcome: string) => void;
  readonly onClose: () => void;
}

/** The outcomes are those that its reasons offer: each goes back to whoever asked for a person. */
export function Complete({ outcomes, onChoose, onClose }: CompleteProps): ReactElement {
  const words = useWords();
  return (
    <Dialog title={words.task.completeAs} onClose={onClose}>
      <div
        className={classes['choices']}
        onKeyDown={(event) => {
          const chosen = outcomes[Number(event.key) - 1];
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {outcomes.map((outcome, i) => (
          <Button
            key={outcome}
            variant="default"
            autoFocus={i === 0}
            rightSection={i < 9 ? <kbd>{i + 1}</kbd> : null}
            onClick={() => onChoose(outcome)}
          >
            {outcome}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
