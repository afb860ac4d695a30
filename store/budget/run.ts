import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../open.ts';

/** A statement of the budget. The name makes it a prepared one. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}
export type Run = <Row extends object>(statement: Statement, values: readonly unknown[]) => Promise<Row[]>;

/**
 * On a pool, statements are named: each connection parses and plans them once, which is a fifth of the time of a small
 * batch (bench/). Within others' transactions they are not.
 */
export const onPool =
  (pool: pg.Pool): Run =>
  async <Row extends object>({ name, text }: Statement, values: readonly unknown[]): Promise<Row[]> =>
    (await pool.query<Row>({ name, text, values: [...values] })).rows;

export const inTransaction =
  (tx: Tx): Run =>
  async <Row extends object>({ text }: Statement, values: readonly unknown[]): Promise<Row[]> =>
    (await tx.executeQuery(CompiledQuery.raw(text, [...values]))).rows as Row[];
