import type { Draft, Move } from '../draft.ts';
import { giveUp } from '../give-up.ts';
import { untaken } from '../kept.ts';

/**
 * Ends by a transaction, which hands over what nobody has heard or taken. After a silence, only if it still is one; a silence
 * within an interruption can't be taken back once what it interrupted is given up, so there the hand-over has to do.
 */
export function enterEnd(d: Draft, as: string): Move {
  if (d.interrupted) {
    giveUp(d, d.interrupted.wait);
    d.interrupted = null;
    d.silence = null;
  }
  const left = untaken(d).map(({ id }) => id);
  if (!d.silence) [d.queued, d.held] = [{}, []];
  d.wait = { for: 'end', id: `end:${as}/${d.heard}`, as };
  d.commands.push({
    do: 'end',
    id: d.wait.id,
    as,
    seen: d.silence ? d.heard : null,
    heard: d.heard,
    untaken: left,
  });
  return null;
}

/** Ends whatever goes on: an exit, the goal, or somebody cancelled it. */
export function endNow(d: Draft, as: string): Move {
  giveUp(d, d.wait);
  d.silence = null;
  return enterEnd(d, as);
}
