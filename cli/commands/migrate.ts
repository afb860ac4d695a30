import { migrate } from '../../store/migrate.ts';
import { neededConfig, withDatabase } from '../assemble/needed-config.ts';
import { asReachable, openBare } from '../assemble/open-store.ts';
import { printJson, type Io } from '../io.ts';
import type { JsonOption } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

/** Several may run at once: one works, the others wait. */
export async function migrateSchema(io: Io, { json }: JsonOption): Promise<ExitCode> {
  const config = withDatabase(neededConfig(io.env));
  const schema = config.databaseSchema;
  const db = openBare(config);
  try {
    const applied = await asReachable(config, () => migrate(db, schema));
    if (json) printJson(io, { schema, applied });
    else if (applied.length === 0) io.out(`The schema '${schema}' is up to date: nothing was to be done.`);
    else io.out(`The schema '${schema}' is up to date: ${applied.join(', ')} applied.`);
    return 0;
  } finally {
    await db.destroy();
  }
}
