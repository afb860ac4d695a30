/** Whom a task is suggested to, decided as it is asked for and kept with it. */
import { createHash } from 'node:crypto';
import { heldOutUsually, isHeldOut } from '../../core/routing/hold-out.ts';
import { route, type Reason } from '../../core/routing/route.ts';
import { latestDefinition } from '../definitions.ts';
import type { Tx } from '../open.ts';
import { needOf } from './need.ts';
import { onShift } from './on-shift.ts';

export interface Suggested {
  readonly agent: string;
  readonly reasons: readonly Reason[];
}
export interface RoutedTask {
  readonly id: string;
  readonly customerId: string;
  readonly askedTeam: string;
  readonly askedPerson: string | null;
}

/** Null: it is suggested to nobody. In the transaction that asks for somebody, after the row and its reasons are written. */
export async function routeTask(tx: Tx, task: RoutedTask, isNew = false): Promise<Suggested | null> {
  const found = await suggestionFor(tx, task);
  if (found === null && isNew) return null;
  const isKept = found !== null && (await isKeptBack(tx, task));
  await tx
    .updateTable('tasks')
    .set({
      routed_to: found?.agent ?? null,
      routed_because: found && JSON.stringify(found.reasons),
      held_out: isKept,
    })
    .where('id', '=', task.id)
    .execute();
  return isKept ? null : found;
}

async function suggestionFor(tx: Tx, task: RoutedTask): Promise<Suggested | null> {
  // Who is asked by name needs no suggestion.
  if (task.askedPerson !== null) return null;
  const people = await onShift(tx, task.askedTeam);
  if (people.length === 0) return null;
  const routed = route(await needOf(tx, task), people, drawOf('who', task.id));
  return routed.is === 'suggested' ? { agent: routed.agent, reasons: routed.reasons } : null;
}

async function isKeptBack(tx: Tx, { id, askedTeam }: RoutedTask): Promise<boolean> {
  const words = (await latestDefinition(tx, 'words'))?.data;
  return isHeldOut(drawOf('hold-out', id), words?.teams[askedTeam]?.holdOut ?? heldOutUsually);
}

/** A task's id is random, so what is drawn from it is; and drawn again it is the same. */
const drawOf = (what: string, id: string): number =>
  createHash('sha256').update(`${what}:${id}`).digest().readUInt32BE(0) / 2 ** 32;
