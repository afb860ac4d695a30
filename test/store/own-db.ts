import { afterAll } from '@jest/globals';
import type { Db } from '../../store/open.ts';
import { ownDatabase } from '../servers/database.ts';

/** The test file's own database, dropped when its tests are over. */
export async function ownDb(): Promise<Db> {
  const { db, drop } = await ownDatabase();
  afterAll(drop);
  return db;
}
