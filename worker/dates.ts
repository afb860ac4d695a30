/**
 * Begins what is due by a date: customers enter in pages, and only as fast as Temporal is told of them, so that ten thousand at one instant
 * do not stand in the way of an inquiry. Several workers may do so at once; one that dies in the middle of a page has entered nobody of it.
 */
import type { Logger } from 'pino';
import type { Clock } from '../config/clock.ts';
import { enterByDate } from '../store/dates/enter.ts';
import { scanForDates } from '../store/dates/scan.ts';
import type { Db } from '../store/open.ts';
import { callsWaiting, notifyPump } from '../store/outbox.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';

export interface DatesSettings {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Real milliseconds between two looks. */
const everyMs = 1_000;
const page = 200;
const scanPage = 500;
/** With so many calls to Temporal waiting, nobody else enters yet. */
const mostWaiting = 1_000;

/** One look: what is due enters, as far as there is room for it. Answers with how many entered and were looked at. */
export async function sweepDates(
  { db, clock, log }: DatesSettings,
  isStopping: () => boolean = () => false,
): Promise<{ readonly scanned: number; readonly entered: number }> {
  let [scanned, entered] = [0, 0];
  try {
    for (let looked = scanPage; looked === scanPage && !isStopping(); scanned += looked)
      looked = await scanForDates(db, { limit: scanPage });
  } catch (error) {
    // Whoever is due already enters all the same.
    log.warn({ err: error }, 'customers could not be looked through for a date; it is tried again');
  }
  for (let due = page; due === page && !isStopping();) {
    if ((await callsWaiting(db, mostWaiting)) >= mostWaiting) break;
    const found = await enterByDate(db, { now: clock.now(), limit: page });
    if (found.entered.length > 0) await notifyPump(db);
    due = found.due;
    entered += found.entered.length;
  }
  return { scanned, entered };
}

export const startDates = (settings: DatesSettings): LookingAgain =>
  lookAgain(
    { everyMs, log: settings.log, failed: 'who enters by a date could not be looked for; it is tried again' },
    async (stopping) => {
      const found = await sweepDates(settings, () => stopping.aborted);
      if (found.entered > 0) settings.log.info(found, 'customers entered by a date');
    },
  );
