/** One look a second at what was done with tasks, for all who listen to this process; none while nobody does. */
import type { FastifyBaseLogger } from 'fastify';
import { taskChanges, type TaskChange } from '../store/inbox/changes.ts';
import type { Db } from '../store/open.ts';

export type Hear = (changes: readonly TaskChange[]) => void;
export interface Feed {
  /** Answers with how to stop. */
  listen(hear: Hear): () => void;
  close(): void;
}

const everyMs = 500;

export function openFeed(db: Db, log: FastifyBaseLogger): Feed {
  const listeners = new Set<Hear>();
  let told = new Set<number>();
  let last: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    const isFirst = last === null;
    const changes = await taskChanges(db, last);
    const fresh = isFirst ? [] : changes.filter(({ line }) => !told.has(line));
    told = new Set(changes.map(({ line }) => line));
    last = changes.at(-1)?.line ?? last ?? 0;
    if (fresh.length > 0) for (const hear of listeners) hear(fresh);
  }
  function again(): void {
    if (isClosed || timer !== undefined || listeners.size === 0) return;
    timer = setTimeout(
      () => {
        look()
          .catch((error: unknown) => log.warn({ err: error }, 'What changed could not be read; it is tried again'))
          .finally(() => {
            timer = undefined;
            if (listeners.size === 0) last = null;
            again();
          });
      },
      last === null ? 0 : everyMs,
    );
  }
  return {
    listen(hear) {
      listeners.add(hear);
      again();
      return () => listeners.delete(hear);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
