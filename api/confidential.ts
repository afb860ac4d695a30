/** What stands before everything that was said: a confidential conversation is read by its people, and each look is written down first. */
import type { FastifyRequest } from 'fastify';
import { confidenceOf, type Confidence } from '../store/confidence/confidence.ts';
import { logReading } from '../store/confidence/readings.ts';
import type { Db } from '../store/open.ts';
import { actorOf } from './authenticate.ts';
import { Problem } from './problems.ts';

const names = ({ people }: Confidence): string =>
  people.map(({ agent }) => agent).join(', ') || 'nobody: a lead can let somebody in';

/** Whether the caller may read what was said; an API key is nobody's, and may not. */
export async function mayRead(db: Db, request: FastifyRequest, customerId: string, now: number): Promise<boolean> {
  return (await looked(db, request, customerId, now)) === null;
}

export async function refuseConfidential(db: Db, request: FastifyRequest, id: string, now: number): Promise<void> {
  const closed = await looked(db, request, id, now);
  if (closed !== null)
    throw new Problem('confidential', `The conversation with '${id}' is read by its people only: ${names(closed)}.`);
}

/** Null: they may. Not confidential, it is nobody's business who reads. */
async function looked(db: Db, request: FastifyRequest, customerId: string, now: number): Promise<Confidence | null> {
  const confidence = await confidenceOf(db, customerId);
  if (confidence === null) return null;
  const reader = request.caller?.person?.name;
  const wasLet = reader !== undefined && confidence.people.some(({ agent }) => agent === reader);
  await logReading(db, { customerId, reader: reader ?? `key ${actorOf(request)}`, wasLet, now });
  return wasLet ? null : confidence;
}
