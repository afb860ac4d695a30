/**
 * A touch may go now if that delays nobody who waits and goes before it. Those are given their instants in the order of
 * their ranks, each at the earliest at which all its gates are open beside the ones before it; a touch of now delays the first
 * that would no longer fit there.
 */
import { allWindows, type Asked, type Shut } from './asked.ts';
import { Book, type Counting } from './book.ts';
import { earliest } from './earliest.ts';
import { closedGates, timedGates } from './gates.ts';
import { goesBefore, rankOf } from './rank.ts';
import { isAbout, type ReadWindow } from './read-policy.ts';
import { countsIn } from './shared.ts';
import type { BudgetRow, Per, TouchRequest, WaitingTouch } from './types.ts';
import { roomFor, windowIsAbout } from './window-use.ts';

/** Asked only when all other gates are open at `asked.now`. */
export function priority(asked: Asked): Shut | null {
  if (asked.turn || asked.cost === 0) return null;
  const all = allWindows(asked.row, asked.policy, asked.now);
  const better = rivalsOf(asked.row, asked.request).filter((rival) => goesFirst(asked, all, rival));
  if (better.length === 0 || roomForAll(asked, better)) return null;
  const { now, cost, request } = asked;
  const us = { ...countingOf(request), own: true, at: now, cost };
  const without = new Plan(asked, all);
  const withUs = new Plan(asked, all);
  withUs.place(us);
  const first: string[] = [];
  let isDelayed = false;
  for (const rival of inOrder(asked, better)) {
    const alone = without.earliestFor(rival);
    // Whoever gives up before its time comes, or never gets it, is not delayed by anybody.
    if (alone >= rival.touch.givesUpAt) continue;
    if (!isDelayed && withUs.isOpenTo(rival, alone)) withUs.give(rival, alone);
    else isDelayed = true;
    without.give(rival, alone);
    first.push(rival.touch.touchId);
  }
  if (!isDelayed) return null;
  // Our turn comes when those that go first have their places.
  const opensAt = without.earliestFor({ touch: { ...request, cost }, own: true, sharedIn: request.countsIn ?? [] });
  return {
    opensAt: Number.isFinite(opensAt) ? opensAt : 'never',
    rule: `${String(first.length)} that go first`,
    usedBy: first,
  };
}

/**
 * One that waits for a place that this touch would take: of the same customer, or of another one by what they share. Of
 * the other only what is shared matters: when their own limits let it go is not known here, and whoever waits gives up in time.
 */
interface Rival {
  readonly touch: WaitingTouch;
  readonly own: boolean;
  /** Keys of the shared rows in which both of them count. */
  readonly sharedIn: readonly string[];
}
type Asking = Omit<Rival, 'touch'> & { readonly touch: Omit<WaitingTouch, 'until' | 'givesUpAt'> };

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
  countsIn: keys,
});

function goesFirst(asked: Asked, all: readonly ReadWindow[], rival: Rival): boolean {
  const { touch } = rival;
  const { request, policy, now } = asked;
  return (
    touch.givesUpAt > now &&
    touch.cost > 0 &&
    touch.touchId !== request.touchId &&
    goesBefore(policy, touch, request, now) &&
    competes(asked, all, rival)
  );
}

/** Of another customer's touch, only limits that are shared. */
const holdsFor = ({ own }: Pick<Rival, 'own'>, { per }: { readonly per: Per }): boolean => own || per !== 'customer';

/** Is there a window or a spacing that both of them count in? */
const competes = ({ policy, request }: Asked, all: readonly ReadWindow[], rival: Rival): boolean =>
  all.some((w) => !w.alert && holdsFor(rival, w) && windowIsAbout(w, rival.touch) && windowIsAbout(w, request)) ||
  shareSpacing(policy.spacing, rival, request);

const shareSpacing = (spacing: Asked['policy']['spacing'], rival: Rival, request: TouchRequest): boolean =>
  spacing.some((rule) => holdsFor(rival, rule) && isAbout(rule, rival.touch) && isAbout(rule, request));

/** The quick answer for most: every window we count in has room for us and for all of them at once. */
function roomForAll({ request, policy, windows, cost }: Asked, better: readonly Rival[]): boolean {
  if (better.some((rival) => shareSpacing(policy.spacing, rival, request))) return false;
  return windows.every(({ window, used }) => {
    if (window.alert) return true;
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

/** Where everybody would be. */
class Plan {
  readonly #asked: Asked;
  readonly #windows: readonly ReadWindow[];
  readonly #book: Book;
  /** What is alike in the eyes of every gate asks the same question. */
  readonly #questions = new Map<string, { readonly asked: Asked; earliest: number }>();

  constructor(asked: Asked, windows: readonly ReadWindow[]) {
    const { recent, shared, zones, now } = asked;
    this.#asked = asked;
    this.#windows = windows;
    this.#book = new Book({ own: recent, shared, zones, now });
  }

  place(placed: Parameters<Book['place']>[0]): void {
    this.#book.place(placed);
  }
  give(rival: Rival, at: number): void {
    const { channel, purpose, journey, cost } = rival.touch;
    this.#book.place({ channel, purpose, journey, cost, at, own: rival.own, countsIn: rival.sharedIn });
  }

  /** Infinity: never. Those that are alike come one after the other. */
  earliestFor(asking: Asking): number {
    const question = this.#question(asking);
    if (question.earliest === Infinity) return Infinity;
    const held = earliest(question.asked, question.earliest);
    if (held !== null) question.earliest = held.at === 'never' ? Infinity : held.at;
    return question.earliest;
  }

  isOpenTo(asking: Asking, at: number): boolean {
    const { asked } = this.#question(asking);
    return timedGates.every(([, gate]) => gate(asked, at) === null);
  }

  #question(asking: Asking): { readonly asked: Asked; earliest: number } {
    const { own, sharedIn, touch } = asking;
    const { purpose, channel, journey, cost } = touch;
    const kind = `${purpose} ${channel} ${journey} ${String(cost)} ${String(own)} ${sharedIn.join(' ')}`;
    const known = this.#questions.get(kind);
    if (known) return known;
    const asked = this.#askFor(asking);
    // Nobody waits for what stays closed, however long it takes.
    const isClosed = own && closedGates.some(([, gate]) => gate(asked) !== null);
    const question = { asked, earliest: isClosed ? Infinity : asked.now };
    this.#questions.set(kind, question);
    return question;
  }

  /** The same question, asked for one that waits. */
  #askFor({ touch, own, sharedIn }: Asking): Asked {
    const { touchId, journey, purpose, channel, askedAt, cost } = touch;
    const { row, policy } = this.#asked;
    const { customerId } = row;
    const kind = { journey, purpose, channel, countsIn: sharedIn };
    const request: TouchRequest = { ...kind, touchId, askedAt, customerId, madeBy: 'tech', assumes: [] };
    const windows = this.#book.tallies(own ? this.#windows : this.#windows.filter((w) => holdsFor({ own }, w)), kind);
    const spaced = this.#book.spaced(own ? policy.spacing : policy.spacing.filter((s) => holdsFor({ own }, s)), kind);
    const question = { ...this.#asked, request, windows, spaced, cost, turn: false };
    if (own) return question;
    return {
      ...question,
      row: { ...row, gates: { ...row.gates, hold: null, own: null } },
      policy: { ...policy, quiet: [] },
    };
  }
}
