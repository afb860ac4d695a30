/** Which round of which repeat: begun where its block is entered, forgotten where it is left. */
import { stepOf, type Draft } from './draft.ts';

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
