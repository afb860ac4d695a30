import { decodeRing } from '../../../core/budget/ring.ts';
import type { Db } from '../../../store/open.ts';

/** Where customers' rows and the ledger of touches tell different stories; empty if they agree. */
export async function differences(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('budgets').select(['customer_id', 'recent', 'waiting']).execute();
  const touches = await db
    .selectFrom('touches')
    .select(['id', 'customer_id', 'state', 'cost', 'channel', 'until', 'sending_at', 'sent_at'])
    .execute();
  const inRows = new Set<string>();
  for (const { customer_id, recent, waiting } of rows) {
    for (const t of decodeRing(recent.toString()))
      inRows.add(`${customer_id} ${t.touchId} ${t.state} ${t.cost} ${t.channel} ${t.at}`);
    for (const w of waiting) inRows.add(`${customer_id} ${w.touchId} deferred`);
  }
  const inLedger = new Set<string>();
  for (const t of touches) {
    if (t.state === 'deferred') inLedger.add(`${t.customer_id} ${t.id} deferred`);
    if (!['reserved', 'sending', 'sent', 'unknown'].includes(t.state)) continue;
    const at = t.state === 'reserved' ? t.until : (t.sending_at ?? t.sent_at);
    inLedger.add(`${t.customer_id} ${t.id} ${t.state} ${t.cost} ${t.channel ?? ''} ${at?.getTime() ?? 0}`);
  }
  return [
    ...[...inRows].filter((x) => !inLedger.has(x)).map((x) => `only in the row: ${x}`),
    ...[...inLedger].filter((x) => !inRows.has(x)).map((x) => `only in the ledger: ${x}`),
  ].sort();
}

/** Where rows that customers share and the ledger tell different stories of touches that say that they count there. */
export async function sharedDifferences(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('shared_budgets').select(['key', 'recent', 'waiting']).execute();
  const touches = await db
    .selectFrom('touches')
    .select(['id', 'state', 'cost', 'until', 'sending_at', 'sent_at', 'request'])
    .execute();
  const inLedger = new Set<string>();
  for (const t of touches)
    for (const key of t.request?.countsIn ?? []) {
      if (t.state === 'deferred') inLedger.add(`${key} ${t.id} deferred`);
      if (!['reserved', 'sending', 'sent', 'unknown'].includes(t.state)) continue;
      const at = t.state === 'reserved' ? t.until : (t.sending_at ?? t.sent_at);
      inLedger.add(`${key} ${t.id} ${t.state} ${String(t.cost)} ${String(at?.getTime() ?? 0)}`);
    }
  const inRows = new Set<string>();
  const early = new Set(touches.filter((t) => t.request?.countsIn === undefined).map((t) => t.id));
  for (const { key, recent, waiting } of rows) {
    for (const t of decodeRing(recent.toString()))
      if (!early.has(t.touchId)) inRows.add(`${key} ${t.touchId} ${t.state} ${String(t.cost)} ${String(t.at)}`);
    for (const w of waiting) if (!early.has(w.touchId)) inRows.add(`${key} ${w.touchId} deferred`);
  }
  return [
    ...[...inRows].filter((x) => !inLedger.has(x)).map((x) => `only in the row: ${x}`),
    ...[...inLedger].filter((x) => !inRows.has(x)).map((x) => `only in the ledger: ${x}`),
  ].sort();
}
