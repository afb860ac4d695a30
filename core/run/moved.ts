/**
 * A moved date is followed: by the wait at hand, by the interrupted one, and by a silence that hung on it. Promises and notes follow it where
 * they are written down, because they outlive the run.
 */
import { stepOf, type Draft } from './draft.ts';
import { hangsOn } from './follows.ts';
import { takeBackSilenceBeneath } from './silence.ts';
import { findAnew } from './steps/timed.ts';
import type { Heard, TimedWait, Wait } from './state.ts';

export function followMovedDates(d: Draft, heard: Heard): void {
  const follows = (step: string): boolean => hangsOn(stepOf(d, step), heard);
  if (isTimed(d.wait) && follows(d.step)) d.wait = findAnew(d, d.wait, d.step);
  const silence = d.interrupted?.silence;
  if (silence && follows(silence.step)) takeBackSilenceBeneath(d);
  const under = d.interrupted;
  if (under && isTimed(under.wait) && follows(under.step))
    d.interrupted = { ...under, wait: findAnew(d, under.wait, under.step) };
}

const isTimed = (wait: Wait): wait is TimedWait => wait.for === 'events' || wait.for === 'time';
