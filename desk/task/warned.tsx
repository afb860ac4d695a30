/** Nobody is held back, and nobody goes on without knowing: what a machine would have been stopped by, in the reader's own time. */
import type { ReactElement } from 'react';
import type { Warning } from '../answers.ts';
import { useMoments } from '../customer/use-moments.ts';
import { WhyDialog } from '../shell/why-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './task.module.css';

export function Warnings({ of }: { readonly of: readonly Warning[] }): ReactElement {
  const { page } = useWords();
  const { say } = useMoments();
  return (
    <div className={classes['warnings']}>
      <p>{page.warnedLead}</p>
      <ul>
        {of.map(({ gate, rule, since }) => (
          <li key={`${gate} ${rule}`}>
            {page.gates[gate] ?? gate}: {rule}
            {since !== undefined && ` (${say(since)})`}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface WarnedProps {
  readonly warnings: readonly Warning[];
  readonly go: string;
  readonly onGo: (why: string) => void;
  readonly onClose: () => void;
}

export function Warned({ warnings, go, onGo, onClose }: WarnedProps): ReactElement {
  const { page } = useWords();
  return (
    <WhyDialog
      title={page.warnedTitle}
      lead={<Warnings of={warnings} />}
      label={page.warnedWhy}
      go={go}
      onGo={onGo}
      onClose={onClose}
    />
  );
}
