/** A promise is renewed: the customer is told in time that it takes longer, and what they were told is what holds from then on. */
import { minuteMs } from '../calendar/zone.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import type { Fate, Journey } from '../journey/table.ts';
import type { TouchAnswer } from '../run/inputs.ts';
import { deadlineOf, type Promised, type Spans } from './promise.ts';

/**
 * Said by a touch of its own, through the budget like any other, on the ways the journey reaches its customers for a service.
 * A gate that opens before the time is up is waited for.
 */
export function longerStep(
  journey: Journey,
  promise: Pick<Promised, 'team' | 'dueAt'> & { readonly step: string },
  say: string,
  now: number,
): TouchStep {
  const like = Object.values(journey.steps).find((s): s is TouchStep => s.kind === 'touch' && s.purpose === 'service');
  const minutes = Math.floor((promise.dueAt - now) / minuteMs);
  const fate: Fate = minutes < 1 ? 'drop' : { fate: 'wait', atMost: `${String(minutes)} minutes`, then: 'drop' };
  return {
    kind: 'touch',
    team: promise.team,
    madeBy: 'tech',
    purpose: 'service',
    cause: promise.step,
    reach: like?.reach ?? ['wrote-on', 'preferred', 'email', 'sms'],
    fate,
    // It has to be said before the time is up: the next channel, and not the next morning.
    quiet: 'next-channel',
    say,
    next: 'end:finished',
  };
}

export const renewalId = (promise: string, number: number): string => `${promise}/renewed/${String(number)}`;

/** Only what certainly did not go out counts as not told. */
export const isTold = ({ is }: Pick<TouchAnswer, 'is'>): boolean => is === 'sent' || is === 'unknown';

/** Whoever cannot be told that it takes longer is looked after by a person before the time is up, and not only after. */
export const untold = {
  because: 'They wait for an answer, and could not be told that it takes longer',
  outcomes: ['answered'],
} as const;

/** Told: due at the later time. Not told: due when it was, and not renewed again. */
export function renewed<P extends Promised>(
  promise: P,
  { number, dueAt, told }: { readonly number: number; readonly dueAt: number; readonly told: boolean },
  now: number,
  spans: Spans,
): P {
  if (!told) return { ...promise, renewed: promise.renew?.times ?? number, deadlineAt: promise.dueAt };
  const next = { ...promise, renewed: number, dueAt };
  return { ...next, deadlineAt: deadlineOf(next, now, spans) };
}
