/** A touch may go now if that delays nobody who waits and goes before it. */
import type { Asked, Shut } from './asked.ts';
import { earliest } from './earliest.ts';
import { goesBefore } from './rank.ts';
import { isAbout } from './read-policy.ts';
import { windowIsAbout } from './rules/windows.ts';
import type { RecentTouch, TouchRequest, WaitingTouch } from './types.ts';

/** Asked only when all other gates are open at `asked.now`. */
export function priority(asked: Asked): Shut | null {
  const { policy, request, row, now } = asked;
  if (asked.turn || asked.cost === 0 || row.waiting.length === 0) return null;
  const better = row.waiting.filter(
    (w) =>
      w.touchId !== request.touchId &&
      w.givesUpAt > now &&
      w.cost > 0 &&
      competes(asked, w) &&
      goesBefore(policy, w, request, now),
  );
  const delayed: string[] = [];
  const placed: RecentTouch[] = [];
  for (const waiting of better) {
    const theirs = askFor(asked, waiting, asked.recent);
    const alone = instantOf(theirs, now);
    // Whoever gives up before its time comes, or never gets it, is not delayed by anybody.
    if (alone >= waiting.givesUpAt) continue;
    const after = instantOf(askFor(asked, waiting, [...asked.recent, asTouch(request, asked.cost, now)]), now);
    if (after <= alone) continue;
    delayed.push(waiting.touchId);
    placed.push(asTouch(waiting, waiting.cost, alone));
  }
  if (delayed.length === 0) return null;
  // Our turn comes when those that go first have their places.
  const opensAt = instantOf({ ...asked, recent: [...asked.recent, ...placed] }, now);
  return {
    opensAt: Number.isFinite(opensAt) ? opensAt : 'never',
    rule: `${delayed.length} that go first`,
    usedBy: delayed,
  };
}

/** Is there a window or a spacing that both of them count in? */
const competes = ({ windows, policy, request }: Asked, w: WaitingTouch): boolean =>
  windows.some((window) => !window.alert && windowIsAbout(window, w) && windowIsAbout(window, request)) ||
  policy.spacing.some((rule) => isAbout(rule, w.channel, w.purpose) && isAbout(rule, request.channel, request.purpose));

const instantOf = (asked: Asked, now: number): number => {
  const first = earliest(asked, now);
  return first === null ? now : first.at === 'never' ? Infinity : first.at;
};

const asTouch = (t: TouchRequest | WaitingTouch, cost: number, at: number): RecentTouch => ({
  touchId: t.touchId,
  reservedAt: at,
  at,
  cost,
  channel: t.channel,
  purpose: t.purpose,
  journey: t.journey,
  state: 'reserved',
});

/** The same question, asked for one that waits. */
function askFor(asked: Asked, waiting: WaitingTouch, recent: readonly RecentTouch[]): Asked {
  const { touchId, journey, purpose, channel, askedAt } = waiting;
  const request: TouchRequest = {
    touchId,
    journey,
    purpose,
    channel,
    askedAt,
    customerId: asked.row.customerId,
    madeBy: 'tech',
    assumes: [],
  };
  return { ...asked, request, recent, cost: waiting.cost, turn: false };
}
