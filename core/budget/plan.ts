/** Those that wait and go before a touch, each at the earliest instant at which all its gates are open beside the ones before it. */
import type { Asked } from './asked.ts';
import { Book, type Counting, type Placed } from './book.ts';
import { openFrom } from './earliest.ts';
import { closedGates } from './gates.ts';
import { isAbout, type ReadWindow } from './read-policy.ts';
import { fitsFrom, type Spaced, type Tally } from './tally.ts';
import type { TouchRequest } from './decision.ts';
import type { WaitingTouch } from './row.ts';
import { roomFor, windowIsAbout } from './window-use.ts';

/**
 * One that waits for a place that this touch would take: of the same customer, or of another one by what they share. Of
 * the other only what is shared matters: when their own limits let it go is not known here, and whoever waits gives up in time.
 */
export interface Rival {
  readonly touch: WaitingTouch;
  readonly own: boolean;
  /** Keys of the shared rows in which both of them count. */
  readonly sharedIn: readonly string[];
}
export type Asking = Omit<Rival, 'touch'> & { readonly touch: Omit<WaitingTouch, 'until' | 'givesUpAt'> };

interface Question {
  readonly asked: Asked;
  /** What of it a touch of ours would stand in, too. */
  readonly windows: readonly Tally[];
  readonly spaced: readonly Spaced[];
  /** Those that are alike come one after the other. */
  earliest: number;
}

/** Where everybody would be who goes first, without us. */
export class Plan {
  readonly #asked: Asked;
  readonly #windows: readonly ReadWindow[];
  readonly #us: Placed;
  readonly #book: Book;
  /** What is alike in the eyes of every gate asks the same question. */
  readonly #questions = new Map<string, Question>();

  constructor(asked: Asked, windows: readonly ReadWindow[], us: Placed) {
    const { recent, shared, zones, now } = asked;
    this.#asked = asked;
    this.#windows = windows;
    this.#us = us;
    this.#book = new Book({ own: recent, shared, zones, now });
  }

  give({ touch, own, sharedIn }: Rival, at: number): void {
    const { channel, purpose, journey, cost } = touch;
    this.#book.place({ channel, purpose, journey, cost, at, own, countsIn: sharedIn });
  }

  /** Infinity: never. */
  earliestFor(asking: Asking): number {
    const question = this.#question(asking);
    if (question.earliest !== Infinity) question.earliest = openFrom(question.asked, question.earliest);
    return question.earliest;
  }

  /** Would it go at the same instant if we had gone now? Of its gates only windows and spacing know of us. */
  fitsBesideUs(rival: Rival, at: number): boolean {
    const us = this.#us;
    const { windows, spaced } = this.#question(rival);
    const { cost, purpose } = rival.touch;
    return (
      windows.every((tally) => {
        const withUs = { ...tally, ahead: [us, ...tally.ahead] };
        return fitsFrom(withUs, cost, roomFor(tally.window, purpose), at) === at;
      }) && spaced.every(({ rule }) => at - us.at >= rule.apartMs)
    );
  }

  #question(asking: Asking): Question {
    const { own, sharedIn, touch } = asking;
    const { purpose, channel, journey, cost } = touch;
    const kind = `${purpose} ${channel} ${journey} ${String(cost)} ${String(own)} ${sharedIn.join(' ')}`;
    const known = this.#questions.get(kind);
    if (known) return known;
    const asked = this.#askFor(asking);
    const us = this.#us;
    const counting: Counting = { purpose, channel, journey, own, countsIn: sharedIn };
    const question = {
      asked,
      windows: asked.windows.filter(
        ({ window, over }) =>
          !window.alert && windowIsAbout(window, us) && this.#book.isBeside(window.per, over, counting, us),
      ),
      spaced: asked.spaced.filter(
        ({ rule, over }) => isAbout(rule, us) && this.#book.isBeside(rule.per, over, counting, us),
      ),
      // Nobody makes way for what stays closed, however long it waits.
      earliest: own && closedGates.some(([, gate]) => gate(asked) !== null) ? Infinity : asked.now,
    };
    this.#questions.set(kind, question);
    return question;
  }

  /** The same question, asked for one that waits. */
  #askFor({ touch, own, sharedIn }: Asking): Asked {
    const { touchId, journey, purpose, channel, askedAt, cost } = touch;
    const { row, policy } = this.#asked;
    const { customerId } = row;
    const kind = { journey, purpose, channel, own, countsIn: sharedIn };
    const request: TouchRequest = {
      journey,
      purpose,
      channel,
      countsIn: sharedIn,
      touchId,
      askedAt,
      customerId,
      madeBy: 'tech',
      assumes: [],
    };
    const windows = this.#book.tallies(this.#windows, kind);
    const spaced = this.#book.spaced(policy.spacing, kind);
    const question = { ...this.#asked, request, windows, spaced, cost, turn: false };
    if (own) return question;
    const { held: _, stopped: __, ...gates } = row.gates;
    return {
      ...question,
      row: { ...row, gates: { ...gates, hold: null, own: null } },
      policy: { ...policy, quiet: [], legalHours: 'none' },
    };
  }
}
