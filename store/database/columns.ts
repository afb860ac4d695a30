/** How kinds of columns are read and written. */
import type { ColumnType } from 'kysely';

export type Instant = ColumnType<Date, Date, Date>;
export type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** Read as what it holds, written as its text. */
export type Json<T> = ColumnType<T, string, string>;
