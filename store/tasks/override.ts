/** What a person does although they were warned: it goes through with a reason, which designers read, and not without. */
import type { Tx } from '../open.ts';

/** What they should know before they go on: a gate or a limit that a machine would have heeded, or somebody who is at it. */
export interface HumanWarning {
  readonly gate: string;
  readonly rule: string;
  /** Of a colleague: since when. An instant as JSON has it. */
  readonly since?: string;
}
/** Nothing was counted: they may go on, and say why. */
export interface Warned {
  readonly is: 'warned';
  readonly warnings: readonly HumanWarning[];
}

/** Thrown to take back what was counted; it never leaves this file. */
class Unreasoned extends Error {
  readonly warnings: readonly HumanWarning[];
  constructor(warnings: readonly HumanWarning[]) {
    super('warned');
    this.warnings = warnings;
  }
}

/** `work` in a transaction of its own, which keeps nothing if it came to warnings that nobody gave a reason against. */
export async function unlessWarned<T>(work: () => Promise<T>): Promise<T | Warned> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreasoned) return { is: 'warned', warnings: error.warnings };
    throw error;
  }
}

export interface OverrideMade {
  readonly touchId: string;
  readonly customerId: string;
  readonly agent: string;
  /** Null: they were not asked yet. */
  readonly why: string | null;
  readonly warnings: readonly HumanWarning[];
  readonly now: number;
}

/** Once for each touch: said again, what was said first stands. */
export async function keepOverride(
  tx: Tx,
  { touchId, customerId, agent, why, warnings, now }: OverrideMade,
): Promise<void> {
  if (warnings.length === 0) return;
  const isKnown = await tx
    .selectFrom('overrides')
    .select('touch_id')
    .where('touch_id', '=', touchId)
    .executeTakeFirst();
  if (isKnown) return;
  if (why === null) throw new Unreasoned(warnings);
  await tx
    .insertInto('overrides')
    .values({
      ...{ touch_id: touchId, customer_id: customerId, agent, why },
      warnings: JSON.stringify(warnings),
      at: new Date(now),
    })
    .execute();
}
