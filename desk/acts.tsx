/**
 * What is done at the desk, and how it is undone. What cannot be taken back once the engine has it (words to a customer, an outcome) waits for a
 * few seconds before it goes; it goes at once when the page is left.
 */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useMemo, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import type { Words } from './words/en.ts';

export interface Act {
  /** Shown beside the way back. */
  readonly says: string;
  /** Done at once; or later, if it cannot be undone. */
  readonly go: () => Promise<unknown>;
  readonly back?: () => Promise<unknown>;
  /** Has to wait, because there is no way back. */
  readonly late?: true;
  readonly onBack?: () => void;
}
export interface Told {
  /** In whatever language is read when it is shown. */
  readonly says: (words: Words) => string;
  readonly isFailure: boolean;
  readonly canUndo: boolean;
}
interface Doing {
  act(act: Act): Promise<boolean>;
  undo(): Promise<void>;
  tell(says: string): void;
  close(): void;
  readonly told: () => Told | null;
  readonly subscribe: (hear: () => void) => () => void;
  readonly leave: () => void;
}

const lateMs = 6_000;
const toldMs = 8_000;

function createDoing(refresh: () => void): Doing {
  let last: Act | null = null;
  let waiting: { act: Act; timer: ReturnType<typeof setTimeout> } | null = null;
  let shown: Told | null = null;
  let shownTimer: ReturnType<typeof setTimeout> | undefined;
  const hearers = new Set<() => void>();

  const show = (next: Told | null): void => {
    clearTimeout(shownTimer);
    shown = next;
    if (next) shownTimer = setTimeout(() => show(null), toldMs);
    for (const hear of hearers) hear();
  };
  const fail = (error: unknown): void => {
    const why = error instanceof Error ? error.message : String(error);
    show({ says: (words) => words.failed(why), isFailure: true, canUndo: false });
  };
  const run = async (act: Act): Promise<boolean> => {
    try {
      await act.go();
      return true;
    } catch (error) {
      last = null;
      fail(error);
      act.onBack?.();
      return false;
    } finally {
      refresh();
    }
  };
  /** What still waits goes before anything else is done. */
  const flush = async (): Promise<boolean> => {
    const next = waiting;
    if (!next) return true;
    clearTimeout(next.timer);
    waiting = null;
    return run(next.act);
  };
  return {
    async act(act) {
      if (!(await flush())) return false;
      last = act;
      if (!act.late) {
        const isDone = await run(act);
        if (isDone) show({ says: () => act.says, isFailure: false, canUndo: act.back !== undefined });
        return isDone;
      }
      waiting = {
        act,
        timer: setTimeout(() => {
          waiting = null;
          last = null;
          show(null);
          void run(act);
        }, lateMs),
      };
      show({ says: () => act.says, isFailure: false, canUndo: true });
      return true;
    },
    async undo() {
      const act = last;
      last = null;
      if (!act) return;
      if (waiting?.act === act) {
        clearTimeout(waiting.timer);
        waiting = null;
        act.onBack?.();
      } else if (!act.back || !(await run({ says: '', go: act.back }))) return;
      show({ says: (words) => words.task.undone, isFailure: false, canUndo: false });
    },
    tell: (says) => show({ says: () => says, isFailure: false, canUndo: false }),
    close: () => show(null),
    told: () => shown,
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    leave: () => void flush(),
  };
}

const Doings = createContext<Doing | null>(null);
export function useDoing(): Doing {
  const doing = use(Doings);
  if (!doing) throw new Error('Nothing can be done here');
  return doing;
}

export function DoingProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useQueryClient();
  const doing = useMemo(() => createDoing(() => void client.invalidateQueries()), [client]);
  useEffect(() => {
    addEventListener('pagehide', doing.leave);
    return () => removeEventListener('pagehide', doing.leave);
  }, [doing]);
  return <Doings value={doing}>{children}</Doings>;
}

export const useTold = (): Told | null => {
  const { subscribe, told } = useDoing();
  return useSyncExternalStore(subscribe, told);
};
