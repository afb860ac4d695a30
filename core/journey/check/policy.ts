/** Whether a policy lets anything through at all, and speaks of things that exist. */
import { costOf } from '../../budget/read-policy.ts';
import type { Policy, PolicyWindow } from '../../budget/types.ts';
import { quietFaults, quietUntil, readQuiet } from '../../calendar/quiet.ts';
import { channels } from '../channels.ts';
import type { Fault } from '../fault.ts';
import { knownNames, listed, purposesOf } from '../known-names.ts';
import { nearest } from '../nearest.ts';
import type { StoredWords } from '../stored-words.ts';
import type { Journey } from '../table.ts';

export function policyFaults(policy: Policy, words: StoredWords, journeys: readonly Journey[]): readonly Fault[] {
  const names = knownNames(words);
  const spoken = [...policy.windows, ...policy.spacing, ...policy.quiet].flatMap(({ purposes = [] }) => purposes);
  const kept = policy.windows.flatMap(({ keep }) => keep?.for ?? []);
  const classes = Object.keys(policy.classes ?? {});
  const stories = journeys.map(({ name }) => name);
  const ranked = [...purposesOf(words), ...stories, ...classes];
  const windows = policy.windows.map(({ name }) => name);
  return [
    ...names.fault('team', policy.team),
    ...[...new Set([...spoken, ...kept])].flatMap((purpose) => names.fault('purpose', purpose)),
    ...policy.first
      .filter((name) => !ranked.includes(name))
      .map((name) => ({
        problem: `'first' ranks '${name}', which is no purpose, no journey and no class of journeys.`,
        mend: nearest(name, ranked) ?? `Rank some of these: ${listed(ranked)}.`,
      })),
    ...classFaults(policy, stories, purposesOf(words)),
    ...[...new Set(windows.filter((name, i) => windows.indexOf(name) !== i))].map((name) => ({
      problem: `The window '${name}' is there twice.`,
      mend: 'Give one of them another name: explanations quote it.',
    })),
    ...policy.windows.flatMap((window) => tooNarrow(window, policy)),
    ...neverAwake(policy, words),
  ];
}

/** Whose journeys exist, and whose names can be taken for nothing else. */
function classFaults(policy: Policy, stories: readonly string[], purposes: readonly string[]): readonly Fault[] {
  const classes = Object.entries(policy.classes ?? {});
  const known = [...stories, ...classes.map(([name]) => name)];
  const meant = [...policy.windows, ...policy.spacing].flatMap(({ journeys = [] }) => journeys);
  return [
    ...classes.flatMap(([name, members]) =>
      members
        .filter((member) => !stories.includes(member))
        .map((member) => ({
          problem: `The class '${name}' names '${member}', which is no journey.`,
          mend: nearest(member, stories) ?? `Name some of these: ${listed(stories)}.`,
        })),
    ),
    ...classes
      .filter(([name]) => stories.includes(name) || purposes.includes(name))
      .map(([name]) => ({
        problem: `The class '${name}' is called like a ${stories.includes(name) ? 'journey' : 'purpose'}.`,
        mend: 'Give the class another name: rules and ranks could mean either.',
      })),
    ...[...new Set(meant)]
      .filter((name) => !known.includes(name))
      .map((name) => ({
        problem: `A window or spacing is about '${name}', which is no journey and no class of journeys.`,
        mend: nearest(name, known) ?? `Name some of these: ${listed(known)}.`,
      })),
  ];
}

/** A window that the cheapest touch does not fit into is a ban, and should be said as one. */
function tooNarrow(window: PolicyWindow, { cost }: Policy): readonly Fault[] {
  const costs = (window.channels ?? channels)
    .flatMap((channel) => (['tech', 'human'] as const).map((madeBy) => costOf({ cost }, channel, madeBy)))
    .filter((c) => c > 0);
  const cheapest = Math.min(...costs);
  if (costs.length === 0) return [];
  if (window.atMost < cheapest)
    return [
      {
        problem: `The window '${window.name}' allows ${window.atMost}, and the cheapest touch in it costs ${cheapest}: nothing could ever go out.`,
        mend: `Allow at least ${cheapest}, or take the window out.`,
      },
    ];
  if (window.keep && window.atMost - window.keep.cost < cheapest)
    return [
      {
        problem: `The window '${window.name}' keeps ${window.keep.cost} of ${window.atMost}: nothing is left for other purposes.`,
        mend: `Keep at most ${window.atMost - cheapest}.`,
      },
    ];
  return [];
}

/** For each channel and purpose there must be an hour of the week in which something may be sent. */
function neverAwake(policy: Policy, words: StoredWords): readonly Fault[] {
  const wrong = policy.quiet.flatMap(quietFaults);
  if (wrong.length > 0)
    return wrong.map((problem) => ({
      problem: `${problem}.`,
      mend: "Quiet hours read like { from: '21:00', to: '08:00' }.",
    }));
  return channels.flatMap((channel) =>
    purposesOf(words).flatMap((purpose) => {
      const about = policy.quiet.filter(
        (rule) => (rule.channels ?? [channel]).includes(channel) && (rule.purposes ?? [purpose]).includes(purpose),
      );
      // From a fixed Monday, on a clock without changes: the hours of a week do not depend on where or when.
      const quiet = quietUntil(about.map(readQuiet), ['Etc/UTC'], Date.UTC(2024, 0, 1));
      return quiet?.until === 'never'
        ? [
            {
              problem: `Quiet hours leave no hour of the week for ${purpose} by ${channel}.`,
              mend: 'Let one of them begin later or end sooner, or name the channels it is about.',
            },
          ]
        : [];
    }),
  );
}
