import { valuesRead } from '../core/journey/holds.ts';
import type { ConditionData } from '../core/journey/table.ts';
import { armFor } from '../core/run/steps/choose.ts';
import type { Counts } from '../core/run/commands.ts';
import type { Answer } from '../core/run/inputs.ts';
import type { RunState } from '../core/run/state.ts';
import type { Deps } from './deps.ts';
import { runOf } from './run-of.ts';
import { valuesOf } from './values-of.ts';

export interface ArmAsked {
  readonly enrolment: string;
  readonly step: string;
  readonly by: string | ConditionData;
  readonly arms: readonly string[];
  readonly facts: RunState['facts'];
  readonly counts: Counts;
  readonly team: string;
}

/** Decides where the records are: only the arm goes back into the history, never what a customer's record says. */
export async function findArm(deps: Deps, asked: ArmAsked): Promise<Answer> {
  const run = await runOf(deps.db, asked.enrolment);
  const paths = typeof asked.by === 'string' ? [asked.by] : valuesRead(asked.by);
  const arm = armFor(asked.by, asked.arms, await valuesOf(deps, run, asked, paths));
  return { is: 'arm', arm: arm ?? 'unknown' };
}
