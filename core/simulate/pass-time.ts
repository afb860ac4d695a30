/** Time goes by, and what happens by itself happens. */
import type { Draft } from './draft.ts';
import type { Problem } from './problem.ts';
import { moveTo, nextInstant } from './time.ts';
import type { Sim } from './types.ts';

const nothingLeft = 'Nothing happens any more by itself.';

export function next(d: Draft): Problem {
  const at = nextInstant(d);
  if (at === null) return nothingLeft;
  moveTo(d, at);
  return null;
}

export function until(d: Draft, to: number): Problem {
  if (to < d.now) return 'Time goes forwards only.';
  for (let n = 0; n < 10_000; n += 1) {
    const at = nextInstant(d);
    if (at === null || at > to) break;
    moveTo(d, at);
  }
  moveTo(d, to);
  return null;
}

/** A year is longer than anybody is silent in a try. */
export const longestMs = 366 * 86_400_000;

export function silence(d: Draft): Problem {
  const wait = d.run?.wait.id;
  if (!d.run || d.run.ended) return next(d);
  const last = d.now + longestMs;
  let moved = false;
  for (let at = nextInstant(d); at !== null && at <= last; at = nextInstant(d)) {
    moveTo(d, at);
    moved = true;
    // The run object changes with each input; what it waits for is what counts.
    const run = d.run as Sim['run'];
    if (!run || run.ended || run.wait.id !== wait) return null;
  }
  return moved ? null : nothingLeft;
}
