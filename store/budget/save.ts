/** Writes a batch in one statement. Whatever belongs to a customer is written only if their row has still the version it was read with. */
import { encodeRing, ringChange } from '../../core/budget/ring.ts';
import type { BudgetRow, SharedRow } from '../../core/budget/row.ts';
import type { Run } from './run.ts';
import type { MadeDecision, MadeTouch, MovedTouch, Read } from './touch.ts';
import { alone, refused, sharing } from './write-statements.ts';
import { decisions, freedTouches, inColumns, moves, rows, sharedRows, touches } from './written-columns.ts';

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
  const written = await run<{ id: string }>(refused, inColumns(touches, all));
  return new Set(written.map(({ id }) => id));
}

/** Answers with the customers whose changes were written. All are sorted: customers by id, what they share by key. */
export function save(run: Run, { alone: own, sharing: units, shared }: Changes, now: number): Promise<Set<string>> {
  const won = Promise.all([
    own.length === 0 ? [] : run<Won>(alone, [...inColumns(rows, own.map(rowAfter)), ...followingValues(own, now)]),
    units.length === 0
      ? []
      : run<Won>(sharing, [
          ...inColumns(
            { ...rows, unit: 'integer' },
            units.map((change) => ({ ...rowAfter(change), unit: change.unit })),
          ),
          ...inColumns(
            { ...sharedRows, unit: 'integer' },
            shared.map(({ version, row, unit }) => ({
              key: row.key,
              kind: row.kind,
              version: version + 1,
              recent: encodeRing(row.recent),
              waiting: row.waiting,
              unit,
            })),
          ),
          ...followingValues(units, now),
        ]),
  ]);
  return won.then((all) => new Set(all.flat().map((w) => w.customer_id)));
}

interface Won {
  readonly customer_id: string;
}

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

const followingValues = (changes: readonly Change[], now: number): unknown[] => [
  ...inColumns(
    touches,
    changes.flatMap((c) => c.made),
  ),
  ...inColumns(
    touches,
    changes.flatMap((c) => c.remade),
  ),
  ...inColumns(
    decisions,
    changes.flatMap((c) => c.decisions),
  ),
  ...inColumns(
    moves,
    changes.flatMap((c) => c.moved),
  ),
  ...inColumns(
    freedTouches,
    changes.flatMap((c) => c.freed.map((touch) => ({ touch, customer_id: c.row.customerId }))),
  ),
  new Date(now),
];
