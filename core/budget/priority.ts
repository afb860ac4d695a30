/** A touch may go now if that delays nobody who waits and goes before it. */
import { allWindows, type Asked, type Shut } from './asked.ts';
import { earliest } from './earliest.ts';
import { goesBefore } from './rank.ts';
import { isAbout, type Kind, type ReadWindow } from './read-policy.ts';
import { measures, roomFor, useAt, windowIsAbout, windowsOf } from './window-use.ts';
import type { RecentTouch, TouchRequest, WaitingTouch } from './types.ts';

/** Asked only when all other gates are open at `asked.now`. */
export function priority(asked: Asked): Shut | null {
  const { policy, request, row, now } = asked;
  if (asked.turn || asked.cost === 0 || row.waiting.length === 0) return null;
  const all = allWindows(row, policy, now);
  const better = row.waiting.filter(
    (w) =>
      w.touchId !== request.touchId &&
      w.givesUpAt > now &&
      w.cost > 0 &&
      competes(asked, all, w) &&
      goesBefore(policy, w, request, now),
  );
  if (better.length === 0 || roomForAll(asked, all, better)) return null;
  const withUs = [...asked.recent, asTouch(request, asked.cost, now)];
  const delayed: string[] = [];
  const placed: RecentTouch[] = [];
  /** By kind of touch: what is alike in the eyes of every gate that opens by itself has the same earliest instant. */
  const instants = new Map<string, { readonly alone: number; readonly after: number }>();
  for (const waiting of better) {
    const kind = JSON.stringify([waiting.purpose, waiting.channel, waiting.journey, waiting.cost]);
    const known = instants.get(kind);
    const { alone, after } = known ?? {
      alone: instantOf(askFor(asked, all, waiting, asked.recent)),
      after: instantOf(askFor(asked, all, waiting, withUs)),
    };
    if (!known) instants.set(kind, { alone, after });
    // Whoever gives up before its time comes, or never gets it, is not delayed by anybody.
    if (alone >= waiting.givesUpAt || after <= alone) continue;
    delayed.push(waiting.touchId);
    placed.push(asTouch(waiting, waiting.cost, alone));
  }
  if (delayed.length === 0) return null;
  // Our turn comes when those that go first have their places.
  const recent = [...asked.recent, ...placed];
  const opensAt = instantOf({ ...asked, recent, windows: windowsOf(all, request, recent) });
  return {
    opensAt: Number.isFinite(opensAt) ? opensAt : 'never',
    rule: `${String(delayed.length)} that go first`,
    usedBy: delayed,
  };
}

/** Is there a window or a spacing that both of them count in? */
const competes = ({ policy, request }: Asked, all: readonly ReadWindow[], w: WaitingTouch): boolean =>
  all.some((window) => !window.alert && windowIsAbout(window, w) && windowIsAbout(window, request)) ||
  shareSpacing(policy.spacing, w, request);

const shareSpacing = (spacing: Asked['policy']['spacing'], a: Kind, b: Kind): boolean =>
  spacing.some((rule) => isAbout(rule, a) && isAbout(rule, b));

/** The quick answer for most: every window we count in has room for us and for all of them at once. */
function roomForAll(asked: Asked, all: readonly ReadWindow[], better: readonly WaitingTouch[]): boolean {
  const { request, zones, now, policy } = asked;
  if (better.some((w) => shareSpacing(policy.spacing, w, request))) return false;
  return windowsOf(all, request, asked.recent).every(({ window, touches }) => {
    const inIt = better.filter((w) => windowIsAbout(window, w));
    const room = Math.min(...inIt.map((w) => roomFor(window, w.purpose)), Infinity);
    const wanted = inIt.reduce((sum, w) => sum + w.cost, asked.cost);
    return (
      window.alert || measures(window, zones).every((measure) => useAt(measure, touches, now).used + wanted <= room)
    );
  });
}

const instantOf = (asked: Asked): number => {
  const first = earliest(asked, asked.now);
  return first === null ? asked.now : first.at === 'never' ? Infinity : first.at;
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
function askFor(
  asked: Asked,
  all: readonly ReadWindow[],
  waiting: WaitingTouch,
  recent: readonly RecentTouch[],
): Asked {
  const { touchId, journey, purpose, channel, askedAt, cost } = waiting;
  const { customerId } = asked.row;
  const request: TouchRequest = {
    touchId,
    journey,
    purpose,
    channel,
    askedAt,
    customerId,
    madeBy: 'tech',
    assumes: [],
  };
  return { ...asked, request, recent, windows: windowsOf(all, request, recent), cost, turn: false };
}
