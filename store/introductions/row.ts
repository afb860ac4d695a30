import type { Db } from '../open.ts';

export interface StoredIntroduction {
  readonly id: string;
  readonly customerId: string;
  readonly agent: string;
  readonly taskId: string;
  readonly kind: 'introduction' | 'correction';
  readonly insteadOf: string | null;
  readonly whenAt: number | null;
  readonly state: 'asked' | 'waiting' | 'placed' | 'none';
  readonly because: string | null;
  readonly ask: number;
  readonly askAt: number | null;
  readonly card: string;
  readonly cardUntil: number;
  readonly at: number;
}

/** The touch that it is. */
export const touchIdOf = (id: string): string => `introduction/${id}`;
export const introductionIn = (touchId: string): string | null => /^introduction\/(i_\w+)$/.exec(touchId)?.[1] ?? null;

export const introductionRows = (db: Db) =>
  db
    .selectFrom('introductions')
    .select(['id', 'customer_id', 'agent', 'task_id', 'kind', 'instead_of', 'when_at', 'state', 'because', 'ask'])
    .select(['ask_at', 'card', 'card_until', 'at']);
type Row = Awaited<ReturnType<ReturnType<typeof introductionRows>['executeTakeFirstOrThrow']>>;

export const readIntroduction = (row: Row): StoredIntroduction => ({
  id: row.id,
  customerId: row.customer_id,
  agent: row.agent,
  taskId: row.task_id,
  kind: row.kind,
  insteadOf: row.instead_of,
  whenAt: row.when_at?.getTime() ?? null,
  state: row.state,
  because: row.because,
  ask: row.ask,
  askAt: row.ask_at?.getTime() ?? null,
  card: row.card,
  cardUntil: row.card_until.getTime(),
  at: row.at.getTime(),
});

export async function introductionsOf(
  db: Db,
  of: { readonly taskId: string } | { readonly customerId: string },
): Promise<StoredIntroduction[]> {
  const rows = introductionRows(db);
  const found = 'taskId' in of ? rows.where('task_id', '=', of.taskId) : rows.where('customer_id', '=', of.customerId);
  return (await found.orderBy('number').execute()).map(readIntroduction);
}

export async function getIntroduction(db: Db, id: string): Promise<StoredIntroduction | null> {
  const row = await introductionRows(db).where('id', '=', id).executeTakeFirst();
  return row ? readIntroduction(row) : null;
}
