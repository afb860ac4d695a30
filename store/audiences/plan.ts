/** A journey by audience is a broadcast: planned when the journey is published, begun at its time. */
import { dayMs, dayOf, hourMs, instantOfWall, readClock } from '../../core/calendar/zone.ts';
import type { Entry } from '../../core/journey/table.ts';
import { newId } from '../ids.ts';
import type { Tx } from '../open.ts';
import { callWorkflows } from '../outbox.ts';

/** Published later than this after its time has come everywhere, a broadcast is not begun: it would be news of long ago. */
export const mostLateMs = dayMs;

/** '2026-12-16 09:00' as the wall shows it, in milliseconds; null if there is no such time. */
export function wallOf(at: string): number | null {
  const [date = '', clock = ''] = at.split(' ');
  const day = dayOf(date);
  const minutes = readClock(clock);
  return day === null || minutes === null ? null : day * dayMs + minutes * 60_000;
}

/** Where the clocks are furthest ahead it begins first: UTC+14. */
export const earliestAt = (wall: number): number => wall - 14 * hourMs;
export const latestAt = (wall: number): number => wall + 12 * hourMs;
export const instantIn = (zone: string, wall: number): number => instantOfWall(zone, wall);

/**
 * In the transaction that publishes. One broadcast for each journey, audience and time: one that has not begun goes on with the new version,
 * one that has stays on its own, and one that another audience or time replaces is no more, unless it has begun. A version that comes back
 * begins none where another one of its journey has told that audience: on that day, or meanwhile.
 */
export async function planBroadcast(
  tx: Tx,
  {
    name,
    version,
    entry,
    comesBack,
  }: { readonly name: string; readonly version: number; readonly entry: Entry; readonly comesBack: boolean },
  now: number,
): Promise<void> {
  const planned = await tx
    .selectFrom('broadcasts')
    .select(['id', 'audience', 'at'])
    .where('journey', '=', name)
    .where('state', '=', 'planned')
    .forUpdate()
    .execute();
  const isSame = (b: { audience: string; at: string }): boolean =>
    'audience' in entry && b.audience === entry.audience && b.at === entry.at;
  const replaced = planned.filter((b) => !isSame(b)).map((b) => b.id);
  if (replaced.length > 0) await tx.deleteFrom('broadcasts').where('id', 'in', replaced).execute();
  const kept = planned.filter(isSame).map((b) => b.id);
  if ('audience' in entry && !(comesBack && (await isTold(tx, name, entry, now))))
    kept.push(...(await plan(tx, name, version, entry, now)));
  await callWorkflows(
    tx,
    [...replaced, ...kept].map((ref) => ({ kind: 'broadcast', ref })),
    now,
  );
}

/** Rolling back is done in a hurry: it must not tell everybody once more what they have just been told. */
async function isTold(
  tx: Tx,
  journey: string,
  { audience, at }: { readonly audience: string; readonly at: string },
  now: number,
): Promise<boolean> {
  const begun = await tx
    .selectFrom('broadcasts')
    .select('at')
    .where('journey', '=', journey)
    .where('audience', '=', audience)
    .where('state', 'in', ['running', 'done'])
    .execute();
  const wall = wallOf(at);
  const hasCome = wall !== null && earliestAt(wall) <= now;
  const day = (when: string): string => when.slice(0, 'YYYY-MM-DD'.length);
  return begun.some((other) => hasCome || day(other.at) === day(at));
}

async function plan(
  tx: Tx,
  journey: string,
  version: number,
  { audience, at }: { readonly audience: string; readonly at: string },
  now: number,
): Promise<string[]> {
  const wall = wallOf(at);
  if (wall === null) throw new Error(`Journey '${journey}' begins at '${at}', which is no time; publishing refuses it`);
  const isMissed = now > latestAt(wall) + mostLateMs;
  const rows = await tx
    .insertInto('broadcasts')
    .values({
      id: newId('b'),
      journey,
      version,
      audience,
      at,
      state: isMissed ? 'missed' : 'planned',
      counts: '{}',
      wake_at: isMissed ? null : new Date(earliestAt(wall)),
      planned_at: new Date(now),
      over_at: isMissed ? new Date(now) : null,
    })
    .onConflict((c) =>
      c.columns(['journey', 'audience', 'at']).doUpdateSet({ version }).where('broadcasts.state', '=', 'planned'),
    )
    .returning(['id', 'state'])
    .execute();
  return rows.filter((row) => row.state === 'planned').map((row) => row.id);
}
