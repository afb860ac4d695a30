/** For each channel and purpose there must be an hour of the week in which something may be sent, beside the law as well. */
import { lawsFor, legalHours, type ReadLaw } from '../../calendar/legal-hours.ts';
import { quietFaults, quietUntil, readQuiet, type QuietSpan } from '../../calendar/quiet.ts';
import { channels, type Channel } from '../../journey/channels.ts';
import type { Policy } from '../policy.ts';
import { contradiction, doubt, type PolicyFinding } from './finding.ts';
import { both } from './say.ts';

export function quietFindings(
  { quiet, legalHours: kept = 'all' }: Policy,
  purposes: readonly string[],
): readonly PolicyFinding[] {
  const wrong = quiet.flatMap(quietFaults);
  if (wrong.length > 0)
    return wrong.map((problem) =>
      contradiction('quiet', `${problem}.`, "Quiet hours read like { from: '21:00', to: '08:00' }."),
    );
  return channels.flatMap((channel) =>
    purposes.flatMap((purpose) => {
      const spans = quiet
        .filter(
          (rule) => (rule.channels ?? [channel]).includes(channel) && (rule.purposes ?? [purpose]).includes(purpose),
        )
        .map(readQuiet);
      if (isAlways(spans)) return [noHour(channel, purpose)];
      return kept === 'none' ? [] : besideTheLaw(spans, { channel, purpose }, kept);
    }),
  );
}

/** From a fixed Monday, on a clock without changes: the hours of a week do not depend on where or when. */
const isAlways = (spans: readonly QuietSpan[]): boolean =>
  quietUntil(spans, ['Etc/UTC'], Date.UTC(2024, 0, 1))?.until === 'never';

const noHour = (channel: Channel, purpose: string): PolicyFinding =>
  contradiction(
    'quiet',
    `Quiet hours leave no hour of the week for ${purpose} by ${channel}.`,
    'Let one of them begin later or end sooner, or name the channels it is about.',
  );

/** Wherever a law of ours knows of: nowhere in particular, each country, and each part of one. */
const places: readonly (readonly string[])[] = [
  [],
  ...[...new Set(legalHours.flatMap(({ covers }) => covers))].flatMap((place) => (place === '*' ? [] : [[place]])),
];

/** A company may have nobody in that country: whoever wrote the policy knows. */
function besideTheLaw(
  spans: readonly QuietSpan[],
  { channel, purpose }: { readonly channel: Channel; readonly purpose: string },
  kept: 'all' | readonly string[],
): readonly PolicyFinding[] {
  const found = new Map<string, readonly ReadLaw[]>();
  for (const place of places) {
    const laws = lawsFor(place, channel, purpose, kept).filter(({ untilAt }) => untilAt === Infinity);
    if (laws.length > 0 && isAlways([...spans, ...laws.flatMap((law) => law.spans)])) found.set(namesOf(laws), laws);
  }
  // Where some laws leave no hour, neither do those and others.
  const fewest = [...found.values()].filter(
    (laws) =>
      ![...found.values()].some((others) => others.length < laws.length && others.every((o) => laws.includes(o))),
  );
  return fewest.map((laws) =>
    doubt(
      'quiet',
      `Quiet hours and ${namesOf(laws)} together leave no hour of the week for ${purpose} by ${channel}.`,
      `Leave some of ${both(laws.map(hoursOf))}, or name the channels and purposes it is about.`,
    ),
  );
}
const namesOf = (laws: readonly ReadLaw[]): string => both(laws.map(({ title }) => title));
const hoursOf = ({ allowed }: ReadLaw): string =>
  allowed
    .map(({ from, to, on }) => `${from}–${to}${on ? ` (${on.map((day) => day.slice(0, 3)).join(', ')})` : ''}`)
    .join(', ');
