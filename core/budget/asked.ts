/** One question to the gates: what every rule is given. */
import { minuteMs } from '../calendar/zone.ts';
import { costOf, readWindowSpan, type ReadPolicy, type ReadWindow } from './read-policy.ts';
import { Book, type KeyedRing } from './book.ts';
import { countsIn } from './shared-rows.ts';
import type { Spaced, Tally } from './tally.ts';
import { isTurn } from './turn.ts';
import type { TouchRequest } from './decision.ts';
import type { BudgetRow, Killed, RecentTouch, SharedKind } from './row.ts';

export interface Asked {
  readonly row: BudgetRow;
  /** What others take of the budget: the touch itself is not among them. */
  readonly recent: readonly RecentTouch[];
  /** Likewise of what is shared, where this touch counts in it. */
  readonly shared: readonly KeyedRing[];
  readonly request: TouchRequest;
  readonly policy: ReadPolicy;
  /** The windows it counts in, the policy's and the customer's own, with what else counts in them. */
  readonly windows: readonly Tally[];
  /** The spacing it must keep, with the touch that each is counted from. */
  readonly spaced: readonly Spaced[];
  readonly killed: Killed;
  readonly cost: number;
  readonly turn: boolean;
  /** One zone, or all where they may be. */
  readonly zones: readonly string[];
  readonly now: number;
}

/** A gate that is closed, and does not open by waiting. */
export interface Closed {
  readonly rule: string;
  /** What it counts over, if that is shared with others. */
  readonly over?: SharedKind;
  readonly usedBy?: readonly string[];
}
/** A gate that is closed at an instant and opens by itself at another; 'never' if it does not in any time that matters. */
export interface Shut extends Closed {
  readonly opensAt: number | 'never';
}

/** How long a reservation holds its place, unless the request says otherwise. */
export const sendWithinMs = 15 * minuteMs;

export function ask(row: BudgetRow, request: TouchRequest, policy: ReadPolicy, killed: Killed, now: number): Asked {
  const recent = without(row.recent, request.touchId);
  const shared = countsIn(row, request).map(({ key, kind, recent: all }) => ({
    key,
    kind,
    recent: without(all, request.touchId),
  }));
  const turn = isTurn(request, recent, now);
  const zones = row.gates.zone === null ? row.gates.zonesPlausible : [row.gates.zone];
  const book = new Book({ own: recent, shared, zones, now });
  const counting = { ...request, own: true, countsIn: request.countsIn ?? [] };
  return {
    row,
    recent,
    shared,
    request,
    policy,
    windows: book.tallies(allWindows(row, policy, now), counting),
    spaced: book.spaced(policy.spacing, counting),
    killed,
    cost: turn ? 0 : (request.cost ?? costOf(policy, request.channel, request.madeBy)),
    turn,
    zones,
    now,
  };
}

const without = (recent: readonly RecentTouch[], touchId: string): readonly RecentTouch[] =>
  recent.some((touch) => touch.touchId === touchId) ? recent.filter((touch) => touch.touchId !== touchId) : recent;

/** The name of the window that a customer's own wish makes; no policy has one of this name. */
export const askedForLess = 'the customer asked for less';

/** The policy's, and what the customer asked for. */
export function allWindows(row: BudgetRow, policy: ReadPolicy, now: number): readonly ReadWindow[] {
  const less = row.gates.own?.less;
  if (!less || less.until <= now) return policy.windows;
  const span = readWindowSpan(less.in);
  if (!span) return policy.windows;
  return [
    ...policy.windows,
    {
      name: askedForLess,
      atMost: less.atMost,
      span,
      said: less.in,
      classes: [],
      alert: false,
      keep: null,
      except: ['service'],
      per: 'customer',
    },
  ];
}
