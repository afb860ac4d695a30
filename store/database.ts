/** The tables as TypeScript sees them. Kept by hand beside `migrations/`: columns that hold data of ours are typed as what they hold. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { Channel } from '../core/journey/channels.ts';
import type { AskRecord } from '../core/budget/ask.ts';
import type { PackedRing } from '../core/budget/ring.ts';
import type { Gates, TouchRequest, WaitingTouch } from '../core/budget/types.ts';
import type { ConditionData, Journey } from '../core/journey/table.ts';
import type { StepMap } from '../core/run/move-state.ts';
import type { DeliveryBody, RunState, Scalar } from '../core/run/types.ts';
import type { WorkflowKind } from '../core/run/workflow-id.ts';

type Instant = ColumnType<Date, Date, Date>;
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Json<T> = ColumnType<T, string, string>;

export interface Database {
  clock: { only: Generated<boolean>; real_anchor: Instant; virtual_anchor: Instant; rate: number };
  definitions: {
    hash: string;
    kind: 'words' | 'policy' | 'templates';
    /** Counts what was published of this kind, from 1: what explanations call the policy's version. */
    number: number;
    data: Json<unknown>;
    published_at: Instant;
  };
  journeys: {
    name: string;
    version: number;
    hash: string;
    definition: Json<Journey>;
    /** Every event it enters by, listens to, exits or is interrupted by. */
    hears: string[];
    entry_event: string | null;
    /** The customer's field that an entry by date hangs on. */
    entry_field: string | null;
    words_hash: string;
    policy_hash: string;
    templates_hash: string;
    published_at: Instant;
    published_by: string;
    /** It was rolled back to this one: the same definition, with the same words, policy and templates. */
    same_as: ColumnType<number | null, number | null | undefined, never>;
    retired_at: MaybeInstant;
    retired_by: ColumnType<string | null, undefined, string | null>;
  };
  moves: {
    id: string;
    journey: string;
    from_version: number;
    to_version: number;
    map: Json<StepMap>;
    /** Only who stands at these; null: everybody. */
    steps: string[] | null;
    state: 'going' | 'done';
    asked_by: string;
    asked_at: Instant;
    done_at: MaybeInstant;
  };
  moved_runs: {
    move_id: string;
    enrolment_id: string;
    state: 'told' | 'moved' | 'stayed';
    because: string | null;
    told_at: Instant;
    settled_at: MaybeInstant;
  };
  corrections: {
    journey: string;
    version: number;
    id: GeneratedAlways<string>;
    template: string;
    locale: string;
    why: string;
    corrected_by: string;
    at: Instant;
    before_hash: string;
    after_hash: string;
  };
  customers: {
    id: string;
    zone: string | null;
    locale: Generated<string>;
    fields: Json<Record<string, Scalar>>;
    preferred_channel: Channel | null;
    wrote_on: Channel | null;
    wrote_at: MaybeInstant;
    created_at: Instant;
    updated_at: Instant;
  };
  addresses: { customer_id: string; channel: Channel; address: string; created_at: Instant };
  consents: {
    customer_id: string;
    id: GeneratedAlways<string>;
    channel: Channel;
    purpose: string;
    granted: boolean;
    source: string;
    proof: string | null;
    actor: string;
    at: Instant;
  };
  suppressions: {
    customer_id: string;
    channel: Channel | 'all';
    reason: string;
    actor: string;
    at: Instant;
    lifted_at: MaybeInstant;
  };
  guards: {
    customer_id: string;
    fact: string;
    reason: string;
    actor: string;
    at: Instant;
    review_at: Instant;
    lifted_at: MaybeInstant;
  };
  /** `scope` is 'all', 'journey:NAME' or 'channel:NAME'. A row means: switched off. */
  kill_switches: { scope: string; reason: string; actor: string; at: Instant };
  budgets: {
    customer_id: string;
    version: Generated<string>;
    /** Packed by `core/budget/ring`; a new row has an empty list. */
    recent: Json<PackedRing | readonly []>;
    waiting: Json<WaitingTouch[]>;
    gates: Json<Partial<Gates>>;
  };
  enrolments: {
    id: string;
    customer_id: string;
    journey: string;
    version: number;
    rules: number;
    /** What there may be one run of: 'CUSTOMER/VALUE', and 'CUSTOMER/VALUE#2' where the journey may be entered again. */
    entry_key: string;
    entry_event_id: string | null;
    /** The field that tells runs apart and its value here: an event that carries this field reaches only this run. */
    once_field: string | null;
    once_value: string | null;
    state: 'running' | 'ended';
    outcome: string | null;
    /** The number of the newest delivery, and of the newest one its workflow has taken when it last parked. */
    delivered: Generated<number>;
    heard: Generated<number>;
    step: string | null;
    waiting_for: string | null;
    wake_at: MaybeInstant;
    started_at: Instant;
    parked_at: MaybeInstant;
    ended_at: MaybeInstant;
  };
  events: {
    id: string;
    idempotency_key: string;
    body_hash: string;
    customer_id: string;
    type: string;
    data: Json<Record<string, Scalar>>;
    at: Instant;
    received_at: Instant;
  };
  deliveries: {
    enrolment_id: string;
    number: number;
    kind: DeliveryBody['kind'];
    body: Json<DeliveryBody>;
    event_id: string | null;
    at: Instant;
  };
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
  touches: {
    id: string;
    customer_id: string;
    enrolment_id: string | null;
    task_id: string | null;
    journey: string | null;
    version: number | null;
    step: string | null;
    visit: number | null;
    purpose: string;
    cause: string | null;
    template: string | null;
    made_by: 'tech' | 'human';
    channel: string | null;
    address: string | null;
    cost: Generated<number>;
    rank: number | null;
    state: TouchState;
    ask: number;
    answer: Json<unknown>;
    considered: Json<unknown>;
    /** What was asked of the budget and no column says; the fence asks the gates with it once more. */
    request: ColumnType<
      Partial<Pick<TouchRequest, 'assumes' | 'answersInboundAt' | 'rateOpensAt'>> | null,
      string | null,
      string | null
    >;
    /** The first ask. */
    asked_at: Instant;
    /** Reserved: the latest instant it may be sent. Deferred: when it may ask again. */
    until: MaybeInstant;
    attempt: string | null;
    sending_at: MaybeInstant;
    sent_at: MaybeInstant;
    settled_at: MaybeInstant;
    provider_id: string | null;
    receipt: string | null;
    failure: string | null;
  };
  decisions: {
    touch_id: string;
    ask: number;
    customer_id: string;
    decided: string;
    because: string | null;
    /** What was tried, in order, and what was decided of each (`core/budget/ask`). */
    explanation: Json<AskRecord>;
    at: Instant;
  };
  messages: {
    customer_id: string;
    id: string;
    direction: 'in' | 'out';
    kind: 'message' | 'auto-reply' | 'bounce' | 'stop';
    channel: Channel;
    /** 'customer', 'tech', or the agent's name. */
    author: string;
    subject: string | null;
    body: string;
    address: string | null;
    touch_id: string | null;
    task_id: string | null;
    enrolment_id: string | null;
    /** The provider's id of it (an e-mail's Message-ID): what arrives twice is kept once. */
    provider_key: string | null;
    in_reply_to: string | null;
    at: Instant;
  };
  unmatched_messages: {
    channel: Channel;
    provider_key: string;
    sender: string;
    subject: string | null;
    body: string;
    at: Instant;
  };
  tasks: {
    id: string;
    number: GeneratedAlways<string>;
    customer_id: string;
    team: string;
    state: 'open' | 'claimed' | 'snoozed' | 'done';
    version: Generated<number>;
    /** How far it has climbed: 0 is the task's own team, then the ladder's. */
    rung: Generated<number>;
    ladder: string[];
    /** The team that is asked now. */
    asked_team: string;
    claimed_by: string | null;
    claimed_at: MaybeInstant;
    outcome: string | null;
    within: string;
    claim_by_at: MaybeInstant;
    answer_by_at: MaybeInstant;
    wake_at: MaybeInstant;
    deadline_at: MaybeInstant;
    created_at: Instant;
    done_at: MaybeInstant;
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
    /** 'run/step/visit'. */
    id: string;
    customer_id: string;
    enrolment_id: string;
    step: string;
    team: string;
    about: string;
    said: string;
    /** The event, or 'customer', whose field its time hangs on. */
    follows: string | null;
    from_at: Instant;
    due_at: Instant;
    state: 'open' | 'told';
    made_at: Instant;
    told_at: MaybeInstant;
  };
  splits: {
    enrolment_id: string;
    step: string;
    customer_id: string;
    journey: string;
    version: number;
    arm: string;
    /** The event that is its journey's goal; null: it has none. */
    goal: string | null;
    at: Instant;
    goal_met_at: MaybeInstant;
  };
  /** Events that asked for a run which was not to begin yet. */
  turned_away: {
    event_id: string;
    journey: string;
    customer_id: string;
    because: string;
    /** When it may be entered again; null: not before the run at hand is over. */
    until: MaybeInstant;
    at: Instant;
  };
  /** Who enters which journey by a date of theirs, and when: one row a customer and journey, until it is due. */
  date_entries: { customer_id: string; journey: string; date: string; due_at: Instant };
  /** Journeys by date that have still to look at the customers behind this one. */
  date_scans: { journey: string; after_id: Generated<string>; published_at: Instant };
  /** Without a condition, a list: its members. */
  audiences: {
    name: string;
    condition: ColumnType<ConditionData | null, string | null, string | null>;
    set_by: string;
    set_at: Instant;
  };
  audience_members: { audience: string; customer_id: string };
  broadcasts: {
    id: string;
    journey: string;
    version: number;
    audience: string;
    /** '2026-12-16 09:00', on each customer's own clock. */
    at: string;
    state: 'planned' | 'running' | 'done' | 'cancelled' | 'missed';
    /** The instant whose zones are under way; null before the first. */
    pass_at: MaybeInstant;
    /** Zone by zone; then whoever changed since it began, because a zone that moved may have been passed by; then those who wait. */
    stage: Generated<'zones' | 'moved' | 'waits'>;
    after_id: Generated<string>;
    entered: Generated<string>;
    /** What came of them: 'sent', 'refused: guard' → how many. */
    counts: Json<Record<string, number>>;
    wake_at: MaybeInstant;
    planned_at: Instant;
    begun_at: MaybeInstant;
    over_at: MaybeInstant;
    cancelled_by: string | null;
  };
  broadcast_waits: {
    broadcast_id: string;
    customer_id: string;
    touch_id: string;
    state: Json<RunState>;
    due_at: Instant;
  };
  api_keys: { id: string; name: string; hash: Buffer; scopes: string[]; created_at: Instant; revoked_at: MaybeInstant };
}

export type TouchState =
  'reserved' | 'deferred' | 'refused' | 'with-person' | 'sending' | 'sent' | 'failed' | 'unknown' | 'withdrawn';
