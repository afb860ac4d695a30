import type { EscalateStep } from '../../journey/table.ts';
import { derivedId, stepOf, waitId, type Draft, type Move } from '../draft.ts';
import type { AskingWait } from '../types.ts';

export function enterEscalate(d: Draft): Move {
  openTask(d);
  return null;
}

/** Gives the customer to a person. After a silence, only if it still is one. */
export function openTask(d: Draft): void {
  const step = stepOf(d) as EscalateStep;
  const of = derivedId(d);
  const id = waitId(d, `/open-${d.heard}`);
  d.wait = { for: 'person', id, of, opened: false };
  d.commands.push({
    do: 'open-task',
    id,
    step: d.step,
    of,
    team: step.team,
    because: step.because,
    within: step.within,
    outcomes: Object.keys(step.goes).filter((outcome) => outcome !== 'nobody'),
    ...(step.ladder ? { ladder: step.ladder } : {}),
    seen: d.silence ? d.heard : null,
  });
}

export function taskOpened(d: Draft, wait: Extract<AskingWait, { for: 'person' }>): Move {
  d.silence = null;
  d.wait = { ...wait, opened: true };
  return null;
}

/** A person has decided, or nobody took it. A touch made by a person goes on below either way. */
export function personDecided(d: Draft, outcome: string): Move {
  if (outcome !== 'nobody') d.customerWaitsSince = null;
  const step = stepOf(d);
  return step.goes?.[outcome] ?? step.next ?? 'end:finished';
}
