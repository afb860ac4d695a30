import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { binaryArray, type ElementType } from '../../../store/budget/binary-array.ts';
import { ownDb } from '../own-db.ts';

const db = await ownDb();

const arrays = {
  text: sql`text[]`,
  integer: sql`integer[]`,
  bigint: sql`bigint[]`,
  timestamptz: sql`timestamptz[]`,
  json: sql`json[]`,
  bytea: sql`bytea[]`,
} satisfies Record<ElementType, unknown>;

async function back(type: ElementType, values: readonly unknown[]): Promise<unknown[]> {
  const array = sql`${binaryArray(type, values)}::${arrays[type]}`;
  const { rows } = await sql<{
    v: unknown;
  }>`select v from unnest(${array}) with ordinality as x(v, n) order by n`.execute(db);
  return rows.map(({ v }) => v);
}

test.each<[ElementType, unknown[], unknown[]]>([
  ['text', ['a', '', 'größer 🙂', `"{},\\ '`, 'x'.repeat(100_000), 'é'.repeat(60), null, undefined], []],
  ['integer', [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), null], []],
  [
    'bigint',
    [0, -1, 2 ** 40, -(2 ** 40) - 1, Number.MAX_SAFE_INTEGER, null],
    ['0', '-1', `${2 ** 40}`, `${-(2 ** 40) - 1}`, `${Number.MAX_SAFE_INTEGER}`, null],
  ],
  [
    'timestamptz',
    [new Date(0), new Date(Date.UTC(2026, 10, 24, 11, 0, 0, 123)), new Date(Date.UTC(1999, 11, 31)), null],
    [],
  ],
  ['json', [{ a: ['ü', null] }, [], 'text', 1, null], []],
  ['bytea', ['line,\n', '', null], [Buffer.from('line,\n'), Buffer.from(''), null]],
])('%s comes to PostgreSQL as it is', async (type, values, expected) => {
  const same = values.map((value) => value ?? null);
  expect(await back(type, values)).toEqual(expected.length > 0 ? expected : same);
  expect(await back(type, [])).toEqual([]);
});
