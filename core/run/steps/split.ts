import type { SplitStep } from '../../journey/table-steps.ts';
import { armOf, derivedId, type Draft, type Move } from '../draft.ts';
import { drawn } from '../draw.ts';

/** A customer falls into the same arm every time, in every version: of one journey at one step, and independently of all others. */
export function enterSplit(d: Draft, step: SplitStep): Move {
  const arm = drawn(`${d.customer ?? d.run}/${d.journey.name}/${d.step}`, step.shares);
  if (arm === null) return step.next;
  d.commands.push({ do: 'split', id: derivedId(d), step: d.step, arm });
  return armOf(d, arm);
}
