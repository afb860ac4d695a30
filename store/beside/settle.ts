import { callWorkflows } from '../outbox.ts';
import type { Tx } from '../open.ts';
import { hangingOn, type ForBeside } from './hanging.ts';
import { moveNotes, movePromises } from './move.ts';

/** Inside a transaction that holds the customer. */
export async function settleBeside(tx: Tx, event: ForBeside): Promise<void> {
  const { kept, movedPromises, movedNotes, goals } = await hangingOn(tx, event);
  if (kept.length > 0) await keepPromises(tx, kept, event.now);
  const moved = { root: event.type, values: event.data, now: event.now };
  if (movedPromises.length > 0) await movePromises(tx, movedPromises, moved);
  if (movedNotes.length > 0) await moveNotes(tx, movedNotes, moved);
  if (goals.length > 0) await meetGoals(tx, goals, event);
}

async function keepPromises(tx: Tx, ids: readonly string[], now: number): Promise<void> {
  await tx
    .updateTable('promises')
    .set((eb) => ({ state: 'kept', deadline_at: null, settled_at: new Date(now), version: eb('version', '+', 1) }))
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .where('state', '=', 'open')
    .execute();
  await callWorkflows(
    tx,
    ids.map((ref) => ({ kind: 'promise', ref })),
    now,
  );
}

async function meetGoals(tx: Tx, enrolments: readonly string[], { type, now }: ForBeside): Promise<void> {
  await tx
    .updateTable('splits')
    .set({ goal_met_at: new Date(now) })
    .where((eb) => eb('enrolment_id', '=', eb.fn.any(eb.val([...enrolments]))))
    .where('goal', '=', type)
    .where('goal_met_at', 'is', null)
    .execute();
}
