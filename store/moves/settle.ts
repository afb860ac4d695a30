/** A run that was told of a move waits, and asks what it shall do. Asked again after a crash, it hears the same. */
import type { Journey } from '../../core/journey/table.ts';
import { moveState, type Landing } from '../../core/run/move-state.ts';
import type { RunState } from '../../core/run/types.ts';
import { journeyAt, pinned, type JourneyVersion } from '../journeys.ts';
import { lockCustomer } from '../lock-customer.ts';
import type { Db, Tx } from '../open.ts';

export interface MoveAnswered {
  readonly move: string;
  readonly enrolmentId: string;
  /** As it waits, on the old version. */
  readonly state: RunState;
  readonly now: number;
}
export type MoveSettled =
  | { readonly is: 'moved'; readonly version: number; readonly definition: Journey; readonly landing: Landing }
  | { readonly is: 'stays'; readonly because: string };

export const settleMove = (db: Db, asked: MoveAnswered): Promise<MoveSettled> =>
  db.transaction().execute(async (tx) => {
    const { move: id, enrolmentId, state, now } = asked;
    const move = await tx
      .selectFrom('moves')
      .select(['journey', 'from_version', 'to_version', 'map', 'steps'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(() => new Error(`There is no move '${id}'`));
    const run = await lockRun(tx, enrolmentId);
    const told = await tx
      .selectFrom('moved_runs')
      .select(['state', 'because'])
      .where('move_id', '=', id)
      .where('enrolment_id', '=', enrolmentId)
      .executeTakeFirstOrThrow(() => new Error(`Enrolment ${enrolmentId} was never told of move ${id}`));
    if (told.state === 'stayed') return { is: 'stays', because: told.because ?? '' };
    const from = await versionOf(tx, move.journey, move.from_version);
    const to = await versionOf(tx, move.journey, move.to_version);
    const moved = moveState({ from: from.definition, to: to.definition, map: move.map, now }, state);
    // It was moved, and died before it knew: what it was then is what it is now.
    if (told.state === 'told') {
      const because =
        run.state !== 'running'
          ? 'It has ended.'
          : run.version !== move.from_version
            ? `It is on version ${String(run.version)} by now.`
            : move.steps !== null && !move.steps.includes(state.step)
              ? `It has gone on to '${state.step}'.`
              : moved.ok
                ? await unsayable(tx, enrolmentId, to)
                : moved.because;
      await settle(tx, asked, because);
      if (because !== null) return { is: 'stays', because };
    }
    if (!moved.ok)
      throw new Error(`Enrolment ${enrolmentId} was moved by ${id}, and could not have been: ${moved.because}`);
    const { state: landed, enter, reckon } = moved;
    if (told.state === 'told')
      await tx
        .updateTable('enrolments')
        .set({ version: move.to_version, step: enter ?? landed.step })
        .where('id', '=', enrolmentId)
        .execute();
    return {
      is: 'moved',
      version: move.to_version,
      definition: to.definition,
      landing: { state: landed, enter, reckon },
    };
  });

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

const settle = (tx: Tx, { move, enrolmentId, now }: MoveAnswered, because: string | null): Promise<unknown> =>
  tx
    .updateTable('moved_runs')
    .set({ state: because === null ? 'moved' : 'stayed', because, settled_at: new Date(now) })
    .where('move_id', '=', move)
    .where('enrolment_id', '=', enrolmentId)
    .execute();
