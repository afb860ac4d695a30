import type { EscalateStep } from '../../journey/table-steps.ts';
import { armOf, derivedId, stepOf, waitId, type Draft, type Move } from '../draft.ts';
import { joinTask } from '../joins.ts';
import type { AskingWait, Wait } from '../state.ts';

export function enterEscalate(d: Draft): Move {
  openTask(d);
  return null;
}

/** Gives the customer to a person. After a silence, only if it still is one. */
export function openTask(d: Draft): void {
  const step = stepOf(d) as EscalateStep;
  const of = derivedId(d);
  const id = waitId(d, `/open-${d.heard}`);
  if (!d.silence) joinTask(d);
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

/** The silence stood. */
export function taskOpened(d: Draft, wait: Extract<AskingWait, { for: 'person' }>): void {
  d.silence = null;
  d.wait = { ...wait, opened: true };
  joinTask(d);
}

/** The task's reason or the conversation that this waits for, or that may be there before we hear of it. */
export const reasonOf = (wait: Wait): string | null =>
  wait.for === 'person' || wait.for === 'conversation' ? wait.of : wait.for === 'touch' ? wait.touch.id : null;

/** A person has decided, or nobody took it. A touch made by a person goes on below either way. */
export function personDecided(d: Draft, outcome: string): Move {
  d.silence = null;
  joinTask(d);
  return armOf(d, outcome);
}
