/** Interruptions: one at a time, the newest of each event waiting. Where one runs out, the story is taken up where it was. */
import type { ListenStep } from '../journey/table-steps.ts';
import { goBackTo, own, placeOf, stepOf, type Draft, type Move } from './draft.ts';
import { giveUp } from './give-up.ts';
import { forget, takeEarly } from './kept.ts';
import { isBeingDecided, takeBackSilence } from './silence.ts';
import type { Input } from './inputs.ts';
import type { Heard } from './state.ts';

export function interrupt(d: Draft, heard: Heard): Move {
  if (!d.interrupted) return begin(d, heard);
  d.queued = { ...d.queued, [heard.event]: heard };
  return null;
}

function begin(d: Draft, heard: Heard, result?: Input): Move {
  d.interrupted = { ...placeOf(d), silence: d.silence, by: heard.event, ...(result ? { result } : {}) };
  d.silence = null;
  d.repeats = {};
  return own(d.journey.anyTime, heard.event) ?? null;
}

/** The oldest of those that wait, if the run may be interrupted now. `result` is what the story has got meanwhile. */
export function nextInterruption(d: Draft, result?: Input): Move {
  if (d.interrupted || d.wait.for === 'end' || isBeingDecided(d)) return null;
  const [next] = Object.values(d.queued).sort((a, b) => a.number - b.number);
  if (!next) return null;
  forget(d, (heard) => heard === next);
  return begin(d, next, result);
}

export type Resumed =
  | { readonly to: 'step'; readonly step: Move }
  | { readonly to: 'story'; readonly result?: Input }
  | { readonly to: 'nothing' };

/** Back to the story: it takes what it listened for, then the interruption that waits has its turn, then its own result counts. */
export function resume(d: Draft): Resumed {
  if (!d.interrupted) return { to: 'nothing' };
  const { result, ...place } = d.interrupted;
  d.interrupted = null;
  goBackTo(d, place);
  d.silence = place.silence;
  const step = whatItListenedFor(d) ?? nextInterruption(d, result);
  if (step !== null) return { to: 'step', step };
  return { to: 'story', ...(result ? { result } : {}) };
}

function whatItListenedFor(d: Draft): Move {
  if (d.silence) {
    const early = takeEarly(d, stepOf(d, d.silence.step) as ListenStep);
    if (early !== null) takeBackSilence(d);
    return early;
  }
  const step = stepOf(d);
  return d.wait.for === 'events' && step.kind === 'listen' ? takeEarly(d, step) : null;
}

/** A jump out of the interruption gives up what it interrupted; a silence in it is acted on by that. */
export function leaveInterruption(d: Draft, to: string): void {
  if (!d.interrupted || to === 'resume') return;
  const step = d.journey.steps[to];
  if (step?.kind === 'end' || step?.inside?.includes(`anyTime:${d.interrupted.by}`)) return;
  giveUp(d, d.interrupted.wait);
  d.repeats = d.interrupted.repeats ?? {};
  d.interrupted = null;
  d.silence = null;
}
