/** A moved date is followed: by the wait at hand, by the interrupted one, and by a silence that hung on it. */
import { stepOf, type Draft } from './draft.ts';
import { hangsOn, saidBy } from './follows.ts';
import { takeBackSilenceBeneath } from './silence.ts';
import { findAnew } from './steps/timed.ts';
import type { Heard, TimedWait, Wait } from './types.ts';

export function followMovedDates(d: Draft, heard: Heard): void {
  const follows = (step: string): boolean => hangsOn(stepOf(d, step), heard);
  if (isTimed(d.wait) && follows(d.step)) d.wait = findAnew(d, d.wait, d.step);
  const silence = d.interrupted?.silence;
  if (silence && follows(silence.step)) takeBackSilenceBeneath(d);
  const under = d.interrupted;
  if (under && isTimed(under.wait) && follows(under.step))
    d.interrupted = { ...under, wait: findAnew(d, under.wait, under.step) };
}

/** Promises and notes of this run follow too: theirs are clocks of their own, which no wait of the run holds up. */
export function followWhatIsLeftBehind(d: Draft, heard: Heard): void {
  for (const [id, step] of Object.entries(d.journey.steps)) {
    if (step.kind !== 'promise' && step.kind !== 'remind') continue;
    if (d.visits[id] === undefined || !hangsOn(step, heard)) continue;
    const { kind, team } = step;
    d.commands.push({ do: 'follow', what: kind, step: id, said: saidBy(step), team, facts: d.facts });
  }
}
const isTimed = (wait: Wait): wait is TimedWait => wait.for === 'events' || wait.for === 'time';
