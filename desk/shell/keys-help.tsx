import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useWords } from '../words/use-words.tsx';
import { Dialog } from './dialog.tsx';
import classes from './shell.module.css';

const shown = [
  ['next', ['j', 'k']],
  ['open', ['Enter']],
  ['back', ['Esc']],
  ['search', ['/']],
  ['claim', ['c']],
  ['reply', ['r']],
  ['send', ['Ctrl', 'Enter']],
  ['complete', ['e']],
  ['snooze', ['s']],
  ['release', ['b']],
  ['handOver', ['h']],
  ['call', ['p']],
  ['note', ['n']],
  ['remind', ['m']],
  ['customer', ['i']],
  ['find', ['f']],
  ['undo', ['u']],
  ['views', ['1', '2', '3', '4', '5']],
  ['help', ['?']],
] as const;

export function KeysHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { keys, close } = useWords();
  return (
    <Dialog title={keys.title} onClose={onClose}>
      <dl className={classes['keys']}>
        {shown.map(([what, pressed]) => (
          <div key={what}>
            <dt>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{keys.rows[what]}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={onClose} autoFocus>
        {close}
      </Button>
    </Dialog>
  );
}
