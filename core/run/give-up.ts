import type { Draft } from './draft.ts';
import type { Wait } from './state.ts';

/**
 * The story goes on without what this waited for: a touch is withdrawn (and the conversation it opened), a reason for a task is obsolete. Either may overtake
 * what it undoes on the way to the database, so there it must also forbid what has not been done yet.
 */
export function giveUp(d: Draft, wait: Wait): void {
  const asked = wait.for === 'news' ? wait.of : wait;
  if (asked.for === 'touch' || asked.for === 'place') d.commands.push({ do: 'withdraw', touch: asked.touch.id });
  if (asked.for === 'conversation') d.commands.push({ do: 'withdraw', touch: asked.of });
  if (asked.for === 'person') d.commands.push({ do: 'close-reason', of: asked.of });
}
