/** A moved date is followed: by the wait at hand, by the interrupted one, and by a silence that hung on it. */
import { stepOf, type Draft } from './draft.ts';
import { takeBackSilenceBeneath } from './silence.ts';
import { findAnew } from './steps/timed.ts';
import type { TimedWait, Wait } from './types.ts';

export function followMovedDates(d: Draft, event: string): void {
  if (isTimed(d.wait) && follows(d, d.step, event)) d.wait = findAnew(d, d.wait, d.step);
  const silence = d.interrupted?.silence;
  if (silence && follows(d, silence.step, event)) takeBackSilenceBeneath(d);
  const under = d.interrupted;
  if (under && isTimed(under.wait) && follows(d, under.step, event))
    d.interrupted = { ...under, wait: findAnew(d, under.wait, under.step) };
}

function follows(d: Draft, stepId: string, event: string): boolean {
  const step = stepOf(d, stepId);
  return 'follows' in step && step.follows === event;
}
const isTimed = (wait: Wait): wait is TimedWait => wait.for === 'events' || wait.for === 'time';
