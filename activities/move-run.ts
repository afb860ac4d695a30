import type { RunState } from '../core/run/state.ts';
import { arrive, decideMove as decide, type MoveDecided } from '../store/moves/decide.ts';
import type { Deps } from './deps.ts';

export interface MoveAsked {
  readonly enrolment: string;
  readonly move: string;
  /** As the run waits. */
  readonly state: RunState;
}
export interface Arrived {
  readonly enrolment: string;
  readonly move: string;
  readonly step: string;
}

/** Whether a run that was told to go on in another version does so, and as what. */
export const decideMove = ({ db, clock }: Deps, { enrolment, move, state }: MoveAsked): Promise<MoveDecided> =>
  decide(db, { move, enrolmentId: enrolment, state, now: clock.now() });

/** The first thing it does there. */
export const arriveThere = ({ db, clock }: Deps, { enrolment, move, step }: Arrived): Promise<void> =>
  arrive(db, { move, enrolmentId: enrolment, step, now: clock.now() });
