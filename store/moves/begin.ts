/** A move as a row: written once, told in pages, and finished when nobody is left to tell. */
import { sql } from 'kysely';
import { mapFaults, type MapFault } from '../../core/journey/diff/leads.ts';
import { canonical } from '../../core/journey/canonical.ts';
import type { StepMap } from '../../core/run/move-state.ts';
import { newId } from '../ids.ts';
import { journeyAt } from '../journeys.ts';
import type { Db, Tx } from '../open.ts';

export interface MoveAsked {
  readonly journey: string;
  readonly from: number;
  readonly to: number;
  readonly map: StepMap;
  /** Only who stands at these; null: everybody on that version. */
  readonly steps: readonly string[] | null;
  readonly by: string;
  readonly now: number;
}
export type MoveRefused =
  | { readonly refused: 'unknown-version'; readonly version: number }
  | { readonly refused: 'same-version' }
  | { readonly refused: 'retired'; readonly version: number }
  | { readonly refused: 'wrong-map'; readonly faults: readonly MapFault[] }
  /** Another one from that version is not over. */
  | { readonly refused: 'another-is-going'; readonly id: string };

/** The same again goes on with the one that is there. */
export const beginMove = (db: Db, asked: MoveAsked): Promise<{ readonly id: string } | MoveRefused> =>
  db.transaction().execute((tx) => beginMoveIn(tx, asked));

export async function beginMoveIn(tx: Tx, asked: MoveAsked): Promise<{ readonly id: string } | MoveRefused> {
  const refused = await refusalOf(tx, asked);
  if (refused) return refused;
  const { journey, from, to, map, steps, by, now } = asked;
  const id = newId('g');
  const row = await tx
    .insertInto('moves')
    .values({
      id,
      journey,
      from_version: from,
      to_version: to,
      map: JSON.stringify(map),
      steps: steps === null ? null : [...steps],
      state: 'going',
      asked_by: by,
      asked_at: new Date(now),
    })
    // Written out: with a parameter in its place, a plan that is kept does not find the index.
    .onConflict((c) => c.columns(['journey', 'from_version']).where('state', '=', sql.lit('going')).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row ?? goesOnWith(tx, asked);
}

export async function refusalOf(
  db: Db,
  { journey, from, to, map }: Pick<MoveAsked, 'journey' | 'from' | 'to' | 'map'>,
): Promise<MoveRefused | null> {
  if (from === to) return { refused: 'same-version' };
  const [was, is] = [await journeyAt(db, journey, from), await journeyAt(db, journey, to)];
  if (!was) return { refused: 'unknown-version', version: from };
  if (!is) return { refused: 'unknown-version', version: to };
  if (is.retiredAt !== null) return { refused: 'retired', version: to };
  const faults = mapFaults(was.definition, is.definition, map);
  return faults.length > 0 ? { refused: 'wrong-map', faults } : null;
}

async function goesOnWith(tx: Tx, { journey, from, to, map, steps }: MoveAsked): Promise<{ id: string } | MoveRefused> {
  const going = await tx
    .selectFrom('moves')
    .select(['id', 'to_version', 'map', 'steps'])
    .where('journey', '=', journey)
    .where('from_version', '=', from)
    .where('state', '=', 'going')
    .executeTakeFirstOrThrow();
  const isSame =
    going.to_version === to && canonical(going.map) === canonical(map) && canonical(going.steps) === canonical(steps);
  return isSame ? { id: going.id } : { refused: 'another-is-going', id: going.id };
}
