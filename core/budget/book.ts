/** All that one question counts, by the rules that count it; each is sought when it is first asked for. */
import { isAbout, type Kind, type ReadSpacing, type ReadWindow } from './read-policy.ts';
import { addressKind, countedOver, type Ring } from './shared.ts';
import { place, spacedOf, talliesOf, type Ahead, type Spaced, type Tally } from './tally.ts';
import { windowIsAbout } from './window-use.ts';
import type { Per, RecentTouch } from './types.ts';

/** What the rules count over. */
export interface Counted {
  readonly own: readonly RecentTouch[];
  readonly shared: readonly KeyedRing[];
  readonly zones: readonly string[];
  readonly now: number;
}
export interface KeyedRing extends Ring {
  readonly key: string;
}
/** A touch as the rules see it, and the keys of the shared rows in which it counts. */
export interface Counting extends Kind {
  readonly countsIn: readonly string[];
}
/** One that goes first. Of another customer's touch only what is shared counts. */
export interface Placed extends Counting, Ahead {
  readonly own: boolean;
}

type Made<T> = Map<string, readonly T[]>;

export class Book {
  readonly #counted: Counted;
  readonly #tallies = new Map<ReadWindow, Made<Tally>>();
  readonly #spaced = new Map<ReadSpacing, Made<Spaced>>();
  readonly #all: { readonly ahead: Ahead[]; counts(placed: Placed): boolean }[] = [];
  readonly #placed: Placed[] = [];

  constructor(counted: Counted) {
    this.#counted = counted;
  }

  tallies(windows: readonly ReadWindow[], counting: Counting): readonly Tally[] {
    const { zones, now } = this.#counted;
    return windows.flatMap((window) => {
      if (!windowIsAbout(window, counting)) return [];
      return this.#counts(
        this.#tallies,
        window,
        counting,
        (placed) => windowIsAbout(window, placed),
        (recent, over) => talliesOf(window, recent, over, zones, now),
      );
    });
  }

  spaced(spacing: readonly ReadSpacing[], counting: Counting): readonly Spaced[] {
    return spacing.flatMap((rule) => {
      if (!isAbout(rule, counting)) return [];
      return this.#counts(
        this.#spaced,
        rule,
        counting,
        (placed) => isAbout(rule, placed),
        (recent, over) => [spacedOf(rule, recent, over)],
      );
    });
  }

  /** From here on it stands where it would be, for every rule that counts it. */
  place(placed: Placed): void {
    this.#placed.push(placed);
    for (const each of this.#all) if (each.counts(placed)) place(each.ahead, placed);
  }

  #counts<R extends { readonly per: Per }, T extends { readonly ahead: Ahead[] }>(
    made: Map<R, Made<T>>,
    rule: R,
    counting: Counting,
    isOf: (placed: Placed) => boolean,
    make: (recent: readonly RecentTouch[], over: Ring['kind'] | null) => readonly T[],
  ): readonly T[] {
    const ofRule = made.get(rule) ?? new Map<string, readonly T[]>();
    made.set(rule, ofRule);
    const ring = ringOf(rule.per, counting);
    const known = ofRule.get(ring);
    if (known) return known;
    const { own, shared } = this.#counted;
    const over = countedOver(rule.per, counting.channel, {
      own,
      shared: shared.length === 0 ? shared : shared.filter(({ key }) => counting.countsIn.includes(key)),
    });
    const all = over === null ? [] : make(over.recent, over.kind);
    ofRule.set(ring, all);
    const counts = (placed: Placed): boolean =>
      isOf(placed) && isIn(rule.per, counting, over !== null && over.kind !== null, placed);
    for (const { ahead } of all) {
      for (const placed of this.#placed) if (counts(placed)) place(ahead, placed);
      this.#all.push({ ahead, counts });
    }
    return all;
  }
}

/** A name for what a rule counts over, seen from one touch. */
const ringOf = (per: Per, { channel, countsIn }: Counting): string =>
  per === 'customer' ? '' : `${per} ${addressKind(channel) ?? channel} ${countsIn.join(' ')}`;

/** Whether one that goes first is among what a rule counts over for a touch. */
export function isIn(per: Per, counting: Counting, isShared: boolean, placed: Placed): boolean {
  if (per === 'customer') return placed.own;
  if (isShared) return counting.countsIn.some((key) => placed.countsIn.includes(key));
  const kind = addressKind(counting.channel);
  return placed.own && (kind === null ? placed.channel === counting.channel : addressKind(placed.channel) === kind);
}
