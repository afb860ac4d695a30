/** One page of what happened to a customer, in one statement: touches with all that was decided of them, notes, entries that came to nothing. */
import type { AskRecord } from '../../core/budget/touch-ask.ts';
import type { SettledBy, TouchState } from '../database.ts';
import type { Db } from '../open.ts';
import { runOn } from '../budget/run.ts';

export interface PageAsked {
  readonly limit: number;
  readonly first: 'newest' | 'oldest';
  /** The last of the page before. */
  readonly after?: { readonly at: number; readonly id: string };
}

export interface PageRow {
  readonly kind: 'touch' | 'note' | 'turned-away';
  readonly id: string;
  readonly at: Date;
  readonly zone: string | null;
  readonly journey: string | null;
  readonly version: number | null;
  readonly step: string | null;
  readonly purpose: string;
  readonly cause: string | null;
  readonly template: string | null;
  readonly made_by: 'tech' | 'human';
  readonly channel: string | null;
  readonly cost: number;
  readonly state: TouchState;
  readonly until: Date | null;
  readonly sent_at: Date | null;
  readonly receipt: string | null;
  readonly failure: string | null;
  readonly settled_by: SettledBy | null;
  readonly sending_at: Date | null;
  readonly considered: unknown;
  readonly asks: readonly DecisionRow[] | null;
  readonly broadcast: string | null;
  readonly audience: string | null;
  readonly broadcast_state: string | null;
  readonly team: string;
  readonly about: string;
  readonly due_at: Date;
  readonly told_at: Date | null;
  readonly because: string;
  readonly again_at: Date | null;
}
export interface DecisionRow {
  readonly ask: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly decided: string;
  readonly because: string | null;
  readonly explanation: AskRecord;
}

// The instant bounds the index, the id only sorts what came at one instant: a row comparison would not be used by a plan that is
// made without its values. Each source gives a page at most, so a long history costs no more than a short one.
const source = (
  kind: PageRow['kind'],
  table: string,
  at: string,
  [order, beyond]: readonly [string, string],
): string => `
    (select '${kind}' as kind, id, ${at} as at from ${table}
      where customer_id = $1 and ${at} ${beyond}= $2 and (${at} ${beyond} $2 or id ${beyond} $3)
      order by ${at} ${order}, id ${order} limit $4)`;

const statement = (way: readonly [string, string]): string => `
  with page as (
    select kind, id, at from (${source('touch', 'touches', 'asked_at', way)}
    union all ${source('note', 'notes', 'made_at', way)}
    union all ${source('turned-away', 'turned_away', 'at', way)}
    ) all_of_them order by at ${way[0]}, id ${way[0]} limit $4
  )
  select p.kind, p.id, p.at, (select gates ->> 'zone' from budgets where customer_id = $1) as zone,
    coalesce(t.journey, e.journey, a.journey) as journey, coalesce(t.version, e.version) as version, coalesce(t.step, n.step) as step,
    t.purpose, t.cause, t.template, t.made_by, t.channel, t.cost, t.state, t.until, t.sent_at, t.receipt, t.failure, t.settled_by, t.sending_at, t.considered,
    d.asks, b.id as broadcast, b.audience, b.state as broadcast_state,
    n.team, n.about, n.due_at, n.told_at, a.because, a.until as again_at
  from page p
    left join touches t on p.kind = 'touch' and t.id = p.id
    left join lateral (
      select json_agg(json_build_object('ask', ask, 'at', (extract(epoch from d.at) * 1000)::bigint, 'decided', decided,
        'because', because, 'explanation', explanation) order by ask, d.at) as asks
      from asks d where p.kind = 'touch' and d.touch_id = p.id
    ) d on true
    left join broadcasts b on t.enrolment_id is null and b.id = split_part(p.id, '.', 1)
    left join notes n on p.kind = 'note' and n.id = p.id
    left join enrolments e on e.id = n.enrolment_id
    left join turned_away a on p.kind = 'turned-away' and a.id = p.id
  order by p.at ${way[0]}, p.id ${way[0]}`;

const statements = { newest: statement(['desc', '<']), oldest: statement(['asc', '>']) };

/** One row more than `limit` says that there are more. */
export const pageOf = (db: Db, customerId: string, { limit, first, after }: PageAsked): Promise<PageRow[]> =>
  runOn(db)<PageRow>(statements[first], [
    customerId,
    after ? new Date(after.at).toISOString() : first === 'newest' ? 'infinity' : '-infinity',
    after?.id ?? '',
    limit + 1,
  ]);
