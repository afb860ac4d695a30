/** Tells our own people what was noted for now. Several may run: each note is told once. */
import type { Logger } from 'pino';
import type { Clock } from '../config/clock.ts';
import { deskOf } from '../store/desk.ts';
import { tellDueNotes } from '../store/notes/tell.ts';
import { notifyPump } from '../store/outbox.ts';
import type { Db } from '../store/open.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';

export interface NoteSettings {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly defaultTeam: string;
}
/** Real milliseconds between two looks: notes are for people, who mind no second. */
const everyMs = 1_000;
const page = 100;

export const startNotes = ({ db, clock, log, defaultTeam }: NoteSettings): LookingAgain =>
  lookAgain({ everyMs, log, failed: 'notes could not be told; it is tried again' }, async () => {
    const told = await tellDueNotes(db, { now: clock.now(), limit: page, desk: () => deskOf(db, defaultTeam) });
    if (told.length > 0) await notifyPump(db);
  });
