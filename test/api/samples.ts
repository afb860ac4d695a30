/** The sample journeys, as somebody publishes them. */
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { loadProject } from '../../cli/load-project.ts';
import type { Db } from '../../store/open.ts';
import type { OwnApi } from './own-api.ts';

type Json = Record<string, unknown>;
export interface Bundle {
  words: Json;
  policy: Json;
  templates: Json[];
  journeys: { definition: Json; version?: number }[];
}

const folder = fileURLToPath(new URL('../../journeys/', import.meta.url));

/** A copy of its own, to be spoilt. */
export async function samples(): Promise<Bundle> {
  const { words, policy, templates, journeys } = await loadProject(folder);
  const bundle = { words, policy, templates, journeys: journeys.map((definition) => ({ definition })) };
  return JSON.parse(JSON.stringify(bundle)) as Bundle;
}

export async function publishSamples(api: OwnApi): Promise<void> {
  const answer = await api.call('POST', '/v1/journeys', { body: await samples() });
  if (answer.status !== 200) throw new Error(`The samples were not published: ${answer.text}`);
}

/** Rows of each table: what a refused request must leave as it was. Outside a refusal's reach: nothing. */
export async function rowsOf(db: Db): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema() order by 1`.execute(
    db,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(name)}`.execute(db);
    counts[name] = Number(rows[0]?.count);
  }
  return counts;
}
