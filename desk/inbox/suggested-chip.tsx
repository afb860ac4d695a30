import type { ReactElement } from 'react';
import type { InboxTask } from '../answers.ts';
import { useMe } from '../session.tsx';
import { useWords } from '../words/use-words.tsx';
import classes from './inbox.module.css';

/** Whom an open task fits best, if anybody is suggested. */
export function SuggestedChip({ task }: { readonly task: InboxTask }): ReactElement | null {
  const words = useWords();
  const me = useMe();
  if (!task.suggested) return null;
  const { agent } = task.suggested;
  return <span className={classes['chip']}>{agent === me.name ? words.chips.fitsYou : words.chips.fits(agent)}</span>;
}
