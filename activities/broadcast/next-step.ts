/** What a broadcast does next, by where its row says it stands: zones in the order of their clocks, whoever moved meanwhile, those who wait. */
import { hourMs } from '../../core/calendar/zone.ts';
import { earliestAt, latestAt, wallOf } from '../../store/audiences/plan.ts';
import { zonesIn } from '../../store/broadcasts/people.ts';
import { moveBroadcast, type Standing } from '../../store/broadcasts/progress.ts';
import { nextWaitDueAt } from '../../store/broadcasts/waits.ts';
import { calendarOf } from '../../store/team-calendar.ts';
import { aliveUntil } from './alive.ts';
import { passesOf, type Pass } from './clocks.ts';
import { pageOfPeople, type Pages } from './page.ts';
import { isSwitchedOff } from './switched-off.ts';
import { askWaiters, withdrawWaiters } from './waiters.ts';

export type Next = 'more' | 'paused' | number | null;

export async function nextStep(pages: Pages): Promise<Next> {
  const { sender, audience } = pages;
  const { deps, broadcast } = sender;
  if (broadcast.state === 'cancelled') return (await withdrawWaiters(sender)) ? 'more' : null;
  if (broadcast.state !== 'planned' && broadcast.state !== 'running') return null;
  const now = deps.clock.now();
  const next = await nextPass(pages);
  if (broadcast.state === 'planned') return begin(pages, next, now);
  if (await isSwitchedOff(deps.db, broadcast.journey)) {
    await moveBroadcast(deps.db, broadcast, { wakeAt: aliveUntil(deps.clock) }, now);
    return 'paused';
  }
  if (await askWaiters(sender, now)) return 'more';
  if (broadcast.stage === 'waits') return sleepOrEnd(pages, now);
  if (broadcast.stage === 'moved') {
    if (audience && (await pageOfPeople(pages, audience, { changedSince: broadcast.begunAt ?? 0, zones: next.zones })))
      return 'more';
    return move(pages, { stage: 'waits', wakeAt: aliveUntil(deps.clock) });
  }
  const { pass, after } = next;
  if (pass && pass.at > now) return sleepUntil(pages, pass.at);
  if (pass && audience && (await pageOfPeople(pages, audience, { zones: pass.zones }))) return 'more';
  const alive = aliveUntil(deps.clock);
  const wakeAt = Math.max(alive, after?.at ?? 0);
  return move(pages, after ? { passAt: after.at, wakeAt } : { stage: 'moved', wakeAt });
}

interface Passes {
  /** The one under way, if somebody's clock still is in it. */
  readonly pass: Pass | null;
  readonly after: Pass | null;
  readonly zones: readonly (string | null)[];
}

async function nextPass({ sender, audience, clocks }: Pages): Promise<Passes> {
  const { deps, broadcast, journey, published } = sender;
  if (broadcast.stage === 'waits') return { pass: null, after: null, zones: [] };
  // All of them are looked for once a pass and not once a page.
  const of = `${broadcast.stage} ${String(broadcast.passAt)}`;
  clocks.read = clocks.read?.of === of ? clocks.read : { of, zones: audience ? await zonesIn(deps.db, audience) : [] };
  const { zones } = clocks.read;
  const team = calendarOf(published.words, journey.team, deps.clock.now())?.zone ?? 'UTC';
  const all = passesOf(broadcast.at, zones, team);
  const from = broadcast.passAt ?? -Infinity;
  return { pass: all.find((p) => p.at === from) ?? null, after: all.find((p) => p.at > from) ?? null, zones };
}

/** Nobody is on any clock yet: looked for once an hour, until the time is over everywhere. */
const lookAgainMs = hourMs;

async function begin(pages: Pages, { after }: Passes, now: number): Promise<Next> {
  const wall = wallOf(pages.sender.broadcast.at) ?? now;
  // Until it is nine somewhere, whoever comes may be the first.
  if (now < earliestAt(wall)) return sleepUntil(pages, earliestAt(wall));
  if (!after) return now < latestAt(wall) ? sleepUntil(pages, now + lookAgainMs) : end(pages, now);
  if (after.at > now) return sleepUntil(pages, after.at);
  return move(pages, { state: 'running', passAt: after.at, wakeAt: aliveUntil(pages.sender.deps.clock) });
}

async function sleepOrEnd(pages: Pages, now: number): Promise<Next> {
  const due = await nextWaitDueAt(pages.sender.deps.db, pages.sender.broadcast.id);
  return due === null ? end(pages, now) : sleepUntil(pages, due);
}

async function sleepUntil(pages: Pages, at: number): Promise<Next> {
  const { deps, broadcast } = pages.sender;
  const due = await nextWaitDueAt(deps.db, broadcast.id);
  const wakeAt = due === null ? at : Math.min(at, due);
  return (await moveBroadcast(deps.db, broadcast, { wakeAt }, deps.clock.now())) ? wakeAt : 'more';
}

async function end({ sender: { deps, broadcast } }: Pages, now: number): Promise<Next> {
  return (await moveBroadcast(deps.db, broadcast, { state: 'done', wakeAt: null }, now)) ? null : 'more';
}

async function move({ sender: { deps, broadcast } }: Pages, to: Standing): Promise<Next> {
  await moveBroadcast(deps.db, broadcast, to, deps.clock.now());
  return 'more';
}
