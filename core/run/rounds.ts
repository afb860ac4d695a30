/** Which round of which repeat: begun where its block is entered, forgotten where it is left. */
import type { RepeatStep } from '../journey/table-steps.ts';
import { stepOf, type Draft, type Move } from './draft.ts';
import type { Rounds } from './state.ts';

/**
 * Called before a step is entered. Of the repeats the run was in, those that the step stands in are kept (and the step itself, to which
 * its block leads back). A jump into the middle of a block begins its first round there.
 */
export function keepRounds(d: Draft, id: string): void {
  const around = (stepOf(d, id).inside ?? []).filter((name) => d.journey.steps[name]?.kind === 'repeat');
  const before = d.repeats ?? {};
  const begun = { round: 1, since: d.now };
  const own = before[id];
  d.repeats = {
    ...Object.fromEntries(around.map((repeat) => [repeat, before[repeat] ?? begun])),
    ...(own ? { [id]: own } : {}),
  };
}

export function nextRound(d: Draft, step: RepeatStep): Move {
  const { round, since } = d.repeats?.[d.step] ?? { round: 0, since: d.now };
  return beginRound(d, step, { round: round + 1, since });
}

export function beginRound(d: Draft, step: RepeatStep, rounds: Rounds): Move {
  d.repeats = { ...d.repeats, [d.step]: rounds };
  return step.goes.again;
}
