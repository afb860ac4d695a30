/** Who an audience is, before anybody is written to. */
import { sql, type RawBuilder } from 'kysely';
import type { Channel } from '../../core/journey/channels.ts';
import type { ConditionData } from '../../core/journey/table.ts';
import type { Db } from '../open.ts';
import { hasConsent, whereHolds } from './condition.ts';
import { whereIn, type Segment } from './audiences.ts';

export interface Asked {
  readonly purpose: string;
  /** In order; the channels that the touch may use. */
  readonly channels: readonly Channel[];
  /** The entry's own condition, on the customer's record. */
  readonly only?: ConditionData;
}
export interface Preview {
  readonly count: number;
  /** The first few, by id. */
  readonly ids: readonly string[];
  /** For each channel of the journey's reach, and for any of them. Nothing else is asked here: guards, hours and budgets are when it is sent. */
  readonly reach?: {
    readonly any: number;
    readonly channels: readonly {
      readonly channel: Channel;
      readonly address: number;
      readonly consent: number;
      readonly both: number;
    }[];
  };
}

const few = 10;

export async function previewAudience(db: Db, audience: Segment, asked: Asked | null): Promise<Preview> {
  const inIt = asked?.only ? sql`${whereIn(audience)} and ${whereHolds(asked.only)}` : whereIn(audience);
  const { rows: first } = await sql<{ id: string }>`
    select c.id from customers c where ${inIt} order by c.id limit ${few}`.execute(db);
  const ids = first.map((row) => row.id);
  const channels = asked?.channels ?? [];
  if (!asked || channels.length === 0) {
    const { rows } = await sql<{ count: string }>`select count(*) from customers c where ${inIt}`.execute(db);
    return { count: Number(rows[0]?.count ?? 0), ids };
  }
  const each = channels.map((channel, at) => {
    const address = sql`exists (select 1 from addresses a where a.customer_id = c.id and a.channel = ${channel})`;
    const consent = hasConsent(sql`${channel}`, asked.purpose);
    return sql`${address} as ${sql.ref(`a${String(at)}`)}, ${consent} as ${sql.ref(`c${String(at)}`)}`;
  });
  const counts = channels.map((_, at) => {
    const [a, c] = [sql.ref(`a${String(at)}`), sql.ref(`c${String(at)}`)];
    return sql`count(*) filter (where ${a}) as ${sql.ref(`n_a${String(at)}`)},
      count(*) filter (where ${c}) as ${sql.ref(`n_c${String(at)}`)},
      count(*) filter (where ${a} and ${c}) as ${sql.ref(`n_b${String(at)}`)}`;
  });
  const both = (at: number): RawBuilder<unknown> =>
    sql`(${sql.ref(`a${String(at)}`)} and ${sql.ref(`c${String(at)}`)})`;
  const any = sql.join(
    channels.map((_, at) => both(at)),
    sql` or `,
  );
  const { rows } = await sql<Record<string, string>>`
    select count(*) as count, count(*) filter (where ${any}) as any, ${sql.join(counts)}
    from (select ${sql.join(each)} from customers c where ${inIt}) as who`.execute(db);
  const counted = rows[0] ?? {};
  const number = (name: string): number => Number(counted[name] ?? 0);
  return {
    count: number('count'),
    ids,
    reach: {
      any: number('any'),
      channels: channels.map((channel, at) => ({
        channel,
        address: number(`n_a${String(at)}`),
        consent: number(`n_c${String(at)}`),
        both: number(`n_b${String(at)}`),
      })),
    },
  };
}
