/** Where moments lead, and what led to them. */
import type { StepId } from '../journey/table.ts';
import type { Edge, Moment } from './ways.ts';

/** Where the story itself ended, and not an exit, the goal or our own people. */
export const endedByStory = ({ world }: Moment): boolean => world.state.ended !== null && !world.past.left;
/** The step that led here. */
export function stepBefore(moment: Moment): StepId | undefined {
  for (let at: Moment | null = moment; at; at = at.by?.from ?? null) {
    const { step } = at.world.state;
    if (!step.startsWith('end:') && step !== 'resume') return step;
  }
  return undefined;
}
/** Where a rule is broken: the moment, and the step that led to it. */
export const on = (at: Moment): { at: Moment; step?: StepId } => {
  const step = stepBefore(at);
  return { at, ...(step === undefined ? {} : { step }) };
};

/** Moments from which one that fits can be reached. */
export function canReach(
  moments: readonly Moment[],
  fits: (moment: Moment) => boolean,
  passes: (edge: Edge) => boolean = () => true,
): ReadonlySet<Moment> {
  const into = new Map<Moment, Moment[]>();
  for (const from of moments)
    for (const edge of from.out) {
      if (!passes(edge)) continue;
      const list = into.get(edge.to);
      if (list) list.push(from);
      else into.set(edge.to, [from]);
    }
  const found = new Set(moments.filter(fits));
  const waiting = [...found];
  for (let at = waiting.pop(); at; at = waiting.pop())
    for (const from of into.get(at) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      waiting.push(from);
    }
  return found;
}
