import type { Reason } from '../../core/routing/route.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { Suggested } from './route-task.ts';

interface Row {
  readonly state: TaskState;
  readonly routed_to: string | null;
  readonly routed_because: readonly Reason[] | null;
  readonly held_out: boolean;
}

/** What is shown of it: nothing of a task that is held out, or that somebody has. */
export const suggestedIn = ({ state, routed_to, routed_because, held_out }: Row): Suggested | null =>
  state !== 'open' || routed_to === null || held_out ? null : { agent: routed_to, reasons: routed_because ?? [] };
