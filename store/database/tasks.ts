/** What is left to people: tasks, promises and notes. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { NoticeKind } from '../../core/task/notice.ts';
import type { Reason } from '../../core/routing/route.ts';
import type { Rung } from '../../core/task/ladder.ts';
import type { Instant, Json, MaybeInstant } from './columns.ts';

export type Doing = 'reading' | 'writing' | 'calling';

export interface TaskTables {
  tasks: {
    id: string;
    number: GeneratedAlways<string>;
    customer_id: string;
    team: string;
    state: 'open' | 'claimed' | 'snoozed' | 'done';
    version: Generated<number>;
    /** How far it has climbed: 0 is the task's own team, then the ladder's. */
    rung: Generated<number>;
    ladder: Json<readonly Rung[]>;
    /** The team that is asked now. */
    asked_team: string;
    /** A person by name, on a rung that names one. */
    asked_person: string | null;
    claimed_by: string | null;
    claimed_at: MaybeInstant;
    outcome: string | null;
    within: string;
    claim_by_at: MaybeInstant;
    warn_at: MaybeInstant;
    answer_by_at: MaybeInstant;
    wake_at: MaybeInstant;
    deadline_at: MaybeInstant;
    created_at: Instant;
    done_at: MaybeInstant;
    /** The task that has its reasons now. */
    merged_into: string | null;
    /** Whom it is suggested to, or would be if it were not held out. */
    routed_to: Generated<string | null>;
    routed_because: ColumnType<readonly Reason[] | null, string | null | undefined, string | null>;
    held_out: Generated<boolean>;
  };
  task_reasons: {
    /** What asked for a person: 'run/step/visit', or an id of the promise or message. */
    id: string;
    task_id: string;
    enrolment_id: string | null;
    journey: string | null;
    step: string | null;
    because: string;
    outcomes: string[];
    due_at: Instant;
    at: Instant;
    /** The outcome that was told to its enrolment; 'obsolete' if the enrolment went on without it. */
    answered: string | null;
    answered_at: MaybeInstant;
  };
  task_log: {
    task_id: string;
    id: GeneratedAlways<string>;
    at: Instant;
    actor: string;
    action: string;
    note: Json<Record<string, unknown>>;
  };
  /** Who is at a customer right now; real time. */
  presence: { customer_id: string; agent: string; doing: Doing; since: Instant; until: Instant };
  /** What a person did although they were warned, and why. */
  overrides: {
    touch_id: string;
    customer_id: string;
    agent: string;
    warnings: Json<readonly { readonly gate: string; readonly rule: string; readonly since?: string }[]>;
    why: string;
    at: Instant;
  };
  notices: {
    id: GeneratedAlways<string>;
    kind: NoticeKind;
    task_id: string;
    /** The team that is asked, and the person of it who is told; null: whoever is there. */
    team: string;
    person: string | null;
    at: Instant;
    /** Real time, as the instants below: when it is tried next. */
    due_at: Instant;
    attempts: Generated<number>;
    sent_at: MaybeInstant;
    given_up_at: MaybeInstant;
    last_error: string | null;
    /** When it was found out who is told of it. */
    shared_out_at: MaybeInstant;
  };
  /** Who of us is told of a notice, by what, and when; real time. */
  tellings: {
    id: GeneratedAlways<string>;
    notice_id: string;
    /** An agent's name; '#': the channel of the whole desk. */
    recipient: string;
    via: 'email' | 'slack';
    due_at: Instant;
    attempts: Generated<number>;
    sent_at: MaybeInstant;
    given_up_at: MaybeInstant;
    last_error: Generated<string | null>;
  };
  promises: {
    id: string;
    customer_id: string;
    enrolment_id: string;
    step: string;
    team: string;
    kept_by: string[];
    state: 'open' | 'kept' | 'broken' | 'obsolete';
    version: Generated<number>;
    due_at: Instant;
    renew: ColumnType<{ say: string; ahead: string; more: string; times: number } | null, string | null, string | null>;
    renewed: Generated<number>;
    deadline_at: MaybeInstant;
    made_at: Instant;
    settled_at: MaybeInstant;
    /** How its time was said, what that hangs on, and from when it is counted; null where it was made before dates were followed. */
    said: string | null;
    follows: string | null;
    from_at: MaybeInstant;
  };
  notes: {
    /** 'run/step/visit'; 'follow-up/TASK/KEY' of a person's. */
    id: string;
    customer_id: string;
    /** Both null where a person set it, and then `actor` says who. */
    enrolment_id: string | null;
    step: string | null;
    actor: string | null;
    team: string;
    about: string;
    said: string;
    /** The event, or 'customer', whose field its time hangs on. */
    follows: string | null;
    from_at: Instant;
    due_at: Instant;
    state: 'open' | 'told' | 'taken-back';
    made_at: Instant;
    told_at: MaybeInstant;
    taken_back_at: MaybeInstant;
  };
}
