/** Windows and spacing by brute force: each is asked of all touches each time. */
import type { Per, Policy, PolicySpacing, PolicyWindow } from '../../../../core/budget/policy.ts';
import { clockIn } from './clock.ts';
import { about, wayOf, type Kind } from './kind.ts';
import { lessOf, zonesOf, type Person } from './person.ts';
import { spans } from './spans.ts';

/** Whose touch it is: this customer's or that of somebody who shares an address or an account, and in which shared rows it counts. */
interface Whose {
  readonly own: boolean;
  readonly keys: readonly string[];
}
/** Somebody who asks: the touch itself, or one that waits. */
export interface Asker extends Kind, Whose {
  readonly touchId: string;
  readonly cost: number;
  readonly askedAt: number;
  readonly turn: boolean;
}
/** A place that is taken, or would be by whoever goes first: that one stands at its instant and not before. */
export interface Taken extends Kind, Whose {
  readonly at: number;
  readonly since: number;
  readonly cost: number;
  readonly isPlan: boolean;
}

/**
 * Does a rule count this place for whoever asks? Per customer: what is theirs. Per address or account: what is in the shared rows of that
 * kind in which they count; an address that nobody shares is all of the customer's own that go the same way. Null: it is no rule for them.
 */
function counted(per: Per | undefined, { shared = [] }: Person, asker: Asker): ((o: Taken) => boolean) | null {
  if (per === undefined || per === 'customer') return asker.own ? (o) => o.own : null;
  const kind = per === 'account' ? 'account' : wayOf(asker.channel);
  const keys = shared.filter((s) => s.kind === kind && asker.keys.includes(s.key)).map((s) => s.key);
  if (keys.length > 0) return (o) => o.keys.some((key) => keys.includes(key));
  return per === 'account' || !asker.own ? null : (o) => o.own && wayOf(o.channel) === kind;
}

type Window = PolicyWindow & { readonly notFor?: string };
/** The policy's, and "less, please". */
export function windowsOf(person: Person, policy: Policy, now: number): readonly Window[] {
  const less = lessOf(person);
  return less && less.until > now
    ? [...policy.windows, { name: 'less', atMost: less.atMost, in: less.in, notFor: 'service' }]
    : policy.windows;
}

/** Does it count in this window at all? */
export const countsIn = (window: Window, asker: Asker, policy: Policy, person: Person): boolean =>
  asker.cost > 0 &&
  about(window, asker, policy) &&
  asker.purpose !== window.notFor &&
  counted(window.per, person, asker) !== null;

/** A test of instants. */
export type Allows = (t: number) => boolean;

/** For every window and instant the cost in it is at most the maximum; what is kept for others is not for this one. */
export function roomIn(window: Window, taken: readonly Taken[], asker: Asker, policy: Policy, person: Person): Allows {
  const isOver = counted(window.per, person, asker);
  if (isOver === null || !countsIn(window, asker, policy, person)) return () => true;
  const room = window.atMost - (window.keep && !window.keep.for.includes(asker.purpose) ? window.keep.cost : 0);
  const others = taken.filter(
    (o) => o.cost > 0 && isOver(o) && about(window, o, policy) && o.purpose !== window.notFor,
  );
  const fits = (inIt: (o: Taken) => boolean): boolean =>
    others.reduce((all, o) => (inIt(o) ? all + o.cost : all), asker.cost) <= room;
  const clocks = zonesOf(person).map(clockIn);
  if (window.in.startsWith('calendar') && clocks.length > 0)
    return (t) =>
      clocks.every(({ period }) => {
        const now = period(window.in, t);
        return fits((o) => period(window.in, o.since) === now || period(window.in, o.at) === now);
      });
  const span = spans[window.in] ?? NaN;
  // The windows that hold t end with it, or with somebody who comes later.
  const plans = others.filter((o) => o.isPlan).map((o) => o.at);
  return (t) =>
    [t, ...plans.filter((at) => at > t && at < t + span)].every((end) =>
      fits((o) => o.at > end - span && (!o.isPlan || o.at <= end)),
    );
}

export function apartBy(
  rule: PolicySpacing,
  taken: readonly Taken[],
  asker: Asker,
  policy: Policy,
  person: Person,
): Allows {
  const apart = spans[rule.apart] ?? NaN;
  const isOver = counted(rule.per, person, asker);
  if (asker.turn || asker.cost === 0 || isOver === null || !about(rule, asker, policy)) return () => true;
  const others = taken.filter((o) => o.cost > 0 && isOver(o) && about(rule, o, policy));
  return (t) => others.every((o) => t - o.at >= apart || (o.isPlan && o.at - t >= apart));
}
