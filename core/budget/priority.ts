/** A touch may go now if that delays nobody who waits and goes before it. */
import { allWindows, type Asked, type Shut } from './asked.ts';
import { earliest } from './earliest.ts';
import { goesBefore } from './rank.ts';
import { isAbout, type Kind, type ReadWindow } from './read-policy.ts';
import { measures, roomFor, useAt, windowIsAbout, windowsOf } from './window-use.ts';
import { countsIn } from './shared.ts';
import type { BudgetRow, Per, RecentTouch, TouchRequest, WaitingTouch } from './types.ts';

/** Asked only when all other gates are open at `asked.now`. */
export function priority(asked: Asked): Shut | null {
  const { policy, request, row, now } = asked;
  if (asked.turn || asked.cost === 0) return null;
  const rivals = rivalsOf(row, request);
  if (rivals.length === 0) return null;
  const all = allWindows(row, policy, now);
  const better = rivals.filter(
    (w) =>
      w.touchId !== request.touchId &&
      w.givesUpAt > now &&
      w.cost > 0 &&
      competes(asked, rulesFor(w, all), w) &&
      goesBefore(policy, w, request, now),
  );
  if (better.length === 0 || roomForAll(asked, all, better)) return null;
  const us = asTouch(request, asked.cost, now);
  const delayed: string[] = [];
  const placed: { readonly touch: RecentTouch; readonly in: readonly string[]; readonly own: boolean }[] = [];
  /** By kind of touch: what is alike in the eyes of every gate that opens by itself has the same earliest instant. */
  const instants = new Map<string, { readonly alone: number; readonly after: number }>();
  for (const waiting of better) {
    const { purpose, channel, journey, cost, own, sharedIn } = waiting;
    const kind = JSON.stringify([purpose, channel, journey, cost, own, sharedIn]);
    const known = instants.get(kind);
    const { alone, after } = known ?? {
      alone: instantOf(askFor(asked, all, waiting, null)),
      after: instantOf(askFor(asked, all, waiting, us)),
    };
    if (!known) instants.set(kind, { alone, after });
    // Whoever gives up before its time comes, or never gets it, is not delayed by anybody.
    if (alone >= waiting.givesUpAt || after <= alone) continue;
    delayed.push(waiting.touchId);
    placed.push({ touch: asTouch(waiting, waiting.cost, alone), in: waiting.sharedIn, own: waiting.own });
  }
  if (delayed.length === 0) return null;
  // Our turn comes when those that go first have their places.
  const recent = [...asked.recent, ...placed.flatMap(({ touch, own }) => (own ? [touch] : []))];
  const shared = countsIn(row, request).map(({ kind, key, recent: there }) => ({
    kind,
    recent: [
      ...there.filter(({ touchId }) => touchId !== request.touchId),
      ...placed.flatMap((p) => (p.in.includes(key) ? [p.touch] : [])),
    ],
  }));
  const windows = windowsOf(all, request, { own: recent, shared });
  const opensAt = instantOf({ ...asked, recent, shared, windows });
  return {
    opensAt: Number.isFinite(opensAt) ? opensAt : 'never',
    rule: `${String(delayed.length)} that go first`,
    usedBy: delayed,
  };
}

/**
 * One that waits for a place that this touch would take: of the same customer, or of another one by what they share. Of
 * the other only what is shared matters: when their own limits let it go is not known here, and whoever waits gives up in time.
 */
interface Rival extends WaitingTouch {
  readonly own: boolean;
  /** Keys of the shared rows in which both of them count. */
  readonly sharedIn: readonly string[];
}

function rivalsOf(row: BudgetRow, request: TouchRequest): readonly Rival[] {
  const shared = countsIn(row, request);
  const own = row.waiting.map((w): Rival => ({ ...w, own: true, sharedIn: [] }));
  if (shared.length === 0) return own;
  const rivals = new Map(own.map((w) => [w.touchId, w]));
  for (const { key, waiting } of shared)
    for (const w of waiting) {
      const known = rivals.get(w.touchId);
      rivals.set(w.touchId, { ...w, own: known?.own ?? false, sharedIn: [...(known?.sharedIn ?? []), key] });
    }
  return [...rivals.values()];
}

/** Of another customer's touch, only limits that are shared. */
const rulesFor = <R extends { readonly per: Per }>({ own }: Rival, all: readonly R[]): readonly R[] =>
  own ? all : all.filter(({ per }) => per !== 'customer');

/** Is there a window or a spacing that both of them count in? */
const competes = ({ policy, request }: Asked, windows: readonly ReadWindow[], w: Rival): boolean =>
  windows.some((window) => !window.alert && windowIsAbout(window, w) && windowIsAbout(window, request)) ||
  shareSpacing(rulesFor(w, policy.spacing), w, request);

const shareSpacing = (spacing: Asked['policy']['spacing'], a: Kind, b: Kind): boolean =>
  spacing.some((rule) => isAbout(rule, a) && isAbout(rule, b));

/** The quick answer for most: every window we count in has room for us and for all of them at once. */
function roomForAll(asked: Asked, all: readonly ReadWindow[], better: readonly Rival[]): boolean {
  const { request, recent, shared, zones, now, policy } = asked;
  if (better.some((w) => shareSpacing(rulesFor(w, policy.spacing), w, request))) return false;
  return windowsOf(all, request, { own: recent, shared }).every(({ window, touches }) => {
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

/** The same question, asked for one that waits; with `us`, as if we had gone before it. */
function askFor(asked: Asked, all: readonly ReadWindow[], waiting: Rival, us: RecentTouch | null): Asked {
  const { touchId, journey, purpose, channel, askedAt, cost, sharedIn } = waiting;
  const { row, policy } = asked;
  const request: TouchRequest = {
    touchId,
    journey,
    purpose,
    channel,
    askedAt,
    customerId: row.customerId,
    madeBy: 'tech',
    assumes: [],
    countsIn: sharedIn,
  };
  const also = us === null ? [] : [us];
  const recent = [...asked.recent, ...also];
  const shared = countsIn(row, request).map(({ kind, recent: there }) => ({ kind, recent: [...there, ...also] }));
  const windows = windowsOf(rulesFor(waiting, all), request, { own: recent, shared });
  const question = { ...asked, request, recent, shared, windows, cost, turn: false };
  if (waiting.own) return question;
  return {
    ...question,
    row: { ...row, gates: { ...row.gates, hold: null, own: null } },
    policy: { ...policy, quiet: [], spacing: rulesFor(waiting, policy.spacing) },
  };
}
