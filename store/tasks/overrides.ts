import type { Db } from '../open.ts';
import type { HumanWarning } from './override.ts';

export interface Override {
  readonly touchId: string;
  readonly customerId: string;
  readonly agent: string;
  readonly warnings: readonly HumanWarning[];
  readonly why: string;
  readonly at: number;
}

/** Newest first; `after` is the last one of the page before. */
export async function listOverrides(
  db: Db,
  query: {
    readonly of: string | null;
    readonly after: { readonly at: number; readonly touchId: string } | null;
    readonly limit: number;
  },
): Promise<Override[]> {
  const { of, after, limit } = query;
  let rows = db
    .selectFrom('overrides')
    .select(['touch_id', 'customer_id', 'agent', 'warnings', 'why', 'at'])
    .orderBy('at', 'desc')
    .orderBy('touch_id', 'desc')
    .limit(limit);
  if (of !== null) rows = rows.where('customer_id', '=', of);
  if (after)
    rows = rows.where((eb) => eb(eb.refTuple('at', 'touch_id'), '<', eb.tuple(new Date(after.at), after.touchId)));
  return (await rows.execute()).map(({ touch_id, customer_id, at, ...row }) => ({
    ...row,
    touchId: touch_id,
    customerId: customer_id,
    at: at.getTime(),
  }));
}
