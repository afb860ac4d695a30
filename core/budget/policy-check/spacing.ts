/** Spacing that nothing ever comes near to. */
import type { ReadPolicy, ReadSpacing, ReadWindow } from '../read-policy.ts';
import { roomFor, windowIsAbout } from '../window-use.ts';
import { doubt, type PolicyFinding } from './finding.ts';
import { inSpan } from './say.ts';
import { cheapestOf, inSpacing, type PricedKind } from './kinds.ts';

const spacingRule = ({ said }: ReadSpacing): string => `spacing '${said}'`;

export const spacingFindings = (policy: ReadPolicy, kinds: readonly PricedKind[]): readonly PolicyFinding[] =>
  policy.spacing.flatMap((rule, n) => {
    const counted = inSpacing(rule, kinds);
    const because =
      counted.length === 0
        ? 'every touch that it is about costs 0'
        : rule.apartMs === 0
          ? 'no two touches are nearer than that'
          : (windowStops(rule, counted, policy) ?? spacingStops(rule, n, counted, policy));
    return because === null
      ? []
      : [
          doubt(
            spacingRule(rule),
            `The spacing of touches ${rule.said} can never bind: ${because}.`,
            'Take it out, or let it be longer than what holds them apart already.',
          ),
        ];
  });

/** A window with room for one of them, and none for a second before the spacing is over. */
function windowStops({ apartMs }: ReadSpacing, counted: readonly PricedKind[], policy: ReadPolicy): string | null {
  const hasRoomForOne = (window: ReadWindow): boolean =>
    counted.every((kind) => windowIsAbout(window, kind) && roomFor(window, kind.purpose) < 2 * cheapestOf(counted));
  const by = policy.windows.find(
    (window) =>
      !window.alert && 'rollingMs' in window.span && window.span.rollingMs >= apartMs && hasRoomForOne(window),
  );
  return by ? `'${by.name}' allows ${String(by.atMost)} in ${inSpan(by.said)}, which is one touch` : null;
}

function spacingStops(
  rule: ReadSpacing,
  n: number,
  counted: readonly PricedKind[],
  { spacing }: ReadPolicy,
): string | null {
  const by = spacing.find(
    (other, m) =>
      inSpacing(other, counted).length === counted.length &&
      (other.apartMs > rule.apartMs || (other.apartMs === rule.apartMs && m < n)),
  );
  return by ? `the same touches are ${by.said} already` : null;
}
