/** One page of a broadcast's people: each is taken through the touch, or begins a run. */
import { Context } from '@temporalio/activity';
import { asksFor } from '../../store/dates/asks-for.ts';
import type { Segment } from '../../store/audiences/audiences.ts';
import type { Customer } from '../../store/customers.ts';
import { peopleIn } from '../../store/broadcasts/people.ts';
import { countMore, pageDone, pageOfRuns, type Waiting } from '../../store/broadcasts/progress.ts';
import { getBroadcast } from '../../store/broadcasts/row.ts';
import { touchesThere } from '../../store/broadcasts/there.ts';
import { callsWaiting, notifyPump } from '../../store/outbox.ts';
import { aliveUntil } from './alive.ts';
import { takeOrTell, touchIdOf, type Sender } from './sender.ts';
import type { oneTouchOf } from './one-touch.ts';

export interface Pages {
  readonly sender: Sender;
  readonly audience: Segment | null;
  readonly oneTouch: ReturnType<typeof oneTouchOf>;
  /** How many are taken at once: what a provider carries in a second or two. */
  readonly size: { now: number };
  readonly clocks: { read: { readonly of: string; readonly zones: readonly (string | null)[] } | null };
}

const sizes = { least: 50, most: 500, takesMs: 2_000 };
/** Runs are begun only as fast as Temporal is told of them. */
const mostCalls = 1_000;

/** False: there was nobody left. */
export async function pageOfPeople(
  pages: Pages,
  audience: Segment,
  which: { readonly zones: readonly (string | null)[]; readonly changedSince?: number },
): Promise<boolean> {
  const { sender, size, oneTouch } = pages;
  const { deps, broadcast, journey } = sender;
  const limit = oneTouch ? size.now : sizes.most;
  const people = await peopleIn(deps.db, audience, { ...which, after: broadcast.afterId, limit });
  const last = people.at(-1);
  if (!last) return false;
  const only = 'audience' in journey.entry ? journey.entry.only : undefined;
  const asked = people.filter((one) => asksFor(only, one.fields));
  const began = performance.now();
  if (oneTouch)
    await touchAll(sender, which.changedSince === undefined ? asked : await newOf(sender, asked, oneTouch.id), last.id);
  else await beginRuns(sender, asked, last.id);
  const tookMs = Math.max(1, performance.now() - began);
  size.now = Math.round(Math.min(sizes.most, Math.max(sizes.least, (limit * sizes.takesMs) / tookMs)));
  return true;
}

async function touchAll(sender: Sender, people: readonly Customer[], afterId: string): Promise<void> {
  const { deps, broadcast } = sender;
  const counts: Record<string, number> = {};
  const waits: Waiting[] = [];
  const stopped: string[] = [];
  await Promise.all(
    people.map(async (customer) => {
      const came = await takeOrTell(sender, customer, null);
      if (came.is === 'waits') waits.push({ customerId: customer.id, ...came });
      else if (came.is === 'stopped') stopped.push(came.touchId);
      else counts[came.as] = (counts[came.as] ?? 0) + 1;
    }),
  );
  // Whoever takes this page up again finds their places.
  Context.current().cancellationSignal.throwIfAborted();
  const entered = people.length - stopped.length;
  if (
    stopped.length === 0 &&
    (await pageDone(deps.db, { from: broadcast, afterId, entered, counts, waits, wakeAt: aliveUntil(deps.clock) }))
  )
    return;
  const now = await getBroadcast(deps.db, broadcast.id);
  // Another attempt was faster: its rows say who waits.
  if (now?.state !== 'cancelled') return;
  const left = [...stopped, ...waits.map((w) => w.touchId)];
  await Promise.all(left.map((id) => deps.budgets.withdraw(id)));
  await countMore(deps.db, broadcast.id, entered, { ...counts, withdrawn: waits.length });
}

/** Of those whose record changed, whoever was not taken in another zone's turn. */
async function newOf({ deps, broadcast }: Sender, people: readonly Customer[], step: string): Promise<Customer[]> {
  const ids = new Map(people.map((one) => [one.id, touchIdOf(broadcast.id, one.id, step)]));
  const there = await touchesThere(deps.db, [...ids.values()]);
  return people.filter((one) => !there.has(ids.get(one.id) ?? ''));
}

async function beginRuns({ deps, broadcast }: Sender, people: readonly Customer[], afterId: string): Promise<void> {
  while ((await callsWaiting(deps.db, mostCalls)) >= mostCalls) {
    Context.current().cancellationSignal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const customers = people.map((one) => one.id);
  const { clock } = deps;
  await pageOfRuns(deps.db, { from: broadcast, afterId, customers, now: clock.now(), wakeAt: aliveUntil(clock) });
  await notifyPump(deps.db).catch(() => undefined);
}
