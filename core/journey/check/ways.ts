/** Whether the story can be walked: nothing unreached, nothing endless, and no cause cited before it happened. */
import type { Fault } from '../fault.ts';
import type { TableStep } from '../table-steps.ts';
import type { Journey, StepId } from '../table.ts';
import { leadsTo, reached, unreached } from '../ways-through.ts';

/** Steps in which time passes, or may pass until somebody else acts. */
const takesTime = ['listen', 'pause', 'escalate', 'ask', 'answer', 'offerCall', 'repeat'];

export function wayFaults(journey: Journey): readonly Fault[] {
  return [...unreached(journey), ...roundWithoutTime(journey), ...withoutEnd(journey), ...tooEarly(journey)];
}

/** A round of steps that take no time would go on for ever within one instant. */
function roundWithoutTime({ steps }: Journey): readonly Fault[] {
  const quick = (id: StepId): readonly StepId[] => {
    const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
    return step === undefined || takesTime.includes(step.kind) ? [] : waysOn(step);
  };
  const rounds = Object.keys(steps).filter((id) => from(quick(id), quick).has(id));
  const first = rounds[0];
  if (first === undefined) return [];
  return [
    {
      step: first,
      problem: `It comes round to itself without time passing: ${rounds.join(', ')}.`,
      mend: 'Put a pause or a listen into the round.',
    },
  ];
}

/** A run that nothing ends stays for ever. */
function withoutEnd(journey: Journey): readonly Fault[] {
  if (journey.goal !== undefined || Object.keys(journey.exits).length > 0) return [];
  const isEnd = (id: StepId): boolean => ['end', 'resume'].includes(journey.steps[id]?.kind ?? 'end');
  const on = (id: StepId): readonly StepId[] => {
    const step = journey.steps[id];
    return step === undefined ? [] : waysOn(step);
  };
  const stuck = [...reached(journey)].find((id) => !isEnd(id) && ![...from([id], on)].some(isEnd));
  if (stuck === undefined) return [];
  return [
    {
      step: stuck,
      problem: 'From here no way leads to an end, and the journey has neither goal nor exits.',
      mend: 'Let one way run out or end(…), or add exits.',
    },
  ];
}

/** A service cites a promise or an escalation: on every way to it, that must have come first. Interruptions may assume it. */
function tooEarly(journey: Journey): readonly Fault[] {
  return Object.entries(journey.steps).flatMap(([id, step]) => {
    if (step.kind !== 'touch' || step.cause === undefined || !Object.hasOwn(journey.steps, step.cause)) return [];
    const cause = step.cause;
    const without = (at: StepId): readonly StepId[] => {
      const passed = journey.steps[at];
      return at === cause || passed === undefined ? [] : waysOn(passed);
    };
    return from([journey.start], without).has(id)
      ? [
          {
            step: id,
            problem: `It cites '${cause}', and there is a way to it on which that has not come yet.`,
            mend: `Put '${cause}' before it on every way, or cite what has happened.`,
          },
        ]
      : [];
  });
}

/** Unlike `next`, which is always written down, these are the ways a step can really take. */
function waysOn(step: TableStep): readonly StepId[] {
  const arms = Object.values(step.goes ?? {});
  const armsOnly = step.kind === 'listen' || step.kind === 'choose' || step.kind === 'escalate';
  return armsOnly ? arms : leadsTo(step);
}
function from(starts: readonly StepId[], on: (id: StepId) => readonly StepId[]): ReadonlySet<StepId> {
  const found = new Set<StepId>();
  const waiting = [...starts];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...on(id));
  }
  return found;
}
