/** What a journey's splits have shown, over all its versions: a customer falls to the same way in each. */
import { sql } from 'kysely';
import { wilson, type Rate } from '../../core/split.ts';
import type { Db } from '../open.ts';

export interface ArmResult extends Rate {
  readonly arm: string;
  readonly customers: number;
  readonly goalsMet: number;
}
export interface SplitResult {
  readonly step: string;
  readonly arms: readonly ArmResult[];
}

/** By step and arm, by name. Whoever went through twice counts once. */
export async function splitResults(db: Db, journey: string): Promise<SplitResult[]> {
  const rows = await db
    .selectFrom('splits')
    .select(['step', 'arm'])
    .select(sql<string>`count(distinct customer_id)`.as('customers'))
    .select(sql<string>`count(distinct customer_id) filter (where goal_met_at is not null)`.as('met'))
    .where('journey', '=', journey)
    .groupBy(['step', 'arm'])
    .orderBy('step')
    .orderBy('arm')
    .execute();
  const steps = [...new Set(rows.map((row) => row.step))];
  return steps.map((step) => ({
    step,
    arms: rows
      .filter((row) => row.step === step)
      .map(({ arm, customers, met }) => ({
        arm,
        customers: Number(customers),
        goalsMet: Number(met),
        ...wilson(Number(met), Number(customers)),
      })),
  }));
}
