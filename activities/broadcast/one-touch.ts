import type { TouchStep } from '../../core/journey/table-steps.ts';
import type { Journey } from '../../core/journey/table.ts';

/**
 * A journey that says one thing and is over: nothing interrupts it, ends it early or comes after. Its customers need no run of their own; of
 * any other journey by audience each begins one. See `docs/decisions/0009-broadcasts.md`.
 */
export function oneTouchOf(journey: Journey): { readonly id: string; readonly step: TouchStep } | null {
  const { start: id, steps, anyTime, exits, goal } = journey;
  const step = steps[id];
  const isAlone = goal === undefined && Object.keys(anyTime).length === 0 && Object.keys(exits).length === 0;
  if (step?.kind !== 'touch' || !isAlone) return null;
  return [step.next, ...Object.values(step.goes ?? {})].every((to) => steps[to]?.kind === 'end') ? { id, step } : null;
}
