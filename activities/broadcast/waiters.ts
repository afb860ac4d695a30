/** Those of a broadcast whose touch waited for its place: asked again when their turn has come, or let go. */
import { peopleById } from '../../store/broadcasts/people.ts';
import type { Waiting } from '../../store/broadcasts/progress.ts';
import { anyWaits, dueWaits, waitsDone } from '../../store/broadcasts/waits.ts';
import { takeOrTell, type Sender } from './sender.ts';

const atOnce = 500;

/** Those first whose turn has come again. True: there were some. */
export async function askWaiters(sender: Sender, now: number): Promise<boolean> {
  const { deps, broadcast } = sender;
  const due = await dueWaits(deps.db, broadcast.id, now, atOnce);
  if (due.length === 0) return false;
  const people = new Map(
    (
      await peopleById(
        deps.db,
        due.map((w) => w.customerId),
      )
    ).map((one) => [one.id, one]),
  );
  const counts: Record<string, number> = {};
  const done: string[] = [];
  const waits: Waiting[] = [];
  await Promise.all(
    due.map(async ({ customerId, state }) => {
      const customer = people.get(customerId);
      const came = customer ? await takeOrTell(sender, customer, state) : ({ is: 'done', as: 'gone' } as const);
      if (came.is === 'waits') waits.push({ customerId, ...came });
      if (came.is !== 'done') return;
      done.push(customerId);
      counts[came.as] = (counts[came.as] ?? 0) + 1;
    }),
  );
  await waitsDone(deps.db, { id: broadcast.id, done, waits, counts });
  return true;
}

/** Cancelled: nobody waits for it any more, and what was kept for them is given back. False: there was nobody left. */
export async function withdrawWaiters({ deps, broadcast }: Sender): Promise<boolean> {
  const left = await anyWaits(deps.db, broadcast.id, atOnce);
  if (left.length === 0) return false;
  await Promise.all(left.map(({ touchId }) => deps.budgets.withdraw(touchId)));
  const done = left.map((w) => w.customerId);
  await waitsDone(deps.db, { id: broadcast.id, done, waits: [], counts: { withdrawn: done.length } });
  return true;
}
