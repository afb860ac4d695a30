/** Where the customers at each step of one version would go on in another: what publishing and moving ask before they do anything. */
import { nearest } from '../nearest.ts';
import type { Journey, StepId } from '../table.ts';

export type Lead =
  /** It goes on waiting there, as far as its own choices and interruption are there too. */
  | { readonly is: 'goes-on'; readonly at: StepId }
  /** What it waits for is given up, and this step begins. */
  | { readonly is: 'begins'; readonly at: StepId }
  | { readonly is: 'stays'; readonly because: string };

/** Step of the old version → step of the new one. A step that is not named goes on under its own name. */
export type StepMap = Readonly<Record<StepId, StepId>>;

export function leadOf(from: Journey, to: Journey, map: StepMap, step: StepId): Lead {
  const said = Object.hasOwn(map, step) ? map[step] : undefined;
  const id = said ?? step;
  const [was, is] = [stepIn(from, step), stepIn(to, id)];
  if (!is) return { is: 'stays', because: `'${id}' is not there` };
  if (was?.kind === is.kind) return { is: 'goes-on', at: id };
  if (said !== undefined) return { is: 'begins', at: id };
  return { is: 'stays', because: `'${id}' is another kind of step there (${is.kind} instead of ${String(was?.kind)})` };
}
const stepIn = (journey: Journey, id: StepId) => (Object.hasOwn(journey.steps, id) ? journey.steps[id] : undefined);

export interface MapFault {
  readonly step: StepId;
  readonly problem: string;
  readonly mend: string;
}
/** A mapping names steps that are there. */
export function mapFaults(from: Journey, to: Journey, map: StepMap): readonly MapFault[] {
  const listed = (journey: Journey): string => `There are: ${placesOf(journey).join(', ')}.`;
  const missing = (journey: Journey, step: StepId, which: string): MapFault => ({
    step,
    problem: `The ${which} version has no step '${step}' where anybody could be.`,
    mend: nearest(step, placesOf(journey)) ?? listed(journey),
  });
  return Object.entries(map).flatMap(([old, fresh]) => [
    ...(stepIn(from, old) ? [] : [missing(from, old, 'old')]),
    ...(placesOf(to).includes(fresh) ? [] : [missing(to, fresh, 'new')]),
  ]);
}
const placesOf = (journey: Journey): StepId[] =>
  Object.entries(journey.steps).flatMap(([id, { kind }]) => (kind === 'resume' ? [] : [id]));
