/** Interruptions: one at a time, the newest of each event waiting. Where one runs out, the story is taken up where it was. */
import type { Draft, Move } from './draft.ts';
import { giveUp } from './give-up.ts';
import type { Heard, Input, Place } from './types.ts';

export function interrupt(d: Draft, heard: Heard): Move {
  if (d.interrupted) {
    d.queued = { ...d.queued, [heard.event]: heard };
    return null;
  }
  return begin(d, heard, { step: d.step, wait: d.wait });
}

function begin(d: Draft, heard: Heard, place: Place & { readonly result?: Input }): Move {
  d.facts = { ...d.facts, [heard.event]: heard.data };
  d.interrupted = { ...place, by: heard.event };
  return d.journey.anyTime[heard.event] ?? null;
}

/** The oldest of those that wait, if the run may be interrupted now. */
export function nextInterruption(d: Draft): Move {
  if (d.interrupted || d.wait.for === 'end') return null;
  const next = oldest(d);
  return next ? begin(d, next, { step: d.step, wait: d.wait }) : null;
}

function oldest(d: Draft): Heard | undefined {
  const [next] = Object.values(d.queued).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  if (!next) return undefined;
  const { [next.event]: _, ...rest } = d.queued;
  d.queued = rest;
  return next;
}

export type Resumed =
  | { readonly to: 'interruption'; readonly move: Move }
  | { readonly to: 'story'; readonly result?: Input }
  | { readonly to: 'nothing' };

/** Back to the story, or on to the interruption that waits. */
export function resume(d: Draft): Resumed {
  if (!d.interrupted) return { to: 'nothing' };
  const { by: _, ...place } = d.interrupted;
  const next = oldest(d);
  if (next) return { to: 'interruption', move: begin(d, next, place) };
  d.interrupted = null;
  d.step = place.step;
  d.wait = place.wait;
  return { to: 'story', ...(place.result ? { result: place.result } : {}) };
}

/** A jump out of the interruption gives up what it interrupted. */
export function leaveInterruption(d: Draft, to: string): void {
  if (!d.interrupted || to === 'resume') return;
  const step = d.journey.steps[to];
  if (step?.kind === 'end' || step?.inside?.includes(`anyTime:${d.interrupted.by}`)) return;
  giveUp(d, d.interrupted.wait);
  d.interrupted = null;
  d.silence = null;
}
