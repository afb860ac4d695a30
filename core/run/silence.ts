/**
 * A silence counts when somebody has acted on it: the task is open, the touch is made, the run is over. Until then, what we
 * listened for takes it back. While the database decides, everything heard is held: whatever it says, it is never both.
 */
import type { ListenStep } from '../journey/table-steps.ts';
import { goBackTo, listensFor, stepOf, type Draft } from './draft.ts';
import { hangsOn } from './follows.ts';
import { giveUp } from './give-up.ts';
import type { Heard, Place } from './state.ts';

export const isBeingDecided = ({ silence, wait }: Pick<Draft, 'silence' | 'wait'>): boolean =>
  silence !== null && (wait.for === 'touch' || wait.for === 'end' || (wait.for === 'person' && !wait.opened));

/** It was listened for, or the moment of the silence hung on it. */
export function isUndoneBy(d: Draft, silence: Place | null, heard: Heard): boolean {
  if (!silence) return false;
  const step = stepOf(d, silence.step) as ListenStep;
  return listensFor(step, heard.event) !== undefined || hangsOn(step, heard);
}

/** Back to listening: what the silence led to is given up. */
export function takeBackSilence(d: Draft): void {
  if (!d.silence) return;
  giveUp(d, d.wait);
  goBackTo(d, d.silence);
  d.silence = null;
  d.silences -= 1;
}

/** The same for the story beneath an interruption: it will go on listening when it is taken up. */
export function takeBackSilenceBeneath(d: Draft): void {
  const under = d.interrupted;
  if (!under?.silence) return;
  giveUp(d, under.wait);
  d.interrupted = { ...under.silence, by: under.by, silence: null };
  d.silences -= 1;
}
