/** What was counted of days, and what the field says of steps and would change of them. */
import type { GeneratedAlways } from 'kysely';
import type { StepChange } from '../../core/journey/step-change.ts';
import type { DayFigures } from '../figures/figures.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export type FeedbackSays = 'helped' | 'too-late' | 'should-not-exist';
export type ProposalState = 'open' | 'accepted' | 'declined';

export interface FieldTables {
  day_figures: { zone: string; day: Date; format: number; figures: Json<DayFigures>; counted_at: Instant };
  step_feedback: {
    touch_id: string;
    agent: string;
    journey: string;
    version: number;
    step: string;
    says: FeedbackSays;
    at: Instant;
  };
  proposals: {
    /** What people call it: P-3. */
    number: GeneratedAlways<string>;
    journey: string;
    /** The version that it was made for. */
    version: number;
    step: string;
    change: Json<StepChange>;
    why: string;
    proposed_by: string;
    at: Instant;
    state: ProposalState;
    decided_by: string | null;
    decided_at: MaybeInstant;
    decided_because: string | null;
  };
}
