/** Asks for a reason, and for what else an act needs; nothing is done without one. */
import { Button, Textarea } from '@mantine/core';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useWords } from '../words/use-words.tsx';
import { Dialog } from './dialog.tsx';
import classes from './form.module.css';

interface WhyDialogProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** What the reason is called. */
  readonly label: string;
  readonly go: string;
  /** False: what else is asked for is not there yet. */
  readonly isReady?: boolean;
  readonly onGo: (why: string) => void;
  readonly onClose: () => void;
  /** What else is asked for. */
  readonly children?: ReactNode;
}

/** As the API takes it: one line. */
const asLine = (said: string): string => said.replace(/\s+/g, ' ').trim();
const longest = 500;

export function WhyDialog(props: WhyDialogProps): ReactElement {
  const { title, lead, label, go, isReady = true, onGo, onClose, children } = props;
  const words = useWords();
  const [why, setWhy] = useState('');
  const canGo = isReady && asLine(why) !== '';
  const send = (): void => {
    if (canGo) onGo(asLine(why));
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {lead !== undefined && <div>{lead}</div>}
        {children}
        <Textarea
          label={label}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          }}
          rows={2}
          maxLength={longest}
          autoFocus={children === undefined}
        />
        <div className={classes['end']}>
          <Button variant="default" type="button" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" disabled={!canGo}>
            {go}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
