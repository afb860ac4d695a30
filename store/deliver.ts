/** Numbering what reaches an enrolment: 1, 2, 3 … without gaps, in the order in which transactions hold its row. */
import type { DeliveryBody } from '../core/run/inputs.ts';
import type { Tx } from './open.ts';
import { callWorkflows } from './outbox.ts';

export interface Target {
  readonly enrolmentId: string;
  readonly body: DeliveryBody;
}
export interface Numbered {
  readonly enrolmentId: string;
  readonly number: number;
}

/** One delivery for each target that is still running; its workflow is told through the outbox. */
export async function deliver(
  tx: Tx,
  targets: readonly Target[],
  { eventId, at, now }: { readonly eventId: string | null; readonly at: number; readonly now: number },
): Promise<Numbered[]> {
  if (targets.length === 0) return [];
  const bodies = new Map(targets.map((target) => [target.enrolmentId, target.body]));
  const numbered = await tx
    .updateTable('enrolments')
    .set((eb) => ({ delivered: eb('delivered', '+', 1) }))
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...bodies.keys()].sort()))))
    .where('state', '=', 'running')
    .returning(['id', 'delivered'])
    .execute();
  if (numbered.length === 0) return [];
  await tx
    .insertInto('deliveries')
    .values(
      numbered.map(({ id, delivered }) => ({
        enrolment_id: id,
        number: delivered,
        kind: kindOf(bodies, id),
        body: JSON.stringify(bodies.get(id)),
        event_id: eventId,
        at: new Date(at),
      })),
    )
    .execute();
  await callWorkflows(
    tx,
    numbered.map(({ id }) => ({ kind: 'enrolment', ref: id })),
    now,
  );
  return numbered.map(({ id, delivered }) => ({ enrolmentId: id, number: delivered }));
}

function kindOf(bodies: ReadonlyMap<string, DeliveryBody>, id: string): DeliveryBody['kind'] {
  const body = bodies.get(id);
  if (!body) throw new Error(`Enrolment ${id} was given a number although nothing was for it`);
  return body.kind;
}
