/** Moves that are not over: what publishing goes on with, or has to wait for. */
import type { Db } from '../open.ts';

export interface Going {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Only who stands at these; null: everybody on that version. */
  readonly steps: readonly string[] | null;
  /** What to do about it, in a sentence. */
  readonly finish: string;
}

const going = (db: Db, journey: string) =>
  db
    .selectFrom('moves')
    .select(['id', 'from_version', 'to_version', 'map', 'steps'])
    .where('journey', '=', journey)
    .where('state', '=', 'going')
    .orderBy('asked_at');
type Row = Awaited<ReturnType<ReturnType<typeof going>['execute']>>[number];

/** There is at most one. */
export async function goingFrom(db: Db, journey: string, version: number): Promise<Going | null> {
  const row = await going(db, journey).where('from_version', '=', version).executeTakeFirst();
  return row ? readGoing(journey, row) : null;
}

/** The oldest. */
export async function goingTo(db: Db, journey: string, version: number): Promise<Going | null> {
  const row = await going(db, journey).where('to_version', '=', version).limit(1).executeTakeFirst();
  return row ? readGoing(journey, row) : null;
}

function readGoing(journey: string, { id, from_version: from, to_version: to, map, steps }: Row): Going {
  const mapped = Object.entries(map).map(([was, is]) => ` --map ${was}=${is}`);
  const at = (steps ?? []).map((step) => ` --at ${step}`);
  const command = `righttouch move ${journey} --from ${String(from)} --to ${String(to)}${[...mapped, ...at].join('')} --go`;
  return { id, from, to, steps, finish: `Finish it: POST /v1/moves/${id}/tell (${command})` };
}

/** Why nobody else is moved from that version just now. */
export const isGoing = (journey: string, going: Going | null): string =>
  going === null
    ? `Another move of '${journey}' is not over`
    : `Customers of '${journey}' are being moved from ${String(going.from)} to ${String(going.to)} (${going.id}). ${going.finish}`;
