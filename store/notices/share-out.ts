/** From a notice to those who are told of it: a row each, with when they may be told. */
import { sql } from 'kysely';
import { tellAt } from '../../core/task/attention.ts';
import type { NoticeKind } from '../../core/task/notice.ts';
import type { Db, Tx } from '../open.ts';

export type Via = 'email' | 'slack';
/** The team's own channel, where there is one. */
export const toChannel = '#';

interface Told {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly team: string;
  readonly person: string | null;
  readonly suggested: string | null;
}

/** `ways`: by what people can be told here. `now` is the machine's. Answers how many were shared out. */
export const shareOutNotices = (
  db: Db,
  { ways, hasChannel, now, limit }: { ways: readonly Via[]; hasChannel: boolean; now: number; limit: number },
): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql<Told>`
      select n.id, n.kind, n.team, n.person, case when t.state = 'open' and not t.held_out then t.routed_to end as suggested
      from notices n join tasks t on t.id = n.task_id
      where n.shared_out_at is null order by n.id limit ${limit} for update of n skip locked`.execute(tx);
    for (const notice of rows) await shareOut(tx, notice, { ways, hasChannel, now });
    if (rows.length > 0)
      await tx
        .updateTable('notices')
        .set({ shared_out_at: new Date(now) })
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
    return rows.length;
  });

interface Recipient {
  readonly name: string;
  readonly email: string | null;
  readonly slack: string | null;
  readonly focusUntil: Date | null;
}

/** Its person; else whom it fits best; else whoever of the team is on shift, so that it is nobody's oversight. */
async function recipientsOf(tx: Tx, { team, person, suggested }: Told): Promise<Recipient[]> {
  const rows = tx.selectFrom('agents').select(['name', 'email', 'slack', 'focus_until as focusUntil']);
  const one = person ?? suggested;
  if (one !== null) return rows.where('name', '=', one).execute();
  return rows
    .where('on_shift', '=', true)
    .where(sql<boolean>`teams @> array[${team}::text]`)
    .orderBy('name')
    .execute();
}

async function shareOut(
  tx: Tx,
  notice: Told,
  { ways, hasChannel, now }: { ways: readonly Via[]; hasChannel: boolean; now: number },
): Promise<void> {
  const told: { recipient: string; via: Via; focusUntil: Date | null }[] = [];
  for (const { name, email, slack, focusUntil } of await recipientsOf(tx, notice)) {
    if (ways.includes('email') && email !== null) told.push({ recipient: name, via: 'email', focusUntil });
    if (ways.includes('slack') && slack !== null) told.push({ recipient: name, via: 'slack', focusUntil });
  }
  if (hasChannel && notice.person === null) told.push({ recipient: toChannel, via: 'slack', focusUntil: null });
  for (const { recipient, via, focusUntil } of told) {
    const lastToldAt = await lastTold(tx, recipient, via);
    const dueAt = tellAt({ kind: notice.kind, now, lastToldAt, focusUntil: focusUntil?.getTime() ?? null });
    await tx
      .insertInto('tellings')
      .values({ notice_id: notice.id, recipient, via, due_at: new Date(dueAt) })
      .onConflict((c) => c.doNothing())
      .execute();
  }
}

async function lastTold(tx: Tx, recipient: string, via: Via): Promise<number | null> {
  const row = await tx
    .selectFrom('tellings')
    .select('sent_at')
    .where('recipient', '=', recipient)
    .where('via', '=', via)
    .where('sent_at', 'is not', null)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.sent_at?.getTime() ?? null;
}
