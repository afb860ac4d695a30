/** Which events a journey has ears for: only these are delivered to its runs. */
import type { ListenStep } from './table-steps.ts';
import type { Journey } from './table.ts';

/**
 * Every event named by its entry, exits, goal, interruptions, promises and by what its steps listen for or follow; sorted. 'customer' is
 * among them if a time hangs on a field of the customer: then a change of it is told.
 */
export function hears(journey: Journey): readonly string[] {
  const events = new Set([...Object.keys(journey.exits), ...Object.keys(journey.anyTime)]);
  if ('event' in journey.entry) events.add(journey.entry.event);
  if (journey.goal !== undefined) events.add(journey.goal);
  for (const step of Object.values(journey.steps)) {
    if (step.kind === 'listen') for (const event of heardBy(step)) events.add(event);
    if (step.kind === 'promise') for (const event of keptBy(step)) events.add(event);
    if ('follows' in step) events.add(step.follows);
  }
  return [...events].sort();
}

/** The events a listen waits for. */
const heardBy = ({ goes }: ListenStep): readonly string[] => Object.keys(goes).filter((arm) => arm !== 'silence');

/** The events that keep a promise, however many were written. */
export const keptBy = (promise: { readonly keptBy: string | readonly string[] }): readonly string[] =>
  typeof promise.keptBy === 'string' ? [promise.keptBy] : promise.keptBy;
