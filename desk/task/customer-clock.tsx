import type { ReactElement } from 'react';
import { useNow } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { clockOf, useZone } from '../zones.ts';
import classes from './task.module.css';

/** What their wall shows. */
export function CustomerClock({ zoneName }: { readonly zoneName: string | null }): ReactElement {
  const words = useWords();
  const now = useNow();
  const there = useZone(zoneName);
  if (zoneName === null) return <span className={classes['clock']}>{words.customer.unknownZone}</span>;
  return <span className={classes['clock']}>{there && words.customer.there(clockOf(now, there))}</span>;
}
