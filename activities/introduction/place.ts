/** Introductions ask the budget for their places, as any touch does. What waits is asked again when the task's workflow wakes for it. */
import { chooseReach } from '../../core/budget/choose-reach.ts';
import type { Fate } from '../../core/journey/table.ts';
import { getCustomer } from '../../store/customers.ts';
import { introductionsTakenBack, introductionsWaiting, moveIntroduction } from '../../store/introductions/asked.ts';
import { guardsHolding } from '../../store/introductions/guards-holding.ts';
import { touchIdOf, type StoredIntroduction } from '../../store/introductions/row.ts';
import type { StoredTask } from '../../store/tasks/row.ts';
import { configuredIn, type Deps } from '../deps.ts';
import { publishedWith } from '../published-with.ts';

/** Answers when the next of them asks; null: none waits. */
export async function placeIntroductions(deps: Deps, task: TaskAt): Promise<number | null> {
  const { db, budgets, clock } = deps;
  for (const touchId of await introductionsTakenBack(db, task.id)) await budgets.withdraw(touchId);
  for (const introduction of await introductionsWaiting(db, task.id))
    if (task.state === 'done' || (introduction.askAt ?? 0) <= clock.now()) await place(deps, introduction, task);
  const left = await introductionsWaiting(db, task.id);
  return left.length === 0 ? null : Math.min(...left.map(({ askAt }) => askAt ?? clock.now()));
}
type TaskAt = Pick<StoredTask, 'id' | 'state'>;

async function place(deps: Deps, introduction: StoredIntroduction, task: TaskAt): Promise<void> {
  const { db, budgets, clock } = deps;
  const { id, taskId, whenAt, at } = introduction;
  const ask = introduction.ask + 1;
  if (task.state === 'done' || (whenAt !== null && whenAt <= clock.now())) {
    await budgets.withdraw(touchIdOf(id));
    await moveIntroduction(db, { id, ask }, { state: 'none', because: 'its time was over before it could be sent' });
    return;
  }
  const guards = await guardsHolding(db, introduction.customerId);
  if (guards.length > 0) {
    await budgets.withdraw(touchIdOf(id));
    await moveIntroduction(db, { id, ask }, { state: 'none', because: `a guard holds: ${guards.join(', ')}` });
    return;
  }
  const customer = await getCustomer(db, introduction.customerId);
  if (!customer) throw new Error(`The customer of introduction ${id} is gone`);
  const { policy } = await publishedWith(db, { journey: null, version: null });
  const { candidates, skipped } = chooseReach(['wrote-on', 'preferred', 'email', 'sms'], {
    wroteOn: customer.wroteOn,
    preferred: customer.preferredChannel,
    addresses: Object.fromEntries(customer.addresses.map(({ channel, address }) => [channel, address])),
    template: ['email', 'sms'],
    configured: configuredIn(deps),
    failed: [],
  });
  const left = skipped.flatMap(({ channel, because }) => (channel ? [{ channel, skipped: because }] : []));
  const answer = await budgets.reserve({
    touchId: touchIdOf(id),
    ask,
    customerId: customer.id,
    journey: 'a person',
    purpose: 'service',
    madeBy: 'tech',
    cause: 'introduction',
    assumes: [],
    candidates: [...candidates, ...left],
    // It is worth nothing once they are there; so it is no turn of a conversation either, and costs what a touch costs.
    quiet: 'fate',
    fate: fateUntil(whenAt, at),
    firstAskedAt: at,
    policy,
    about: { taskId, template: 'introduction' },
  });
  switch (answer.is) {
    case 'reserved':
      await moveIntroduction(db, { id, ask }, { state: 'placed' });
      return;
    case 'deferred':
      await moveIntroduction(db, { id, ask }, { state: 'waiting', askAt: answer.until });
      return;
    case 'withdrawn':
      await moveIntroduction(db, { id, ask }, { state: 'none', because: 'it was withdrawn' });
      return;
    case 'dropped':
    case 'to-human':
      await moveIntroduction(db, { id, ask }, { state: 'none', because: answer.because });
  }
}

/** Until contact is due; without a time it is now or never. */
function fateUntil(whenAt: number | null, at: number): Fate {
  const minutes = whenAt === null ? 0 : Math.floor((whenAt - at) / 60_000);
  return minutes > 0 ? { fate: 'wait', atMost: `${String(minutes)} minutes`, then: 'drop' } : 'drop';
}
