/** Tells our own people what was noted for now. Several may run: each note is told once. */
import type { Logger } from 'pino';
import type { Clock } from '../config/clock.ts';
import { deskOf } from '../store/desk.ts';
import { tellDueNotes } from '../store/notes/tell.ts';
import { notifyPump } from '../store/outbox.ts';
import type { Db } from '../store/open.ts';

export interface NoteSettings {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly defaultTeam: string;
}
/** Real milliseconds between two looks: notes are for people, who mind no second. */
const everyMs = 1_000;
const page = 100;

export function startNotes({ db, clock, log, defaultTeam }: NoteSettings): { stop(): Promise<void> } {
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const told = await tellDueNotes(db, { now: clock.now(), limit: page, desk: () => deskOf(db, defaultTeam) });
      if (told.length > 0) await notifyPump(db);
    } catch (error) {
      log.warn({ err: error }, 'notes could not be told; it is tried again');
    }
    if (!isStopping) timer = setTimeout(begin, everyMs);
  };
  const begin = (): void => {
    looking = look();
  };
  timer = setTimeout(begin, everyMs);
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
