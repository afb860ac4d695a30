import { sql } from 'kysely';
import type { Tx } from '../open.ts';
import { expired } from './reserve.ts';

/**
 * Touches whose places this transaction has taken out of their customer's row: each is as one that was not sent in its time. Whoever comes to
 * send it finds that, and asks again.
 */
export async function giveBackAll(tx: Tx, touchIds: readonly string[], now: number): Promise<void> {
  if (touchIds.length === 0) return;
  await sql`update touches set state = 'withdrawn', failure = ${expired}, settled_at = ${new Date(now)}
    where id = any(${[...touchIds]}::text[]) and state = 'reserved'`.execute(tx);
}
