/**
 * A run that was told of a move waits, and asks what it shall do. Deciding moves nothing: should it crash, it hears of news first and asks
 * again as it then is. It has moved once it runs on the new version, and the first thing it does there is to say so.
 */
import type { Journey } from '../../core/journey/table.ts';
import { moveState, type Landing } from '../../core/run/move-state.ts';
import type { RunState } from '../../core/run/state.ts';
import { journeyAt, pinned, type JourneyVersion } from '../journeys.ts';
import { lockCustomer } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';

interface Told {
  readonly move: string;
  readonly enrolmentId: string;
  readonly now: number;
}
export type MoveDecided =
  | { readonly is: 'moves'; readonly version: number; readonly definition: Journey; readonly landing: Landing }
  | { readonly is: 'stays'; readonly because: string };

/** `state`: as it waits, on the old version. That it stays is kept, and holds for this move. */
export const decideMove = (db: Db, asked: Told & { readonly state: RunState }): Promise<MoveDecided> =>
  db.transaction().execute(async (tx) => {
    const { enrolmentId, state, now } = asked;
    const { move, told } = await toldOf(tx, asked);
    if (told.state === 'stayed') return { is: 'stays', because: told.because ?? '' };
    const [from, to] = [
      await versionOf(tx, move.journey, move.from_version),
      await versionOf(tx, move.journey, move.to_version),
    ];
    const run = await lockRun(tx, enrolmentId);
    const moved = moveState({ from: from.definition, to: to.definition, map: move.map, now }, state);
    const because = whyNot(run, move, state) ?? (moved.ok ? await unsayable(tx, enrolmentId, to) : moved.because);
    if (because !== null || !moved.ok) {
      await settle(tx, asked, 'stayed', because);
      return { is: 'stays', because: because ?? '' };
    }
    const { state: landed, enter, reckon } = moved;
    return { is: 'moves', version: to.version, definition: to.definition, landing: { state: landed, enter, reckon } };
  });

/** It runs on the new version. Said again after a crash, it changes nothing. */
export const arrive = (db: Db, there: Told & { readonly step: string }): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const { enrolmentId, step } = there;
    const { move, told } = await toldOf(tx, there);
    if (told.state === 'moved') return;
    await lockRun(tx, enrolmentId);
    await tx.updateTable('enrolments').set({ version: move.to_version, step }).where('id', '=', enrolmentId).execute();
    await settle(tx, there, 'moved', null);
  });

async function toldOf(tx: Tx, { move: id, enrolmentId }: Told) {
  const move = await tx
    .selectFrom('moves')
    .select(['journey', 'from_version', 'to_version', 'map', 'steps'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`There is no move '${id}'`));
  const told = await tx
    .selectFrom('moved_runs')
    .select(['state', 'because'])
    .where('move_id', '=', id)
    .where('enrolment_id', '=', enrolmentId)
    .executeTakeFirstOrThrow(() => new Error(`Enrolment ${enrolmentId} was never told of move ${id}`));
  return { move, told };
}

async function lockRun(tx: Tx, id: string): Promise<{ readonly version: number; readonly state: 'running' | 'ended' }> {
  const missing = (): Error => new Error(`There is no enrolment ${id}`);
  const { customer_id } = await tx
    .selectFrom('enrolments')
    .select('customer_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(missing);
  await lockCustomer(tx, customer_id);
  return tx
    .selectFrom('enrolments')
    .select(['version', 'state'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow(missing);
}

function whyNot(
  run: { readonly version: number; readonly state: 'running' | 'ended' },
  move: { readonly from_version: number; readonly steps: readonly string[] | null },
  { step }: RunState,
): string | null {
  if (run.state === 'ended') return 'It has ended.';
  if (run.version !== move.from_version) return `It is on version ${String(run.version)} by now.`;
  return move.steps !== null && !move.steps.includes(step) ? `It has gone on to '${step}'.` : null;
}

async function versionOf(tx: Tx, journey: string, version: number): Promise<JourneyVersion> {
  const found = await journeyAt(tx, journey, version);
  if (!found) throw new Error(`There is no version ${String(version)} of journey '${journey}'`);
  return found;
}

/** What it has promised, it will have to be able to say: that it takes longer, by a template of the version it is on then. */
async function unsayable(tx: Tx, enrolmentId: string, to: JourneyVersion): Promise<string | null> {
  const open = await tx
    .selectFrom('promises')
    .select('renew')
    .where('enrolment_id', '=', enrolmentId)
    .where('state', '=', 'open')
    .where('renew', 'is not', null)
    .execute();
  if (open.length === 0) return null;
  const { templates } = await pinned(tx, to);
  const lost = open.flatMap(({ renew }) =>
    renew && !templates.data.some(({ name }) => name === renew.say) ? [renew.say] : [],
  );
  return lost[0] === undefined
    ? null
    : `It has promised something, and the template '${lost[0]}' that says it takes longer is not there.`;
}

const settle = (
  tx: Tx,
  { move, enrolmentId, now }: Told,
  state: 'moved' | 'stayed',
  because: string | null,
): Promise<unknown> =>
  tx
    .updateTable('moved_runs')
    .set({ state, because, settled_at: new Date(now) })
    .where('move_id', '=', move)
    .where('enrolment_id', '=', enrolmentId)
    .execute();
