import { CompiledQuery } from 'kysely';
import type { Db } from '../open.ts';

/**
 * The budget's statements are written out: what makes them fast cannot be said in Kysely. They list their columns, so that the
 * connection (`store/open`) prepares them by name: parsing and planning would take longer than a small batch.
 */
export type Run = <Row extends object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

export const runOn =
  (db: Db): Run =>
  async <Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> =>
    (await db.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[];
