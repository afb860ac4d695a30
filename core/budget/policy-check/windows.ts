/** Windows that let nothing through, and windows that never stop anything because others always stop it first. */
import type { ReadPolicy, ReadSpacing, ReadWindow } from '../read-policy.ts';
import { roomFor } from '../window-use.ts';
import { contradiction, doubt, type PolicyFinding } from './finding.ts';
import { cheapestOf, inWindow, type PricedKind } from './kinds.ts';
import { inSpan, windowRule } from './say.ts';
import { longestOf, mostBy, mostBySpacing, spansIn } from './most.ts';

export const windowFindings = (policy: ReadPolicy, kinds: readonly PricedKind[]): readonly PolicyFinding[] =>
  policy.windows.flatMap((window, n) => {
    const counted = inWindow(window, kinds);
    if (counted.length === 0)
      return [
        doubt(
          windowRule(window),
          `The window '${window.name}' counts nothing: every touch that it is about costs 0.`,
          'Give one of its channels a cost, or take the window out.',
        ),
      ];
    return tooNarrow(window, counted) ?? neverBinds(window, n, counted, policy) ?? [];
  });

/** A window that the cheapest touch does not fit into is a ban, and should be said as one. */
function tooNarrow(window: ReadWindow, counted: readonly PricedKind[]): readonly PolicyFinding[] | null {
  // One that alerts stops nothing: of each touch, if that is what is wanted, it tells.
  if (window.alert) return null;
  const cheapest = cheapestOf(counted);
  if (window.atMost < cheapest)
    return [
      contradiction(
        windowRule(window),
        `The window '${window.name}' allows ${String(window.atMost)}, and the cheapest touch in it costs ${String(cheapest)}: nothing could ever go out.`,
        `Allow at least ${String(cheapest)}, or take the window out.`,
      ),
    ];
  const { keep } = window;
  const others = keep ? counted.filter(({ purpose }) => !keep.for.includes(purpose)) : [];
  if (keep && others.length > 0 && window.atMost - keep.cost < cheapestOf(others))
    return [
      contradiction(
        windowRule(window),
        `The window '${window.name}' keeps ${String(keep.cost)} of ${String(window.atMost)}: nothing is left for other purposes.`,
        `Keep at most ${String(window.atMost - cheapestOf(others))}.`,
      ),
    ];
  return null;
}

function neverBinds(
  window: ReadWindow,
  n: number,
  counted: readonly PricedKind[],
  { windows, spacing }: ReadPolicy,
): readonly PolicyFinding[] | null {
  // Of two that say the same, the later is the one too many.
  const other = windows.find(
    (w, m) => m !== n && stops(w, window, counted) && !(m > n && stops(window, w, inWindow(w, counted))),
  );
  if (other) return [outOfReach(window, other, counted)];
  const rule = spacing.find((s) => (mostBySpacing(s, counted, window.span) ?? Infinity) <= leastRoom(window, counted));
  return rule ? [apartAlready(window, rule, counted)] : null;
}

/** Does `by` refuse whatever `window` would refuse, and sooner or at the same time? */
function stops(by: ReadWindow, window: ReadWindow, counted: readonly PricedKind[]): boolean {
  const most = mostBy(by, counted, window.span);
  if (most === null) return false;
  const spans = spansIn(window.span, by.span);
  const before = most - most / spans;
  return counted.every(({ purpose }) => before + roomFor(by, purpose) <= roomFor(window, purpose));
}

const leastRoom = (window: ReadWindow, counted: readonly PricedKind[]): number =>
  Math.min(...counted.map(({ purpose }) => roomFor(window, purpose)));

function outOfReach(window: ReadWindow, by: ReadWindow, counted: readonly PricedKind[]): PolicyFinding {
  const spans = spansIn(window.span, by.span);
  const most = mostBy(by, counted, window.span) ?? 0;
  const does = window.alert ? 'alert' : 'bind';
  const allows = `it allows ${String(window.atMost)} in ${inSpan(window.said)}`;
  const problem =
    longestOf(by.span) >= longestOf(window.span)
      ? `The window '${window.name}' can never ${does}: ${allows}, and '${by.name}' lets no more than ${String(most / spans)} through in ${inSpan(by.said)}.`
      : `The window '${window.name}' is out of reach: ${allows}, and '${by.name}' lets at most ${String(most)} through in that time (${String(spans)} times ${String(most / spans)} in ${inSpan(by.said)}).`;
  return doubt(windowRule(window), problem, instead(window, most));
}

function apartAlready(window: ReadWindow, by: ReadSpacing, counted: readonly PricedKind[]): PolicyFinding {
  const most = mostBySpacing(by, counted, window.span) ?? 0;
  return doubt(
    windowRule(window),
    `The window '${window.name}' is out of reach: it allows ${String(window.atMost)} in ${inSpan(window.said)}, and touches ${by.said} add up to ${String(most)} at most.`,
    instead(window, most),
  );
}

const instead = (window: ReadWindow, most: number): string =>
  most > 1
    ? `Allow less than ${String(most)} in ${inSpan(window.said)}, or take the window out.`
    : 'Take the window out.';
