/** How far a move is. */
import { sql } from 'kysely';
import type { StepMap } from '../../core/run/move-state.ts';
import type { Db } from '../open.ts';

export interface Move {
  readonly id: string;
  readonly journey: string;
  readonly from: number;
  readonly to: number;
  readonly map: StepMap;
  readonly steps: readonly string[] | null;
  /** 'done': everybody has been told. Who is just doing something moves when that is done. */
  readonly state: 'going' | 'done';
  readonly by: string;
  readonly at: number;
  readonly doneAt: number | null;
  readonly moved: number;
  /** Told, and still about to move. */
  readonly told: number;
  /** Told, and ended before they could move. */
  readonly ended: number;
  readonly stayed: readonly { readonly because: string; readonly customers: number }[];
}

export async function getMove(db: Db, id: string): Promise<Move | null> {
  const [move] = await select(db).where('id', '=', id).execute();
  return move ? tallied(db, move) : null;
}

/** The newest first. */
export async function listMoves(db: Db, journey: string): Promise<Move[]> {
  const rows = await select(db)
    .where('journey', '=', journey)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(50)
    .execute();
  return Promise.all(rows.map((move) => tallied(db, move)));
}

const select = (db: Db) =>
  db
    .selectFrom('moves')
    .select([
      'id',
      'journey',
      'from_version',
      'to_version',
      'map',
      'steps',
      'state',
      'asked_by',
      'asked_at',
      'done_at',
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

async function tallied(db: Db, move: Row): Promise<Move> {
  const rows = await db
    .selectFrom('moved_runs as m')
    .innerJoin('enrolments as e', 'e.id', 'm.enrolment_id')
    .select([
      'm.because',
      sql<
        'told' | 'moved' | 'stayed' | 'ended'
      >`case when m.state = 'told' and e.state = 'ended' then 'ended' else m.state end`.as('state'),
      (eb) => eb.fn.countAll<string>().as('customers'),
    ])
    .where('m.move_id', '=', move.id)
    .groupBy([sql`2`, 'm.because'])
    .orderBy('m.because')
    .execute();
  const count = (state: string): number =>
    rows.filter((row) => row.state === state).reduce((sum, row) => sum + Number(row.customers), 0);
  return {
    id: move.id,
    journey: move.journey,
    from: move.from_version,
    to: move.to_version,
    map: move.map,
    steps: move.steps,
    state: move.state,
    by: move.asked_by,
    at: move.asked_at.getTime(),
    doneAt: move.done_at?.getTime() ?? null,
    moved: count('moved'),
    told: count('told'),
    ended: count('ended'),
    stayed: rows.flatMap(({ state, because, customers }) =>
      state === 'stayed' ? [{ because: because ?? '', customers: Number(customers) }] : [],
    ),
  };
}
