/** The configuration as a command needs it, or a refusal that names every fault of it. */
import { faultLines, readConfig, type Config } from '../../config/config.ts';
import { misused } from '../refusal.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** With a database named. */
export type DatabaseConfig = Config & { readonly databaseUrl: string };

export function neededConfig(env: Environment): Config {
  const read = readConfig(env);
  if (read.ok) return read.config;
  const lines = faultLines(read.faults);
  throw misused(
    'The environment cannot be used as it is.',
    read.faults.map((parts, i) => ({ says: lines[i] ?? parts.mend, parts: { ...parts } })),
  );
}

export function withDatabase(config: Config): DatabaseConfig {
  const { databaseUrl } = config;
  if (databaseUrl !== null) return { ...config, databaseUrl };
  throw misused(
    'DATABASE_URL is not set: this command works on the database itself. Set it, such as postgres://user:password@host:5432/database.',
  );
}
