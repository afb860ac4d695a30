/** Entries that came to nothing, and why: kept for whoever told of the event, and for `why`. */
import type { NotAgain } from '../core/journey/again.ts';
import { newId } from './ids.ts';
import type { Tx } from './open.ts';

/** `until`: when it may be entered again; null: not while things are as they are. */
export interface TurnedAway extends NotAgain {
  readonly journey: string;
}

export async function keepTurnedAway(
  tx: Tx,
  turnedAway: readonly (TurnedAway & { readonly customerId: string })[],
  { eventId, now }: { readonly eventId: string | null; readonly now: number },
): Promise<void> {
  if (turnedAway.length === 0) return;
  await tx
    .insertInto('turned_away')
    .values(
      turnedAway.map(({ journey, customerId, because, until }) => ({
        id: eventId === null ? newId('a') : `${eventId}/${journey}`,
        event_id: eventId,
        journey,
        customer_id: customerId,
        because,
        until: until === null ? null : new Date(until),
        at: new Date(now),
      })),
    )
    .execute();
}

/** What was kept of an event that comes again. */
export async function turnedAwayBy(tx: Tx, eventId: string): Promise<TurnedAway[]> {
  const rows = await tx
    .selectFrom('turned_away')
    .select(['journey', 'because', 'until'])
    .where('event_id', '=', eventId)
    .orderBy('journey')
    .execute();
  return rows.map(({ until, ...row }) => ({ ...row, until: until?.getTime() ?? null }));
}
