/** A cursor is the sort key of the last row of a page: pages stay right while rows come and go. Opaque to callers. */
import { Problem } from './problems.ts';

type Part = string | number;

export const cursorOf = (...key: Part[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key behind `after`, with as many parts as there are `kinds`, or null for the first page. */
export function readCursor(after: string | undefined, kinds: readonly ('string' | 'number')[]): Part[] | null {
  if (after === undefined) return null;
  const key = parse(after);
  if (Array.isArray(key) && key.length === kinds.length && kinds.every((kind, i) => typeof key[i] === kind)) {
    return key as Part[]; // Each part was just held against its kind.
  }
  throw new Problem('unknown-name', 'This cursor is none of ours.', [
    { field: 'query.after', expected: '`next` of the page before', mend: 'Start again without `after`.' },
  ]);
}

function parse(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** One page of `limit` out of `limit + 1` rows: the further row says only that there is more. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  key: (row: Row) => Part[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursorOf(...key(last)) : null };
}
