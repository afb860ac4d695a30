/**
 * What a day was like for customers and for our own people. A day lies between two midnights of one zone. Customers who were merged are
 * counted under the record that they had when the day was counted.
 */
export interface DayFigures {
  readonly sent: SentFigures;
  readonly notMade: readonly NotMade[];
  readonly toPerson: ToPerson;
  readonly promises: PromiseFigures;
  /**
   * Cricket-days: customers who waited for us through the whole of this day and heard nothing. They wrote before it began, or came to
   * us by an event after which they wait, as the newest policy says, and neither before
   * its end nor in it was there a service, words of a person, our own word that we answered elsewhere, or a task that was finished.
   */
  readonly crickets: number;
}

export interface SentFigures {
  /** Everything that went out, by who made it; turns of a conversation among it. */
  readonly by: readonly { readonly madeBy: 'tech' | 'human'; readonly channel: string; readonly count: number }[];
  /**
   * How many customers got one touch, two, and so on; the last is for as many or more. A touch is what costs attention: turns of a conversation
   * are free, and are none.
   */
  readonly customers: readonly number[];
  /**
   * Pestered-days: customers who got more on this day than the policy's soft aim. A touch went out to them with which a window of the policy was
   * passed: one that alerts and lets through (a soft cap), or any other, which only people pass, who are warned and never blocked.
   */
  readonly pestered: number;
}
/** `customers` tells this many apart. */
export const touchesToldApart = 6;

/** Touches that asked for their place on this day and did not get it at once: each is counted once for each reason that it met. */
export interface NotMade {
  /** 'waited': until the gate opens. 'to-person': a person makes it instead. 'not-made': it was dropped. */
  readonly is: 'waited' | 'to-person' | 'not-made';
  /** A gate, or 'no way' to the customer. */
  readonly because: string;
  readonly touches: number;
}

/** Of tasks that a person took for the first time on this day: how long after the task was opened, whatever the calendar said. */
export interface ToPerson {
  readonly taken: number;
  /** Half of them had a person sooner; null: none was taken. */
  readonly medianMinutes: number | null;
  /** Nine in ten had. */
  readonly mostMinutes: number | null;
}

/** Of promises that were settled on this day. What became needless is neither. */
export interface PromiseFigures {
  readonly kept: number;
  readonly broken: number;
}
