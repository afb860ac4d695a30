/** Headroom that cannot be kept: another window gives it away, or leaves those it is kept for less than that. */
import { roomFor, windowIsAbout } from '../window-use.ts';
import type { ReadPolicy, ReadWindow } from '../read-policy.ts';
import { doubt, type PolicyFinding } from './finding.ts';
import { inWindow, type PricedKind } from './kinds.ts';
import { mostByAll } from './most.ts';
import { both, inSpan, windowRule } from './say.ts';

type Keep = NonNullable<ReadWindow['keep']>;

export const keepFindings = (policy: ReadPolicy, kinds: readonly PricedKind[]): readonly PolicyFinding[] =>
  policy.windows.flatMap((window) => {
    const { keep } = window;
    if (!keep || keep.cost === 0) return [];
    const favoured = inWindow(window, kinds).filter(({ purpose }) => keep.for.includes(purpose));
    if (favoured.length === 0)
      return [
        doubt(
          windowRule(window),
          `The window '${window.name}' keeps ${String(keep.cost)} for ${both(keep.for)}, which it does not count.`,
          'Keep it for purposes that the window is about, or keep nothing.',
        ),
      ];
    return [...unusable(window, keep, favoured, policy), ...givenAway(window, keep, favoured, policy, kinds)];
  });

/** Others leave less than is kept. */
function unusable(
  window: ReadWindow,
  keep: Keep,
  favoured: readonly PricedKind[],
  { windows }: ReadPolicy,
): readonly PolicyFinding[] {
  // The window itself leaves them all that it keeps.
  const most = mostByAll(windows, favoured, window.span);
  if (most >= keep.cost) return [];
  return [
    doubt(
      windowRule(window),
      `The window '${window.name}' keeps ${String(keep.cost)} of ${String(window.atMost)} for ${both(keep.for)}, and other windows let them use ${String(most)} in ${inSpan(window.said)}.`,
      `Keep at most ${String(most)}, or let the others allow more.`,
    ),
  ];
}

/** A window that the kept purposes count in too, and that those it is kept from can fill. */
function givenAway(
  window: ReadWindow,
  keep: Keep,
  favoured: readonly PricedKind[],
  { windows }: ReadPolicy,
  kinds: readonly PricedKind[],
): readonly PolicyFinding[] {
  const away = windows.find((other) => {
    if (other.alert || !favoured.every((kind) => windowIsAbout(other, kind))) return false;
    return leftIn(other, keep, favoured, windows, kinds) < Math.min(keep.cost, roomOf(other, favoured));
  });
  if (!away) return [];
  const left = Math.max(0, leftIn(away, keep, favoured, windows, kinds));
  return [
    doubt(
      windowRule(window),
      `The window '${window.name}' keeps ${String(keep.cost)} for ${both(keep.for)}, and '${away.name}' leaves them ${String(left)} of ${String(away.atMost)} when other purposes have used it.`,
      `Keep as much there: keep: { cost: ${String(keep.cost)}, for: [${keep.for.map((p) => `'${p}'`).join(', ')}] }.`,
    ),
  ];
}

const roomOf = (window: ReadWindow, kinds: readonly PricedKind[]): number =>
  Math.min(...kinds.map(({ purpose }) => roomFor(window, purpose)));

function leftIn(
  other: ReadWindow,
  keep: Keep,
  favoured: readonly PricedKind[],
  windows: readonly ReadWindow[],
  kinds: readonly PricedKind[],
): number {
  const rest = inWindow(other, kinds).filter(({ purpose }) => !keep.for.includes(purpose));
  return roomOf(other, favoured) - mostByAll(windows, rest, other.span);
}
