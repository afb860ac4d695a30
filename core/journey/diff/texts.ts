/** The templates that a journey says, before and after. */
import type { Journey } from '../table.ts';
import type { Template } from '../template.ts';
import { compare, same, type Change } from './change.ts';
import { listed, plainly, quoted } from './say.ts';

export function templateChanges(
  before: { readonly journey: Journey; readonly templates: readonly Template[] },
  after: { readonly journey: Journey; readonly templates: readonly Template[] },
): readonly Change[] {
  const said = new Set([...saidBy(before.journey), ...saidBy(after.journey)]);
  const ours = (templates: readonly Template[]): Readonly<Record<string, Template>> =>
    Object.fromEntries(templates.filter(({ name }) => said.has(name)).map((t) => [`${t.name}.${t.locale}`, t]));
  const { gone, fresh, kept } = compare(ours(before.templates), ours(after.templates));
  const change = (name: string, kind: Change['kind'], says: string, lines?: readonly string[]): Change => ({
    about: 'template',
    name,
    kind,
    says,
    ...(lines ? { lines } : {}),
  });
  return [
    ...gone.map(([name]) => change(name, 'gone', `The template ${quoted(name)} is gone.`)),
    ...fresh.map(([name]) => change(name, 'new', `The template ${quoted(name)} is new.`)),
    ...kept.flatMap(([name, was, is]) => [
      ...mannerChanges(name, was, is).map((says) => change(name, 'changed', says)),
      ...(same(wordingOf(was), wordingOf(is))
        ? []
        : [
            change(
              name,
              'wording',
              `A change of wording: the template ${quoted(name)}.`,
              lineChanges(textOf(was), textOf(is)),
            ),
          ]),
    ]),
  ];
}

/** Every template that a step names, itself or to say that something takes longer. */
export const saidBy = (journey: Journey): ReadonlySet<string> =>
  new Set(
    Object.values(journey.steps).flatMap((step) => [
      ...('say' in step ? [step.say] : []),
      ...('renew' in step ? [step.renew.say] : []),
    ]),
  );

function mannerChanges(name: string, was: Template, is: Template): readonly string[] {
  const now = (what: string, after: unknown, before: unknown): readonly string[] =>
    same(after, before)
      ? []
      : [`The template ${quoted(name)} now ${what} ${inWords(after)} instead of ${inWords(before)}.`];
  return [
    ...now('is for', is.purpose, was.purpose),
    ...now('assumes', is.assumes, was.assumes),
    ...now('needs', is.needs, was.needs),
    ...now('tells', is.tells, was.tells),
    ...now('is written for', Object.keys(is.channels).sort(), Object.keys(was.channels).sort()),
    ...Object.entries(is.channels).flatMap(([channel, { segments }]) =>
      !Object.hasOwn(was.channels, channel)
        ? []
        : now(
            `may take, by ${channel}, so many parts:`,
            segments,
            was.channels[channel as keyof Template['channels']]?.segments,
          ),
    ),
  ];
}
const inWords = (value: unknown): string =>
  Array.isArray(value) ? listed(value.map(String), 'and') : typeof value === 'string' ? value : plainly(value);

/** What a correction of wording may not touch, in sentences: fewer needs are no new ones, and a longer text may take more parts. */
export function mannersOf(was: Template, is: Template): readonly string[] {
  const needed = is.needs.filter((need) => !was.needs.includes(need));
  const channels = Object.fromEntries(
    Object.entries(is.channels).map(([channel, said]) => {
      const segments = was.channels[channel as keyof Template['channels']]?.segments;
      return [channel, { ...said, ...(segments === undefined ? {} : { segments }) }];
    }),
  );
  return [
    ...mannerChanges(`${was.name}.${was.locale}`, was, { ...is, needs: was.needs, channels }),
    ...(needed.length === 0 ? [] : [`It now also needs ${listed(needed, 'and')}.`]),
  ];
}

/** What people read of it, and nothing else. */
export const wordingOf = ({ body, channels }: Template): unknown => [
  body,
  Object.entries(channels)
    .map(([channel, { subject, text }]) => [channel, subject ?? null, text ?? null])
    .sort(),
];

const textOf = ({ body, channels }: Template): readonly string[] => [
  ...Object.entries(channels).flatMap(([channel, { subject, text }]) => [
    ...(subject === undefined ? [] : [`${channel} subject: ${subject}`]),
    ...(text === undefined ? [] : text.split('\n').map((line) => `${channel}: ${line}`)),
  ]),
  ...body.trimEnd().split('\n'),
];

/** The longest common lines stay; others went or came. */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly string[] {
  const common = commonLines(before, after);
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i += 1;
      j += 1;
    } else if (i < before.length && (j >= after.length || common(i + 1, j) >= common(i, j + 1)))
      lines.push(`- ${before[i++] ?? ''}`);
    else lines.push(`+ ${after[j++] ?? ''}`);
  }
  return lines;
}

/** How many lines two texts have in common, in order, from these places on. */
function commonLines(before: readonly string[], after: readonly string[]): (i: number, j: number) => number {
  const wide = after.length + 1;
  const counts = new Array<number>((before.length + 1) * wide).fill(0);
  const at = (i: number, j: number): number => counts[i * wide + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      counts[i * wide + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
}
