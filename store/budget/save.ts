/** Writes a batch in one statement. Whatever belongs to a customer is written only if their row has still the version it was read with. */
import { encodeRing, ringChange } from '../../core/budget/ring.ts';
import type { BudgetRow, SharedRow } from '../../core/budget/row.ts';
import type { Run } from './run.ts';
import type { MadeDecision, MadeTouch, MovedTouch, Read } from './touch.ts';
import {
  followers,
  noLimit,
  refused,
  rowsOf,
  sharedRowsOf,
  writing,
  type Follower,
  type Kind,
} from './write-statements.ts';
import { inColumns, touches, type Types } from './written-columns.ts';

export interface Change {
  readonly read: Read;
  readonly row: BudgetRow;
  readonly made: readonly MadeTouch[];
  readonly remade: readonly MadeTouch[];
  readonly moved: readonly MovedTouch[];
  readonly decisions: readonly MadeDecision[];
  readonly freed: readonly string[];
  /** Whoever changed a shared row in common has the same number; null: nothing shared was changed. */
  readonly unit: number | null;
}
export interface SharedChange {
  /** As it was read. */
  readonly version: number;
  readonly row: SharedRow;
  readonly unit: number;
}
/** What is written of a batch: customers who changed nothing shared, and those who did, with what they share. */
export interface Changes {
  readonly alone: readonly Change[];
  readonly sharing: readonly Change[];
  readonly shared: readonly SharedChange[];
}

/** Answers with the ids of those that were written. */
export async function saveRefused(run: Run, all: readonly MadeTouch[]): Promise<Set<string>> {
  const written = await run<{ id: string }>(refused, [noLimit, ...inColumns(touches, all)]);
  return new Set(written.map(({ id }) => id));
}

/** Answers with the customers whose changes were written. All are sorted: customers by id, what they share by key. */
export function save(run: Run, { alone, sharing, shared }: Changes, now: number): Promise<Set<string>> {
  const won = Promise.all([
    alone.length === 0 ? [] : write(run, 'alone', inColumns(rowsOf.alone, alone.map(rowAfter)), alone, now),
    sharing.length === 0 ? [] : write(run, 'sharing', sharedValues(sharing, shared), sharing, now),
  ]);
  return won.then((all) => new Set(all.flat().map((w) => w.customer_id)));
}

interface Won {
  readonly customer_id: string;
}

function write(run: Run, kind: Kind, rows: readonly Buffer[], all: readonly Change[], now: number): Promise<Won[]> {
  const also: Follower[] = [];
  const values: unknown[] = [noLimit, ...rows];
  for (const [follower, valuesOf] of following) {
    const some = valuesOf(all, now);
    if (some.length === 0) continue;
    also.push(follower);
    values.push(...some);
  }
  return run<Won>(writing(kind, also), values);
}

const ifAny = <C extends Types>(columns: C, all: readonly { readonly [K in keyof C]: unknown }[]): Buffer[] =>
  all.length === 0 ? [] : inColumns(columns, all);

/** None: there is nothing of it. */
const following = Object.entries({
  made: (all) =>
    ifAny(
      followers.made,
      all.flatMap((c) => c.made),
    ),
  remade: (all) =>
    ifAny(
      followers.remade,
      all.flatMap((c) => c.remade),
    ),
  decided: (all) =>
    ifAny(
      followers.decided,
      all.flatMap((c) => c.decisions),
    ),
  moved: (all) =>
    ifAny(
      followers.moved,
      all.flatMap((c) => c.moved),
    ),
  freed(all, now) {
    const freed = all.flatMap((c) => c.freed.map((touch) => ({ touch, customer_id: c.row.customerId })));
    return freed.length === 0 ? [] : [...inColumns(followers.freed, freed), new Date(now)];
  },
} satisfies Record<Follower, (all: readonly Change[], now: number) => unknown[]>) as [
  Follower,
  (all: readonly Change[], now: number) => unknown[],
][];

const sharedValues = (changes: readonly Change[], shared: readonly SharedChange[]): Buffer[] => [
  ...inColumns(
    rowsOf.sharing,
    changes.map((change) => ({ ...rowAfter(change), unit: change.unit })),
  ),
  ...inColumns(sharedRowsOf, shared.map(sharedAfter)),
];

function rowAfter({ row, read }: Change) {
  const { from, length, added } = ringChange(read.lines, read.recent, row.recent);
  return {
    customer_id: row.customerId,
    version: read.version + 1,
    kept_from: from + 1,
    kept: length,
    recent: added,
    waiting: row.waiting,
  };
}

const sharedAfter = ({ version, row, unit }: SharedChange) => ({
  key: row.key,
  kind: row.kind,
  version: version + 1,
  recent: encodeRing(row.recent),
  waiting: row.waiting,
  unit,
});
