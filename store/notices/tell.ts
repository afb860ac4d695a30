/** What is due to be told, one message for each person and way: whatever waits for the same one goes along. */
import { sql } from 'kysely';
import { batchMs } from '../../core/task/attention.ts';
import type { NoticeKind } from '../../core/task/notice.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { Db } from '../open.ts';
import type { Via } from './share-out.ts';

export interface Telling {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly taskId: string;
  readonly number: number;
  readonly team: string;
  readonly person: string | null;
  readonly suggested: string | null;
  readonly state: TaskState;
  readonly deadlineAt: number | null;
  readonly because: string | null;
}
export interface Message {
  readonly recipient: string;
  readonly via: Via;
  /** Null: they have none any more. */
  readonly address: string | null;
  readonly zone: string | null;
  readonly tellings: readonly Telling[];
}

/** Real seconds. A worker that dies holds what it took no longer than this. */
const leaseSeconds = 60;
export const tellingTries = 8;
const inOneMessage = 50;

interface Row {
  readonly id: string;
  readonly recipient: string;
  readonly via: Via;
  readonly address: string | null;
  readonly zone: string | null;
  readonly kind: NoticeKind;
  readonly task_id: string;
  readonly number: string;
  readonly team: string;
  readonly person: string | null;
  readonly suggested: string | null;
  readonly state: TaskState;
  readonly claimed_by: string | null;
  readonly deadline_at: Date | null;
  readonly because: string | null;
}

/** What is of no use any more is dropped here: nobody is told of what is done, or of a new task that somebody has. */
export async function takeMessages(db: Db, { now, limit }: { now: number; limit: number }): Promise<Message[]> {
  const at = new Date(now);
  const { rows } = await sql<Row>`
    with due as (
      select distinct recipient, via from (
        select recipient, via from tellings where sent_at is null and given_up_at is null and due_at <= ${at} order by due_at limit ${limit}
      ) first
    ), taken as (
      update tellings set due_at = ${at}::timestamptz + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
      where id in (
        select l.id from tellings l join due using (recipient, via)
        where l.sent_at is null and l.given_up_at is null and l.due_at <= ${new Date(now + batchMs)}
        order by l.id limit ${inOneMessage} for update of l skip locked
      ) returning id, notice_id, recipient, via
    )
    select taken.id, taken.recipient, taken.via, case taken.via when 'email' then a.email else a.slack end as address, a.zone,
      n.kind, n.task_id, t.number, n.team, n.person, t.state, t.claimed_by, t.deadline_at,
      case when t.state = 'open' and not t.held_out then t.routed_to end as suggested,
      (select because from task_reasons r where r.task_id = t.id order by at desc limit 1) as because
    from taken join notices n on n.id = taken.notice_id join tasks t on t.id = n.task_id
      left join agents a on a.name = taken.recipient
    order by taken.id`.execute(db);
  const useless = rows.filter((row) => !isOfUse(row)).map(({ id }) => id);
  if (useless.length > 0) await tellingsDropped(db, useless, now);
  const messages = new Map<string, Message>();
  for (const row of rows.filter(isOfUse)) {
    const key = `${row.via} ${row.recipient}`;
    const { recipient, via, address, zone } = row;
    const before = messages.get(key)?.tellings ?? [];
    messages.set(key, { recipient, via, address, zone, tellings: [...before, tellingOf(row)] });
  }
  return [...messages.values()];
}

const isOfUse = ({ kind, state, claimed_by, recipient }: Row): boolean => {
  if (state === 'done') return false;
  const isOpenNews = kind === 'new' || kind === 'climbing' || kind === 'taken-back' || kind === 'unanswered';
  if (isOpenNews) return state === 'open';
  return claimed_by === recipient || kind === 'replied';
};

const tellingOf = (row: Row): Telling => ({
  id: row.id,
  kind: row.kind,
  taskId: row.task_id,
  number: Number(row.number),
  team: row.team,
  person: row.person,
  suggested: row.suggested,
  state: row.state,
  deadlineAt: row.deadline_at?.getTime() ?? null,
  because: row.because,
});

export async function tellingsSettled(db: Db, ids: readonly string[], now: number): Promise<void> {
  await db
    .updateTable('tellings')
    .set({ sent_at: new Date(now), last_error: null })
    .where('id', 'in', ids)
    .execute();
}

/** Nobody was told, so what comes next need not wait as if somebody had been. */
async function tellingsDropped(db: Db, ids: readonly string[], now: number): Promise<void> {
  await db
    .updateTable('tellings')
    .set({ given_up_at: new Date(now), last_error: 'of no use any more' })
    .where('id', 'in', ids)
    .execute();
}

/** Tried again later and later, and at last given up; answers how many are. */
export async function tellingsFailed(
  db: Db,
  ids: readonly string[],
  { because, now }: { because: string; now: number },
): Promise<number> {
  const { rows } = await sql<{ over: boolean }>`
    update tellings set last_error = ${because.slice(0, 500)},
      due_at = ${new Date(now)}::timestamptz + make_interval(secs => least(2 ^ attempts, 600)),
      given_up_at = case when attempts >= ${tellingTries} then ${new Date(now)}::timestamptz end
    where id = any(${[...ids]}::bigint[]) returning given_up_at is not null as over`.execute(db);
  return rows.filter(({ over }) => over).length;
}
