import type { RunState } from '../core/run/types.ts';
import { settleMove as settle, type MoveSettled } from '../store/moves/settle.ts';
import type { Deps } from './deps.ts';

export interface MoveAsked {
  readonly enrolment: string;
  readonly move: string;
  /** As the run waits. */
  readonly state: RunState;
}

/** Whether a run that was told to go on in another version does so, and as what. */
export const settleMove = ({ db, clock }: Deps, { enrolment, move, state }: MoveAsked): Promise<MoveSettled> =>
  settle(db, { move, enrolmentId: enrolment, state, now: clock.now() });
