/** Names that a policy takes from elsewhere, and those it gives itself. */
import { listed, unknownName } from '../../journey/known-names.ts';
import { nearest } from '../../journey/nearest.ts';
import type { Policy } from '../policy.ts';
import { contradiction, doubt, type PolicyFinding } from './finding.ts';

/** What there is. */
export interface Known {
  readonly teams: readonly string[];
  readonly purposes: readonly string[];
  readonly journeys: readonly string[];
  readonly events: readonly string[];
}

export const nameFindings = (policy: Policy, known: Known): readonly PolicyFinding[] => [
  ...unknown('team', policy.team, known.teams, 'team'),
  ...purposesIn(policy).flatMap((purpose) => unknown('purpose', purpose, known.purposes, 'purposes')),
  ...(policy.theyWaitAfter ?? []).flatMap((event) => unknown('event', event, known.events, 'theyWaitAfter')),
  ...rankFindings(policy, known),
  ...classFindings(policy, known),
  ...twice(policy.windows.map(({ name }) => name)).map((name) =>
    contradiction(
      `window '${name}'`,
      `The window '${name}' is there twice.`,
      'Give one of them another name: explanations quote it.',
    ),
  ),
];

function unknown(what: string, name: string, names: readonly string[], rule: string): readonly PolicyFinding[] {
  if (names.includes(name)) return [];
  const { problem, mend } = unknownName(what, name, names);
  return [contradiction(rule, problem, mend)];
}

const purposesIn = ({ windows, spacing, quiet }: Policy): readonly string[] => [
  ...new Set([
    ...[...windows, ...spacing, ...quiet].flatMap(({ purposes = [] }) => purposes),
    ...windows.flatMap(({ keep }) => keep?.for ?? []),
  ]),
];

const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, i) => names.indexOf(name) !== i)),
];

function rankFindings({ first, classes = {} }: Policy, { purposes, journeys }: Known): readonly PolicyFinding[] {
  const ranked = [...purposes, ...journeys, ...Object.keys(classes)];
  return [
    ...first
      .filter((name) => !ranked.includes(name))
      .map((name) =>
        contradiction(
          'first',
          `'first' ranks '${name}', which is no purpose, no journey and no class of journeys.`,
          nearest(name, ranked) ?? `Rank some of these: ${listed(ranked)}.`,
        ),
      ),
    ...twice(first).map((name) =>
      doubt('first', `'first' ranks '${name}' twice: only its best place counts.`, 'Rank it once.'),
    ),
  ];
}

/** Whose journeys exist, and whose names can be taken for nothing else. */
function classFindings(policy: Policy, { purposes, journeys }: Known): readonly PolicyFinding[] {
  const classes = Object.entries(policy.classes ?? {});
  const known = [...journeys, ...classes.map(([name]) => name)];
  const meant = [...policy.windows, ...policy.spacing].flatMap(({ journeys: about = [] }) => about);
  return [
    ...classes.flatMap(([name, members]) =>
      members
        .filter((member) => !journeys.includes(member))
        .map((member) =>
          contradiction(
            `class '${name}'`,
            `The class '${name}' names '${member}', which is no journey.`,
            nearest(member, journeys) ?? `Name some of these: ${listed(journeys)}.`,
          ),
        ),
    ),
    ...classes
      .filter(([name]) => journeys.includes(name) || purposes.includes(name))
      .map(([name]) =>
        contradiction(
          `class '${name}'`,
          `The class '${name}' is called like a ${journeys.includes(name) ? 'journey' : 'purpose'}.`,
          'Give the class another name: rules and ranks could mean either.',
        ),
      ),
    ...[...new Set(meant)]
      .filter((name) => !known.includes(name))
      .map((name) =>
        contradiction(
          'journeys',
          `A window or spacing is about '${name}', which is no journey and no class of journeys.`,
          nearest(name, known) ?? `Name some of these: ${listed(known)}.`,
        ),
      ),
  ];
}
