/** The one row that says how the engine's time runs. It is written when a schema is first used, and by the demo. */
import type { ClockSpec } from '../core/clock.ts';
import type { Db } from './open.ts';

/** The clock of this schema; the real one is written if there is none. `realNow` is epoch milliseconds of the machine's clock. */
export async function readClock(db: Db, realNow: number): Promise<ClockSpec> {
  const at = new Date(realNow);
  await db
    .insertInto('clock')
    .values({ real_anchor: at, virtual_anchor: at, rate: 1 })
    .onConflict((c) => c.doNothing())
    .execute();
  const row = await db.selectFrom('clock').select(['real_anchor', 'virtual_anchor', 'rate']).executeTakeFirstOrThrow();
  return { realAnchor: row.real_anchor.getTime(), virtualAnchor: row.virtual_anchor.getTime(), rate: row.rate };
}

/** For a schema that no run lives in yet, or whose runs have ended: what is stored keeps its instants. */
export async function setClock(db: Db, spec: ClockSpec): Promise<void> {
  if (!(spec.rate > 0) || !Number.isFinite(spec.rate))
    throw new RangeError(`The clock's rate is ${String(spec.rate)}; it should be above 0, such as 1`);
  const row = {
    real_anchor: new Date(spec.realAnchor),
    virtual_anchor: new Date(spec.virtualAnchor),
    rate: spec.rate,
  };
  await db
    .insertInto('clock')
    .values(row)
    .onConflict((c) => c.column('only').doUpdateSet(row))
    .execute();
}
