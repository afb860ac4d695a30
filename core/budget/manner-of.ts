import type { TouchStep } from '../journey/table-steps.ts';
import type { Fate } from '../journey/table.ts';
import { prefer, type Considered, type Manner } from './prefer.ts';

/**
 * How a touch is made this time: as its step says, but for its exceptions, which are the touch's own rules and then the
 * journey's. Once part of its fate has been waited for, what is left of it counts, and no rule begins it again.
 */
export function mannerOf(
  step: TouchStep,
  left: Fate,
  valueOf: Parameters<typeof prefer>[2],
): { readonly manner: Manner; readonly considered: readonly Considered[] } {
  const { madeBy, within, team, reach, fate } = step;
  const said: Manner = { madeBy, ...(within === undefined ? {} : { within }), team, reach, fate };
  const chosen = prefer(said, step.prefer ?? [], valueOf);
  const isWhole = JSON.stringify(left) === JSON.stringify(fate);
  return isWhole ? chosen : { ...chosen, manner: { ...chosen.manner, fate: left } };
}
