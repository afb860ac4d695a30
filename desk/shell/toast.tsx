/** What was just done, with the way back. */
import type { ReactElement } from 'react';
import { useDoing, useTold } from '../acts.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './shell.module.css';

export function Toast(): ReactElement {
  const told = useTold();
  const doing = useDoing();
  const words = useWords();
  return (
    <div role="status" aria-live="polite" className={classes['toasts']}>
      {told && (
        <div className={told.isFailure ? classes['failure'] : classes['toast']}>
          <span>{told.says(words)}</span>
          {told.canUndo && (
            <button type="button" onClick={() => void doing.undo()}>
              {words.undo} <kbd>u</kbd>
            </button>
          )}
          {told.isFailure && (
            <button type="button" onClick={() => doing.close()}>
              {words.close}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
