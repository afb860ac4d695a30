/** Every kind of touch that a policy can tell apart, so that what holds for all of them can be found by looking at all of them. */
import { channels } from '../../journey/channels.ts';
import { costOf, isAbout, type Kind, type ReadPolicy, type ReadSpacing, type ReadWindow } from '../read-policy.ts';
import { windowIsAbout } from '../window-use.ts';

/** A kind of touch that costs something when it is made by tech: whoever else makes it is never refused. */
export interface PricedKind extends Kind {
  readonly cost: number;
}

/** Journeys that no rule names are alike. */
const anyOther = '(any other)';

export function kindsOf(policy: ReadPolicy, purposes: readonly string[]): readonly PricedKind[] {
  const named = [...policy.windows, ...policy.spacing].flatMap(({ journeys = [] }) => journeys);
  const journeys = [...new Set(named), anyOther];
  return channels.flatMap((channel) => {
    const cost = costOf(policy, channel, 'tech');
    if (cost === 0) return [];
    return purposes.flatMap((purpose) => journeys.map((journey) => ({ channel, purpose, journey, cost })));
  });
}

export const inWindow = (window: ReadWindow, kinds: readonly PricedKind[]): readonly PricedKind[] =>
  kinds.filter((kind) => windowIsAbout(window, kind));
export const inSpacing = (spacing: ReadSpacing, kinds: readonly PricedKind[]): readonly PricedKind[] =>
  kinds.filter((kind) => isAbout(spacing, kind));

export const cheapestOf = (kinds: readonly PricedKind[]): number => Math.min(...kinds.map(({ cost }) => cost));
export const dearestOf = (kinds: readonly PricedKind[]): number => Math.max(...kinds.map(({ cost }) => cost));
