/** The inbox of the desk: tasks with whom they are about and what was said last, in the order in which they should be taken. */
import { sql, type ExpressionBuilder, type RawBuilder } from 'kysely';
import type { Channel } from '../../core/journey/channels.ts';
import type { Scalar } from '../../core/run/inputs.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { Database } from '../database.ts';
import type { Db } from '../open.ts';
import { suggestedIn } from '../routing/suggested-in.ts';
import type { Suggested } from '../routing/route-task.ts';

export const inboxViews = ['next', 'mine', 'team', 'climbing', 'snoozed'] as const;
export type InboxView = (typeof inboxViews)[number];

/** Whose inbox it is. `teams` null: of all teams. */
export interface Viewer {
  readonly name: string;
  readonly teams: readonly string[] | null;
}

export interface InboxQuery {
  readonly view: InboxView;
  /** A part of a name, an address, an id, a task's number or something that was said. */
  readonly words?: string;
  /** The last row of the page before, from the same query. */
  readonly after?: { readonly tier: number; readonly dueAt: number; readonly number: number };
  readonly limit: number;
}

export interface InboxRow {
  readonly id: string;
  readonly number: number;
  readonly customerId: string;
  readonly customerFields: Readonly<Record<string, Scalar>>;
  readonly customerZone: string | null;
  readonly team: string;
  readonly askedTeam: string;
  readonly state: TaskState;
  readonly rung: number;
  readonly claimedBy: string | null;
  readonly dueAt: number;
  readonly createdAt: number;
  readonly because: string | null;
  readonly reasons: number;
  readonly last: {
    readonly direction: 'in' | 'out';
    readonly channel: Channel;
    readonly author: string;
    readonly says: string;
    readonly at: number;
  } | null;
  /** What was said is for its people, and is shown in no list. */
  readonly isConfidential: boolean;
  readonly suggested: Suggested | null;
  /** 0: their own person has it and they wrote last. */
  readonly tier: number;
}

const saysAtMost = 240;

type Tasks = ExpressionBuilder<Database, 'tasks'>;

/** Of whose tasks the viewer sees, those of a view. */
function inView(eb: Tasks, view: InboxView, { name, teams }: Viewer) {
  const isMine = eb('claimed_by', '=', name).and('state', '=', 'claimed');
  const isOurs =
    teams === null
      ? eb.lit(true)
      : eb('asked_team', '=', eb.fn.any(eb.val([...teams]))).or('team', '=', eb.fn.any(eb.val([...teams])));
  const isAsked =
    teams === null ? eb.lit(true) : eb('asked_team', '=', eb.fn.any(eb.val([...teams]))).or('asked_person', '=', name);
  switch (view) {
    case 'next':
      return eb.or([isMine, eb.and([eb('state', '=', 'open'), isAsked])]);
    case 'mine':
      return isMine;
    case 'team':
      return eb.and([eb('state', '<>', 'done'), eb.or([isOurs, isMine])]);
    case 'climbing':
      return eb.and([eb('state', 'in', ['open', 'claimed']), eb('rung', '>', 0), isOurs]);
    case 'snoozed':
      return eb.and([eb('state', '=', 'snoozed'), isOurs]);
  }
}

/** By when the customer shall be looked after: `dueOf` in SQL. The table sees to it that what is not done has one of them. */
const due = sql<Date>`coalesce(tasks.claim_by_at, tasks.answer_by_at, tasks.wake_at, tasks.deadline_at)`;

/** The direction of the last message decides for those alone that the viewer has: a handful, whatever the inbox holds. */
const tierFor = (name: string): RawBuilder<number> => sql<number>`case when tasks.claimed_by = ${name} and (
    select m.direction from messages m where m.customer_id = tasks.customer_id and m.kind = 'message' order by m.at desc limit 1
  ) = 'in' then 0 else 1 end`;

export async function listInbox(db: Db, viewer: Viewer, query: InboxQuery): Promise<InboxRow[]> {
  const tier = tierFor(viewer.name);
  let tasks = db
    .selectFrom('tasks')
    .select(['id', 'number', 'customer_id', 'team', 'asked_team', 'state', 'rung', 'claimed_by'])
    .select(['created_at', 'routed_to', 'routed_because', 'held_out', due.as('due_at'), tier.as('tier')])
    .where('state', '<>', 'done')
    .where((eb) => inView(eb, query.view, viewer))
    .orderBy('tier')
    .orderBy('due_at')
    .orderBy('number')
    .limit(query.limit);
  if (query.words !== undefined) tasks = tasks.where(says(query.words));
  if (query.after) {
    const { dueAt, number } = query.after;
    tasks = tasks.where(
      sql<boolean>`(${tier}, ${due}, tasks.number) > (${query.after.tier}::int, ${new Date(dueAt)}::timestamptz, ${number}::bigint)`,
    );
  }
  // The page is found first, and only its rows are filled with what was said.
  const rows = await db
    .with('page', () => tasks)
    .selectFrom('page')
    .innerJoin('customers', 'customers.id', 'page.customer_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('messages')
          .select(['direction', 'channel', 'author', 'at', sql<string>`left(body, ${saysAtMost})`.as('says')])
          .whereRef('messages.customer_id', '=', 'page.customer_id')
          .where('messages.kind', '=', 'message')
          .orderBy('at', 'desc')
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('task_reasons')
          .select([
            sql<string | null>`(array_agg(because order by at desc))[1]`.as('because'),
            sql<string>`count(*)`.as('reasons'),
          ])
          .whereRef('task_reasons.task_id', '=', 'page.id')
          .where((w) => w.or([w('answered', 'is', null), w('answered', '<>', 'obsolete')]))
          .as('why'),
      (join) => join.onTrue(),
    )
    .selectAll('page')
    .select(['customers.fields', 'customers.zone'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('confidences')
            .select('id')
            .whereRef('confidences.customer_id', '=', 'page.customer_id')
            .where('lifted_at', 'is', null),
        )
        .as('confidential'),
    )
    .select(['said.direction', 'said.channel', 'said.author', 'said.at', 'said.says', 'why.because', 'why.reasons'])
    .orderBy('page.tier')
    .orderBy('page.due_at')
    .orderBy('page.number')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: Number(row.number),
    customerId: row.customer_id,
    customerFields: row.fields,
    customerZone: row.zone,
    team: row.team,
    askedTeam: row.asked_team,
    state: row.state,
    rung: row.rung,
    claimedBy: row.claimed_by,
    dueAt: row.due_at.getTime(),
    createdAt: row.created_at.getTime(),
    because: row.because,
    reasons: Number(row.reasons ?? 0),
    last:
      row.direction === null || row.channel === null || row.author === null || row.at === null || row.says === null
        ? null
        : {
            ...{ direction: row.direction, channel: row.channel, author: row.author, at: row.at.getTime() },
            says: row.confidential ? '' : row.says,
          },
    isConfidential: Boolean(row.confidential),
    suggested: suggestedIn(row),
    tier: row.tier,
  }));
}

/** As somebody would look for them: 'T-12', a piece of a name or number, or words that were said. */
function says(words: string): RawBuilder<boolean> {
  const number = /^T-?(\d{1,18})$/i.exec(words)?.[1];
  if (number !== undefined) return sql<boolean>`tasks.number = ${number}::bigint`;
  const part = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  // A number is looked for as it is kept: without spaces, brackets and the like.
  const digits = words.replace(/[\s()/.-]/g, '').replace(/^00/, '+');
  const phone = /^\+?\d{4,}$/.test(digits) ? `%${digits.replace(/^0/, '')}%` : part;
  return sql<boolean>`(
    tasks.customer_id ilike ${part}
    or exists (select from customers c where c.id = tasks.customer_id and exists (
      select from jsonb_each_text(c.fields) f where f.value ilike ${part}))
    or exists (select from addresses a where a.customer_id = tasks.customer_id and (a.address ilike ${part} or a.address like ${phone}))
    or exists (select from messages m where m.customer_id = tasks.customer_id and (m.body ilike ${part} or m.subject ilike ${part})
      and not exists (select from confidences k where k.customer_id = m.customer_id and k.lifted_at is null))
  )`;
}

/** How many there are in each view. */
export async function countInbox(db: Db, viewer: Viewer): Promise<Record<InboxView, number>> {
  const row = await db
    .selectFrom('tasks')
    .select((eb) =>
      inboxViews.map((view) =>
        eb.fn
          .countAll<string>()
          .filterWhere(inView(eb, view, viewer))
          .as(view),
      ),
    )
    .where('state', '<>', 'done')
    .executeTakeFirstOrThrow();
  return {
    next: Number(row.next),
    mine: Number(row.mine),
    team: Number(row.team),
    climbing: Number(row.climbing),
    snoozed: Number(row.snoozed),
  };
}
