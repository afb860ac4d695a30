/** Instants on the reader's own wall, in the reader's language. */
import { useNow } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { momentOf, ownZone, useZone } from '../zones.ts';

export interface Moments {
  readonly now: number;
  /** '10:02', 'Tue 10:02' …, from an instant as JSON has it. */
  readonly say: (at: string) => string;
}

export function useMoments(): Moments {
  const words = useWords();
  const now = useNow(30_000);
  const here = useZone(ownZone());
  return { now, say: (at) => momentOf(Date.parse(at), here, now, words) };
}
