/** Looks for whoever has waited too long, and gives them to a person. Several may run: each silence is looked at under its customer. */
import { deskOf } from '../store/desk.ts';
import { giveSilent } from '../store/floor/give-silent.ts';
import { notifyPump } from '../store/outbox.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';
import type { NoteSettings } from './notes.ts';

/** Real milliseconds between two looks: it is for people, who mind no second. */
const everyMs = 1_000;
const page = 100;

export const startFloor = ({ db, clock, log, defaultTeam }: NoteSettings): LookingAgain =>
  lookAgain(
    { everyMs, log, failed: 'who has waited too long could not be looked for; it is tried again' },
    async () => {
      const given = await giveSilent(db, { now: clock.now(), limit: page, desk: () => deskOf(db, defaultTeam) });
      if (given.length > 0) await notifyPump(db);
    },
  );
