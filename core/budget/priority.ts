/**
 * A touch may go now if that delays nobody who waits and goes before it. Those are given their instants in the order of
 * their ranks, each at the earliest at which all its gates are open beside the ones before it; a touch of now delays the first
 * that would no longer fit there.
 */
import { allWindows, type Asked, type Shut } from './asked.ts';
import type { Counting } from './book.ts';
import { Plan, type Rival } from './plan.ts';
import { goesBefore, rankOf } from './rank.ts';
import { isAbout, type ReadSpacing, type ReadWindow } from './read-policy.ts';
import { countsIn, sharedOf } from './shared-rows.ts';
import type { TouchRequest } from './decision.ts';
import type { Per } from './policy.ts';
import type { BudgetRow } from './row.ts';
import { roomFor, windowIsAbout } from './window-use.ts';

/** Asked only when all other gates are open at `asked.now`. */
export function priority(asked: Asked): Shut | null {
  if (asked.cost === 0) return null;
  const all = allWindows(asked.row, asked.policy, asked.now);
  const better = rivalsOf(asked.row, asked.request).filter((rival) => goesFirst(asked, rival));
  const ours = rulesOf(asked, all);
  const competing = new Set(better.filter((rival) => competes(ours, rival)));
  if (competing.size === 0 || roomForAll(asked, ours, [...competing])) return null;
  const { now, cost, request } = asked;
  const plan = new Plan(asked, all, { ...countingOf(request), at: now, cost });
  const first: string[] = [];
  let isDelayed = false;
  // Who shares no rule with us may still be in the way of somebody who does.
  for (const rival of inOrder(asked, better)) {
    const at = plan.earliestFor(rival);
    // Whoever gives up before its time comes, or never gets it, is not delayed by anybody.
    if (at >= rival.touch.givesUpAt) continue;
    isDelayed ||= !plan.fitsBesideUs(rival, at);
    plan.give(rival, at);
    if (competing.has(rival)) first.push(rival.touch.touchId);
  }
  if (!isDelayed) return null;
  // Our turn comes when those that go first have their places.
  const opensAt = plan.earliestFor({ touch: { ...request, cost }, own: true, sharedIn: request.countsIn ?? [] });
  return {
    // Where there is room for us beside them now, and none for them beside us, no instant is ours.
    opensAt: opensAt > asked.now && Number.isFinite(opensAt) ? opensAt : 'never',
    rule: `${String(first.length)} that go first`,
    usedBy: first,
  };
}

const nowhere: readonly string[] = [];

function rivalsOf(row: BudgetRow, request: TouchRequest): readonly Rival[] {
  const shared = countsIn(row, request);
  const own = row.waiting.map((touch): Rival => ({ touch, own: true, sharedIn: nowhere }));
  if (shared.length === 0) return own;
  const rivals = new Map(own.map((rival) => [rival.touch.touchId, rival]));
  for (const { key, waiting } of shared)
    for (const touch of waiting) {
      const known = rivals.get(touch.touchId);
      rivals.set(touch.touchId, { touch, own: known?.own ?? false, sharedIn: [...(known?.sharedIn ?? []), key] });
    }
  return [...rivals.values()];
}

const countingOf = ({ channel, purpose, journey, countsIn: keys = nowhere }: TouchRequest): Counting => ({
  channel,
  purpose,
  journey,
  own: true,
  countsIn: keys,
});

/** Of another customer's touch, only limits that are shared. */
const holdsFor = ({ own }: Pick<Rival, 'own'>, { per }: { readonly per: Per }): boolean => own || per !== 'customer';

function goesFirst({ request, policy, now }: Asked, { touch }: Rival): boolean {
  return touch.cost > 0 && touch.touchId !== request.touchId && goesBefore(policy, touch, request, now);
}

/** What may refuse us. */
interface Rules {
  readonly windows: readonly ReadWindow[];
  readonly spacing: readonly ReadSpacing[];
}
const rulesOf = ({ policy, request }: Asked, all: readonly ReadWindow[]): Rules => ({
  windows: all.filter((window) => !window.alert && windowIsAbout(window, request)),
  spacing: policy.spacing.filter((rule) => isAbout(rule, request)),
});

/** Is there a window or a spacing that both of us count in? */
const competes = ({ windows, spacing }: Rules, rival: Rival): boolean =>
  windows.some((window) => holdsFor(rival, window) && windowIsAbout(window, rival.touch)) ||
  shareSpacing(spacing, rival);

const shareSpacing = (spacing: Rules['spacing'], rival: Rival): boolean =>
  spacing.some((rule) => holdsFor(rival, rule) && isAbout(rule, rival.touch));

/** The quick answer for most: every window we count in has room for us and for all of them at once. */
function roomForAll({ row, windows, cost }: Asked, { spacing }: Rules, better: readonly Rival[]): boolean {
  if (better.some((rival) => shareSpacing(spacing, rival))) return false;
  return windows.every(({ window, used }) => {
    if (window.alert) return true;
    // Of several mailboxes some may be shared and some not: who waits may count elsewhere than we do.
    if (window.per !== 'customer' && sharedOf(row).length > 0) return false;
    let room = Infinity;
    let wanted = used + cost;
    for (const rival of better) {
      if (!holdsFor(rival, window) || !windowIsAbout(window, rival.touch)) continue;
      room = Math.min(room, roomFor(window, rival.touch.purpose));
      wanted += rival.touch.cost;
    }
    return wanted <= room;
  });
}

function inOrder({ policy, now }: Asked, better: readonly Rival[]): readonly Rival[] {
  const ranked = better.map((rival) => ({ rival, rank: rankOf(policy, rival.touch, now) }));
  ranked.sort((a, b) => a.rank - b.rank || (goesBefore(policy, a.rival.touch, b.rival.touch, now) ? -1 : 1));
  return ranked.map(({ rival }) => rival);
}
