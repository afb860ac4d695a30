/** All that one question counts, by the rules that count it; each is sought when it is first asked for. */
import { isAbout, type Kind, type ReadSpacing, type ReadWindow } from './read-policy.ts';
import { addressKind, countedOver, type Ring } from './shared-rows.ts';
import { place, spacedOf, talliesOf, type Ahead, type Spaced, type Tally } from './tally.ts';
import { windowIsAbout } from './window-use.ts';
import type { Per } from './policy.ts';
import type { RecentTouch, SharedKind } from './row.ts';

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
/** A touch as the rules see it. Of another customer's touch only what is shared counts. */
export interface Counting extends Kind {
  readonly own: boolean;
  /** Keys of the shared rows in which it counts. */
  readonly countsIn: readonly string[];
}
/** One that goes first. */
export interface Placed extends Counting, Ahead {}

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
    const over = this.#over(rule.per, counting);
    const all = over === null ? [] : make(over.recent, over.kind);
    ofRule.set(ring, all);
    const counts = (placed: Placed): boolean =>
      isOf(placed) && this.isBeside(rule.per, over?.kind ?? null, counting, placed);
    for (const { ahead } of all) {
      for (const placed of this.#placed) if (counts(placed)) place(ahead, placed);
      this.#all.push({ ahead, counts });
    }
    return all;
  }

  /** Null: nothing that is known here. What another customer has alone is theirs. */
  #over(per: Per, { own: isOwn, channel, countsIn }: Counting): ReturnType<typeof countedOver> {
    const { own, shared } = this.#counted;
    const rings = shared.length === 0 ? shared : shared.filter(({ key }) => countsIn.includes(key));
    const over = countedOver(per, channel, { own, shared: rings });
    return over?.kind === null && !isOwn ? null : over;
  }

  /** Is another touch among what a rule counts over for this one? `kind`: what is shared there, if it is. */
  isBeside(per: Per, kind: SharedKind | null, counting: Counting, other: Counting): boolean {
    if (kind !== null)
      return this.#counted.shared.some(
        (ring) => ring.kind === kind && counting.countsIn.includes(ring.key) && other.countsIn.includes(ring.key),
      );
    if (!other.own || per === 'customer') return other.own;
    const way = addressKind(counting.channel);
    return way === null ? other.channel === counting.channel : addressKind(other.channel) === way;
  }
}

/** A name for what a rule counts over, seen from one touch. */
const ringOf = (per: Per, { own, channel, countsIn }: Counting): string =>
  per === 'customer' ? String(own) : `${String(own)} ${addressKind(channel) ?? channel} ${countsIn.join(' ')}`;
