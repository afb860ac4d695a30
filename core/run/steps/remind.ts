import type { RemindStep } from '../../journey/table-steps.ts';
import { derivedId, type Draft, type Move } from '../draft.ts';

/** At once: the note is written down, and waits for its moment by itself, even after this run. */
export function enterRemind(d: Draft, step: RemindStep): Move {
  const { team, at, about } = step;
  d.commands.push({ do: 'remind', id: derivedId(d), step: d.step, team, at, about, from: d.now, facts: d.facts });
  return step.next;
}
