/** What a person's message would cost and whom they should know of before: asked as when it is counted, and nothing is written. */
import { askForTouch } from '../../core/budget/ask.ts';
import type { Counter, Warning } from '../../core/budget/decision.ts';
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import type { Db } from '../open.ts';
import { askOfHuman, type HumanTouch } from './count-human.ts';
import { load } from './load.ts';
import { runOn } from './run.ts';
import { withSharedKeys } from './shared-keys.ts';

export interface Weighed {
  readonly cost: number;
  /** Each window it would count in, without it. */
  readonly counters: readonly Counter[];
  readonly warnings: readonly Warning[];
}

export async function weighHuman(db: Db, touch: HumanTouch, policy: ReadPolicy, now: number): Promise<Weighed> {
  const [loaded] = await load(runOn(db), [touch]);
  if (!loaded) throw new Error(`There is no customer '${touch.customerId}'`);
  const ask = withSharedKeys(askOfHuman(touch, now), loaded.row, loaded.salt);
  const { answer, record } = askForTouch(loaded.row, ask, policy, loaded.killed, now);
  if (answer.is !== 'reserved') throw new Error(`A person's message '${touch.touchId}' would be ${answer.is}`);
  const counters = record.tried.flatMap((one) => ('decision' in one ? one.decision.explanation.counters : []));
  return { cost: answer.cost, counters, warnings: answer.warnings };
}
