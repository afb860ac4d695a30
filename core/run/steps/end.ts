import type { Draft, Move } from '../draft.ts';
import { giveUp } from '../give-up.ts';

/** Ends by a transaction, which hands over what arrived meanwhile. After a silence, only if it still is one. */
export function enterEnd(d: Draft, as: string): Move {
  if (d.interrupted) giveUp(d, d.interrupted.wait);
  d.interrupted = null;
  d.queued = {};
  d.wait = { for: 'end', id: `end/${d.heard}`, as };
  d.commands.push({ do: 'end', id: d.wait.id, as, seen: d.silence ? d.heard : null });
  return null;
}

/** Ends whatever goes on: an exit, the goal, or somebody cancelled it. */
export function endNow(d: Draft, as: string): Move {
  giveUp(d, d.wait);
  d.silence = null;
  return enterEnd(d, as);
}
