import { sql, type Kysely } from 'kysely';

/** What a task needs to be handed from person to person without a moment at which nobody is asked. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

const statements = [
  // A rung says how long it is given, and may be a person. What was a list of teams stays one.
  sql`alter table tasks add column rungs json not null default '[]'`,
  sql`update tasks set rungs = (
    select coalesce(json_agg(json_build_object('team', team, 'person', null, 'within', null) order by n), '[]')
    from unnest(ladder) with ordinality as each (team, n)
  )`,
  sql`alter table tasks drop column ladder`,
  sql`alter table tasks rename column rungs to ladder`,
  sql`alter table tasks
    add column asked_person text,
    add column warn_at timestamptz,
    add column merged_into text references tasks`,
  sql`create index tasks_merged on tasks (merged_into) where merged_into is not null`,
  sql`create index tasks_by_owner on tasks (claimed_by) where state <> 'done'`,

  // Each state has its own time and no other, and the deadline is that one: whatever writes a task, it cannot be forgotten.
  sql`alter table tasks
    drop constraint tasks_check,
    drop constraint tasks_check1,
    add constraint tasks_open check ((state = 'open') = (claim_by_at is not null)),
    add constraint tasks_claimed check ((state = 'claimed') = (answer_by_at is not null)),
    add constraint tasks_warned check (warn_at is null or state = 'claimed'),
    add constraint tasks_snoozed check ((state = 'snoozed') = (wake_at is not null)),
    add constraint tasks_done check ((state = 'done') = (done_at is not null)),
    add constraint tasks_owner check (
      case state when 'claimed' then claimed_by is not null when 'open' then claimed_by is null else true end
    ),
    add constraint tasks_deadline check (
      deadline_at is not distinct from
      case state
        when 'open' then claim_by_at
        when 'claimed' then coalesce(warn_at, answer_by_at)
        when 'snoozed' then wake_at
      end
    )`,

  // Who did what, when and why is kept for good.
  sql`create function task_log_is_kept() returns trigger language plpgsql as $$
    begin
      raise exception 'The log of tasks is only added to';
    end
  $$`,
  sql`create trigger task_log_is_kept before update or delete or truncate on task_log
    for each statement execute function task_log_is_kept()`,
];
