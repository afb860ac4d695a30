/** Two versions of a policy. Spacing and quiet hours have no names: they are told apart by what they are about. */
import type { About, Policy, PolicySpacing, PolicyWindow } from '../../budget/policy.ts';
import type { QuietRule } from '../../calendar/quiet.ts';
import { compare, same, type Change } from './change.ts';
import { instead, listed, plainly, quoted } from './say.ts';
import { dataChanges } from './structure.ts';

/** 'windows' and such: what one of them is called. */
const policyNames: Readonly<Record<string, string>> = {
  windows: 'window',
  cost: 'the cost of',
  classes: 'the class',
  assumeOnlyIfChecked: 'how long a check holds for',
  unknownIsSentAfter: 'when an unknown outcome counts as sent, by',
};

export const policyChanges = (before: Policy, after: Policy): readonly Change[] => [
  ...dataChanges('policy', rest(before), rest(after), policyNames, (part, value) =>
    part === 'windows' ? windowInWords(value as PolicyWindow) : plainly(value),
  ),
  ...ruleChanges('spacing', before.spacing.map(asSpacing), after.spacing.map(asSpacing)),
  ...ruleChanges('quiet', before.quiet.map(asQuiet), after.quiet.map(asQuiet)),
];

const rest = ({ spacing: _, quiet: __, ...others }: Policy): object => others;

/** A rule that nobody has named. */
interface Rule {
  /** 'the spacing of touches', 'quiet hours' */
  readonly what: string;
  /** ' for marketing by email' */
  readonly about: string;
  /** '24 hours', '21:00–08:00' */
  readonly says: string;
}
const asSpacing = (rule: PolicySpacing): Rule => ({
  what: 'the spacing of touches',
  about: aboutInWords(rule),
  says: rule.apart,
});
const asQuiet = ({ from, to, on, ...about }: QuietRule): Rule => ({
  what: 'quiet hours',
  about: `${aboutInWords(about)}${on === undefined ? '' : ` on ${listed(on, 'and')}`}`,
  says: `${from}–${to}`,
});

function ruleChanges(part: string, before: readonly Rule[], after: readonly Rule[]): readonly Change[] {
  const { gone, fresh, kept } = compare(byWhatTheyAreAbout(before), byWhatTheyAreAbout(after));
  // What says the same of others now is one rule that has moved, and not one that went and one that came.
  const moved = fresh.flatMap(([key, is]) => {
    const was = gone.find(([, old]) => old.says === is.says);
    return was ? [{ from: was, to: [key, is] as const }] : [];
  });
  const once = moved.filter(({ from }, n) => moved.findIndex((other) => other.from[0] === from[0]) === n);
  const isMoved = (key: string): boolean => once.some(({ from, to }) => from[0] === key || to[0] === key);
  const change = (kind: Change['kind'], says: string): Change => ({
    about: 'policy',
    name: part,
    kind,
    says: `Policy: ${says}.`,
  });
  return [
    ...gone.flatMap(([key, { what, about, says }]) =>
      isMoved(key) ? [] : [change('gone', `${what}${about}: no longer ${says}`)],
    ),
    ...fresh.flatMap(([key, { what, about, says }]) =>
      isMoved(key) ? [] : [change('new', `${what}${about}: ${says}, which is new`)],
    ),
    ...kept.flatMap(([, was, is]) =>
      same(was, is) ? [] : [change('changed', `${is.what}${is.about}: now ${instead(is.says, was.says)}`)],
    ),
    ...once.map(({ from: [, was], to: [, is] }) =>
      change('changed', `${is.what} of ${is.says}: now${orAll(is.about)} instead of${orAll(was.about)}`),
    ),
  ];
}
const orAll = (about: string): string => (about === '' ? ' for all' : about);

function byWhatTheyAreAbout(rules: readonly Rule[]): Readonly<Record<string, Rule>> {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    rules.map((rule) => {
      const nth = (seen.get(rule.about) ?? 0) + 1;
      seen.set(rule.about, nth);
      return [`${rule.about} ${String(nth)}`, rule];
    }),
  );
}

/** ' for marketing by email and sms, of campaigns, per address'; nothing if it is about everything. */
function aboutInWords({ channels, purposes, journeys, per }: About & { readonly per?: PolicyWindow['per'] }): string {
  return [
    purposes ? ` for ${listed(purposes, 'and')}` : '',
    channels ? ` by ${listed(channels, 'and')}` : '',
    journeys ? ` of ${listed(journeys.map(quoted), 'and')}` : '',
    per === undefined ? '' : ` per ${per}`,
  ].join('');
}

/** "at most 3 in 7 days for marketing; of these, 2 are kept for service; it alerts and stops nothing" */
function windowInWords({ atMost, in: span, over, keep, ...about }: PolicyWindow): string {
  return [
    `at most ${String(atMost)} in ${span.startsWith('calendar') ? `a ${span}` : span}${aboutInWords(about)}`,
    ...(keep ? [`of these, ${String(keep.cost)} are kept for ${listed(keep.for, 'and')}`] : []),
    ...(over === 'alert' ? ['it alerts and stops nothing'] : []),
  ].join('; ');
}
