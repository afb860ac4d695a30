import { sql } from 'kysely';
import type { Gates } from '../../core/budget/row.ts';
import type { Tx } from '../open.ts';

/** Where one record's no outweighs the other's yes, the last word on record is that no. */
export async function writeRefusals(
  tx: Tx,
  { from, into, gates, actor, now }: { from: string; into: string; gates: Gates; actor: string; now: number },
): Promise<number> {
  const { rows } = await sql<{ channel: Gates['consents'][number]['channel']; purpose: string }>`
    select distinct channel, purpose from consents where customer_id in (${from}, ${into}) and granted`.execute(tx);
  const refused = rows.filter(({ channel, purpose }) =>
    gates.consents.some((c) => c.channel === channel && c.purpose === purpose && !c.granted),
  );
  if (refused.length === 0) return 0;
  await tx
    .insertInto('consents')
    .values(
      refused.map(({ channel, purpose }) => ({
        customer_id: into,
        channel,
        purpose,
        granted: false,
        source: `merged with ${from}: one of both records says no`,
        proof: null,
        actor,
        at: new Date(now),
      })),
    )
    .execute();
  return refused.length;
}
