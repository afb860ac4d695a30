/** Looks for the places of customers of whom nobody has: those who were there before this version, and those that others wrote. */
import type { Logger } from 'pino';
import { locate } from '../channels/whereabouts.ts';
import type { Clock } from '../config/clock.ts';
import { locateCustomers } from '../store/locate-customers.ts';
import type { Db } from '../store/open.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';

/** Real milliseconds between two looks. One look goes on until nobody is left: it takes one customer at a time, and holds nobody else up. */
const everyMs = 30_000;
const page = 100;

export const startWhereabouts = ({
  db,
  clock,
  log,
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
}): LookingAgain =>
  lookAgain(
    { everyMs, log, failed: 'where customers are could not be looked for; it is tried again' },
    async (stopping) => {
      while (!stopping.aborted && (await locateCustomers(db, { locate, limit: page, now: clock.now() })) === page);
    },
  );
