/** The engine itself: its clock, what it has still to tell Temporal, who may call it, and what is switched off. */
import type { Generated } from 'kysely';
import type { WorkflowKind } from '../../core/run/workflow-id.ts';
import type { Instant, MaybeInstant } from './columns.ts';

export interface EngineTables {
  /** Made once, at random: what tells this installation's keys of shared addresses from anybody else's. */
  installation: { only: Generated<boolean>; salt: Buffer };
  clock: { only: Generated<boolean>; real_anchor: Instant; virtual_anchor: Instant; rate: number };
  outbox: {
    workflow_id: string;
    kind: WorkflowKind;
    ref: string;
    /** A place in the budget became free: a deferred touch may ask again. */
    freed: Generated<boolean>;
    /** Raised by each further reason to call, so that the pump removes only what it has told. */
    generation: Generated<string>;
    due_at: Instant;
    attempts: Generated<number>;
    last_error: string | null;
    parked_at: MaybeInstant;
  };
  /** `scope` is 'all', 'journey:NAME', 'channel:NAME', 'segment:AUDIENCE' or 'area:DE:535'. A row means: switched off. */
  kill_switches: { scope: string; reason: string; actor: string; at: Instant };
  api_keys: { id: string; name: string; hash: Buffer; scopes: string[]; created_at: Instant; revoked_at: MaybeInstant };
}
