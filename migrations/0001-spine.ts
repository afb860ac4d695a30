import { sql, type Kysely } from 'kysely';

/**
 * Everything the spine stores. Instants are written by us, from our clock, never by the server's `now()`: the demo's clock runs faster.
 * Keys of what grows with customers begin with `customer_id` or are derived from the enrolment, so that the tables shard by customer.
 */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  sql`create table clock (
    "only" boolean primary key default true check ("only"),
    real_anchor timestamptz not null,
    virtual_anchor timestamptz not null,
    rate double precision not null check (rate > 0)
  )`,

  // ── what is published ──────────────────────────────────────────────────────
  // Content-addressed: a journey's version names the words, policy and templates it was published with by their hash.
  sql`create table definitions (
    hash text primary key,
    kind text not null check (kind in ('words', 'policy', 'templates')),
    number integer not null,
    data json not null,
    published_at timestamptz not null,
    unique (kind, number)
  )`,
  sql`create table journeys (
    name text not null,
    version integer not null check (version > 0),
    hash text not null,
    definition json not null,
    hears text[] not null,
    entry_event text,
    words_hash text not null references definitions,
    policy_hash text not null references definitions,
    templates_hash text not null references definitions,
    published_at timestamptz not null,
    published_by text not null,
    primary key (name, version)
  )`,
  sql`create index journeys_by_entry on journeys (entry_event)`,

  // ── customers ──────────────────────────────────────────────────────────────
  sql`create table customers (
    id text primary key,
    zone text,
    locale text not null default 'en',
    fields jsonb not null default '{}',
    preferred_channel text,
    wrote_on text,
    wrote_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create table addresses (
    customer_id text not null references customers,
    channel text not null,
    address text not null,
    created_at timestamptz not null,
    primary key (customer_id, channel, address)
  )`,
  sql`create index addresses_by_address on addresses (channel, address)`,
  // Every consent ever given or withdrawn, with its proof; what holds now is copied into the budget row.
  sql`create table consents (
    customer_id text not null references customers,
    id bigint generated always as identity,
    channel text not null,
    purpose text not null,
    granted boolean not null,
    source text not null,
    proof text,
    actor text not null,
    at timestamptz not null,
    primary key (customer_id, id)
  )`,
  sql`create table suppressions (
    customer_id text not null references customers,
    channel text not null,
    reason text not null,
    actor text not null,
    at timestamptz not null,
    lifted_at timestamptz,
    primary key (customer_id, channel, at)
  )`,
  sql`create table guards (
    customer_id text not null references customers,
    fact text not null,
    reason text not null,
    actor text not null,
    at timestamptz not null,
    review_at timestamptz not null,
    lifted_at timestamptz,
    primary key (customer_id, fact, at)
  )`,
  sql`create table kill_switches (
    scope text primary key,
    reason text not null,
    actor text not null,
    at timestamptz not null
  )`,

  // ── the budget: one row a customer, written only by compare-and-swap on its version ──
  // `json`, not `jsonb`: it is read and written whole, and keeping its text as it came makes the hot path a third cheaper (bench/).
  sql`create table budgets (
    customer_id text primary key references customers,
    version bigint not null default 1,
    recent json not null default '[]',
    waiting json not null default '[]',
    gates json not null default '{}'
  ) with (fillfactor = 70)`,

  // ── enrolments and what arrived for them ───────────────────────────────────
  sql`create table events (
    id text primary key,
    idempotency_key text not null unique,
    body_hash text not null,
    customer_id text not null references customers,
    type text not null,
    data jsonb not null,
    at timestamptz not null,
    received_at timestamptz not null
  )`,
  sql`create index events_by_customer on events (customer_id, at desc)`,
  sql`create table enrolments (
    id text primary key,
    customer_id text not null references customers,
    journey text not null,
    version integer not null,
    rules integer not null,
    entry_key text not null,
    entry_event_id text references events,
    once_field text,
    once_value text,
    state text not null check (state in ('running', 'ended')),
    outcome text,
    delivered integer not null default 0,
    heard integer not null default 0,
    step text,
    waiting_for text,
    wake_at timestamptz,
    started_at timestamptz not null,
    parked_at timestamptz,
    ended_at timestamptz,
    foreign key (journey, version) references journeys,
    unique (journey, entry_key)
  )`,
  sql`create index enrolments_by_customer on enrolments (customer_id, started_at desc)`,
  sql`create index enrolments_running_by_wake on enrolments (wake_at) where state = 'running'`,
  sql`create table deliveries (
    enrolment_id text not null references enrolments,
    number integer not null,
    kind text not null check (kind in ('event', 'outcome', 'settled', 'cancel')),
    body jsonb not null,
    event_id text references events,
    at timestamptz not null,
    primary key (enrolment_id, number)
  )`,
  // What Temporal has still to be told. One row a workflow: a second reason to call it joins the first.
  sql`create table outbox (
    workflow_id text primary key,
    kind text not null check (kind in ('enrolment', 'task', 'promise')),
    ref text not null,
    freed boolean not null default false,
    generation bigint not null default 1,
    due_at timestamptz not null,
    attempts integer not null default 0,
    last_error text,
    parked_at timestamptz
  )`,
  sql`create index outbox_due on outbox (due_at) where parked_at is null`,

  // ── touches ────────────────────────────────────────────────────────────────
  // No foreign keys: a touch is only written together with its budget row, which has one, and each key checked costs every
  // reservation a tenth of its time.
  sql`create table touches (
    id text primary key,
    customer_id text not null,
    enrolment_id text,
    task_id text,
    journey text,
    version integer,
    step text,
    visit integer,
    purpose text not null,
    cause text,
    template text,
    made_by text not null check (made_by in ('tech', 'human')),
    channel text,
    address text,
    cost integer not null default 0,
    rank integer,
    state text not null check (state in ('reserved', 'deferred', 'refused', 'with-person', 'sending', 'sent', 'failed', 'unknown', 'withdrawn')),
    ask integer not null,
    answer json not null,
    considered json not null default '[]',
    request json,
    asked_at timestamptz not null,
    until timestamptz,
    attempt text,
    sending_at timestamptz,
    sent_at timestamptz,
    settled_at timestamptz,
    provider_id text,
    receipt text,
    failure text
  )`,
  sql`create index touches_by_customer on touches (customer_id, asked_at desc)`,
  sql`create unique index touches_by_provider on touches (channel, provider_id) where provider_id is not null`,
  sql`create index touches_unsettled on touches (sending_at) where state in ('sending', 'unknown')`,
  sql`create index touches_reserved on touches (until) where state = 'reserved'`,
  // Each time a touch was asked for, what was tried and what was answered, kept for \`why\`.
  sql`create table decisions (
    touch_id text not null,
    ask integer not null,
    customer_id text not null,
    decided text not null,
    because text,
    explanation json not null,
    at timestamptz not null,
    primary key (touch_id, ask)
  )`,

  // ── conversation ───────────────────────────────────────────────────────────
  sql`create table messages (
    customer_id text not null references customers,
    id text not null,
    direction text not null check (direction in ('in', 'out')),
    kind text not null check (kind in ('message', 'auto-reply', 'bounce', 'stop')),
    channel text not null,
    author text not null,
    subject text,
    body text not null,
    address text,
    touch_id text,
    task_id text,
    enrolment_id text,
    provider_key text,
    in_reply_to text,
    at timestamptz not null,
    primary key (customer_id, id)
  )`,
  sql`create index messages_in_order on messages (customer_id, at)`,
  sql`create unique index messages_once on messages (channel, provider_key) where provider_key is not null`,
  // A sender we do not know is not lost: it waits for a person to match it.
  sql`create table unmatched_messages (
    channel text not null,
    provider_key text not null,
    sender text not null,
    subject text,
    body text not null,
    at timestamptz not null,
    primary key (channel, provider_key)
  )`,

  // ── people ─────────────────────────────────────────────────────────────────
  sql`create table tasks (
    id text primary key,
    number bigint generated always as identity unique,
    customer_id text not null references customers,
    team text not null,
    state text not null check (state in ('open', 'claimed', 'snoozed', 'done')),
    version integer not null default 1,
    rung integer not null default 0,
    ladder text[] not null,
    asked_team text not null,
    claimed_by text,
    claimed_at timestamptz,
    outcome text,
    within text not null,
    claim_by_at timestamptz,
    answer_by_at timestamptz,
    wake_at timestamptz,
    deadline_at timestamptz,
    created_at timestamptz not null,
    done_at timestamptz,
    check ((state = 'done') = (deadline_at is null)),
    check ((state in ('claimed')) <= (claimed_by is not null))
  )`,
  // One open task per customer and team: a second reason joins it.
  sql`create unique index tasks_one_open on tasks (customer_id, team) where state <> 'done'`,
  sql`create index tasks_by_deadline on tasks (deadline_at) where state <> 'done'`,
  sql`create table task_reasons (
    id text primary key,
    task_id text not null references tasks,
    enrolment_id text references enrolments,
    journey text,
    step text,
    because text not null,
    outcomes text[] not null,
    due_at timestamptz not null,
    at timestamptz not null,
    answered text,
    answered_at timestamptz
  )`,
  sql`create index task_reasons_by_task on task_reasons (task_id)`,
  sql`create table task_log (
    task_id text not null references tasks,
    id bigint generated always as identity,
    at timestamptz not null,
    actor text not null,
    action text not null,
    note jsonb not null default '{}',
    primary key (task_id, id)
  )`,
  sql`create table promises (
    id text primary key,
    customer_id text not null references customers,
    enrolment_id text not null references enrolments,
    step text not null,
    team text not null,
    kept_by text[] not null,
    state text not null check (state in ('open', 'kept', 'broken', 'obsolete')),
    version integer not null default 1,
    due_at timestamptz not null,
    renew jsonb,
    renewed integer not null default 0,
    deadline_at timestamptz,
    made_at timestamptz not null,
    settled_at timestamptz,
    check ((state = 'open') = (deadline_at is not null))
  )`,
  sql`create index promises_by_customer on promises (customer_id) where state = 'open'`,
  sql`create index promises_by_deadline on promises (deadline_at) where state = 'open'`,

  // ── who may call ───────────────────────────────────────────────────────────
  sql`create table api_keys (
    id text primary key,
    name text not null unique,
    hash bytea not null unique,
    scopes text[] not null,
    created_at timestamptz not null,
    revoked_at timestamptz
  )`,
];
