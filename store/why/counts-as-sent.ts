import type { SentRule } from '../../core/budget/unknown-is-sent.ts';
import type { Db } from '../open.ts';
import { sentRuleOf } from '../sent-rule.ts';
import type { PageRow } from './page.ts';

/** From when on a touch that is unknown counts as sent, in epoch milliseconds, and who says so. */
export interface CountsAsSent extends SentRule {
  readonly at: number;
}

/** By touch, for those of a page that are unknown and have such a rule: few, and policies are remembered. */
export async function countAsSentAt(db: Db, rows: readonly PageRow[]): Promise<ReadonlyMap<string, CountsAsSent>> {
  const found = new Map<string, CountsAsSent>();
  for (const row of rows) {
    if (row.kind !== 'touch' || row.state !== 'unknown' || row.sending_at === null) continue;
    const rule = await sentRuleOf(db, row);
    if (!rule) continue;
    const { afterMs, ...stated } = rule;
    found.set(row.id, { ...stated, at: row.sending_at.getTime() + afterMs });
  }
  return found;
}
