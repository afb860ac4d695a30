import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { openDatabase, type Db } from '../../store/open.ts';
import { testSchema } from './running.ts';

export interface OwnDatabase {
  /** Opened on the schema `righttouch`. */
  db: Db;
  url: string;
  drop(): Promise<void>;
}

/** A migrated database of the test file's own. Drop it in `afterAll`. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const base = process.env['RT_PG'];
  if (base === undefined)
    throw new Error('RT_PG is not set: this test needs the servers, run it in the project `servers`');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = openDatabase(base, { schema: 'public', max: 1 });
  await sql`create database ${sql.id(name)} template template_rt strategy file_copy`.execute(admin);
  const url = base.replace(/\/postgres$/, `/${name}`);
  const db = openDatabase(url, { schema: testSchema });
  return {
    db,
    url,
    async drop() {
      await db.destroy();
      await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
      await admin.destroy();
    },
  };
}
