/** Kill switches for a segment hold for whoever is in it at the moment of the question: asked only while there is such a switch. */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import type { Killed } from '../../core/budget/row.ts';
import { whereIn, type Segment } from '../audiences/audiences.ts';
import type { Database } from '../database.ts';
import type { Run } from './run.ts';

/** Words statements and sends none: the budget's own way to the database is a `Run`. */
const wording = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const prefix = 'segment:';
const found = `select name, condition from audiences where name in (select json_array_elements_text($1))`;

/** For each customer, what is switched off for them. */
export async function killedOf(
  run: Run,
  killed: Killed,
  customerIds: readonly string[],
): Promise<(customerId: string) => Killed> {
  const segments = killed.flatMap(({ scope }) => (scope.startsWith(prefix) ? [scope.slice(prefix.length)] : []));
  if (segments.length === 0) return () => killed;
  const members = new Map<string, ReadonlySet<string>>();
  for (const segment of await run<Segment>(found, [JSON.stringify(segments)]))
    members.set(`${prefix}${segment.name}`, await membersAmong(run, segment, customerIds));
  return (customerId) =>
    killed.filter(({ scope }) => !scope.startsWith(prefix) || members.get(scope)?.has(customerId) === true);
}

async function membersAmong(run: Run, segment: Segment, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = JSON.stringify([...new Set(ids)]);
  const query = sql<{ id: string }>`select c.id from customers c
    where c.id in (select json_array_elements_text(${asked}::json)) and ${whereIn(segment)}`.compile(wording);
  return new Set((await run<{ id: string }>(query.sql, query.parameters)).map(({ id }) => id));
}
