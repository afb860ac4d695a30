/** Soft caps that alert whenever a customer has an ordinary week: nobody reads an alarm that rings every day. */
import { dayMs } from '../../calendar/zone.ts';
import type { ReadPolicy, ReadWindow } from '../read-policy.ts';
import { doubt, type PolicyFinding } from './finding.ts';
import { cheapestOf, inWindow, type PricedKind } from './kinds.ts';
import { mostByAll } from './most.ts';
import { inSpan, windowRule } from './say.ts';

const daysIn = ({ span }: ReadWindow): number =>
  'rollingMs' in span ? Math.floor(span.rollingMs / dayMs) : { day: 1, week: 7, month: 28 }[span.calendar];

/** One touch a day, the cheapest that it counts, is what it must bear. */
export const softCapFindings = (policy: ReadPolicy, kinds: readonly PricedKind[]): readonly PolicyFinding[] =>
  policy.windows.flatMap((window) => {
    const counted = inWindow(window, kinds);
    const days = daysIn(window);
    if (days < 2) return [];
    const oneADay = days * cheapestOf(counted);
    // One that refuses lets no more through than it allows, so nothing is said of it.
    if (window.atMost >= oneADay || mostByAll(policy.windows, counted, window.span) < oneADay) return [];
    return [
      doubt(
        windowRule(window),
        `The window '${window.name}' alerts above ${String(window.atMost)} in ${inSpan(window.said)}: one touch a day makes ${String(oneADay)}, and alerts every day.`,
        `Allow at least ${String(oneADay)}, or let it refuse.`,
      ),
    ];
  });
