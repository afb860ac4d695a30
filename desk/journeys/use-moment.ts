import { useNow } from '../clock.ts';
import { useWords } from '../words/use-words.tsx';
import { momentOf, ownZone, useZone } from '../zones.ts';

/** Says an instant on the reader's wall. */
export function useMoment(): (at: string) => string {
  const words = useWords();
  const now = useNow(60_000);
  const here = useZone(ownZone());
  return (at) => momentOf(Date.parse(at), here, now, words);
}
