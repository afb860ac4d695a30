/** Whether everything a journey names is known to the company's words, and fits where it stands. */
import { hears, keptBy } from '../hears.ts';
import type { Fault } from '../fault.ts';
import { causesOf, eventFields, knownNames, listed, type KnownNames } from '../known-names.ts';
import { teamsOn } from '../ladder.ts';
import { nearest } from '../nearest.ts';
import { readMoment } from '../phrases.ts';
import type { StoredWords } from '../stored-words.ts';
import type { TableStep, TouchStep } from '../table-steps.ts';
import type { Fate, Journey } from '../table.ts';
import { conditionFaults, pathFaults } from './paths.ts';

export function nameFaults(journey: Journey, words: StoredWords): readonly Fault[] {
  const names = knownNames(words);
  const heard = hears(journey);
  return [
    ...names.fault('team', journey.team),
    ...entryFaults(journey, words, names),
    ...[
      ...Object.keys(journey.exits),
      ...Object.keys(journey.anyTime),
      ...(journey.goal === undefined ? [] : [journey.goal]),
    ].flatMap((event) => names.fault('event', event)),
    ...Object.entries(journey.steps).flatMap(([id, step]) =>
      stepFaults(step, { journey, words, names, heard }).map((fault) => ({ step: id, ...fault })),
    ),
  ];
}

function entryFaults({ entry }: Journey, words: StoredWords, names: KnownNames): readonly Fault[] {
  const only = (heard: readonly string[]): readonly Fault[] =>
    entry.only === undefined ? [] : conditionFaults(entry.only, words, heard);
  if ('audience' in entry) return [...names.fault('audience', entry.audience), ...only([])];
  if ('date' in entry) return [...momentFaults(entry.date, words, []), ...only([])];
  const fields = eventFields(words)[entry.event];
  const ids = Object.entries(fields ?? {}).flatMap(([name, { kind }]) => (kind === 'id' ? [name] : []));
  const apart = [...ids, 'customer'];
  return [
    ...names.fault('event', entry.event),
    ...(fields === undefined || apart.includes(entry.oncePer)
      ? []
      : [
          {
            problem: `Runs cannot be told apart by '${entry.oncePer}'.`,
            mend: nearest(entry.oncePer, apart) ?? `Write oncePer: with one of ${listed(apart)}.`,
          },
        ]),
    ...only([entry.event]),
  ];
}

interface Around {
  readonly journey: Journey;
  readonly words: StoredWords;
  readonly names: KnownNames;
  readonly heard: readonly string[];
}

function stepFaults(step: TableStep, around: Around): readonly Fault[] {
  const { words, names, heard } = around;
  switch (step.kind) {
    case 'touch':
      return touchFaults(step, around);
    case 'listen':
      return [
        ...Object.keys(step.goes).flatMap((event) => (event === 'silence' ? [] : names.fault('event', event))),
        ...('silence' in step.goes ? [] : [noSilence]),
        ...momentFaults(step.until, words, heard),
      ];
    case 'pause':
      return momentFaults(step.until, words, heard);
    case 'choose':
      return 'when' in step
        ? conditionFaults(step.when, words, heard)
        : fieldArms(step.by, Object.keys(step.goes), words, heard);
    case 'escalate':
      return [step.team, ...teamsOn(step.ladder ?? [])].flatMap((team) => names.fault('team', team));
    case 'promise':
      return [
        ...names.fault('team', step.team),
        ...keptBy(step).flatMap((event) => names.fault('event', event)),
        ...(step.renew ? names.fault('template', step.renew.say) : []),
        ...momentFaults(step.due, words, heard),
      ];
    default:
      return []; // Endings name nothing; what this engine cannot run is told as that.
  }
}
const noSilence = { problem: 'It never says what silence means.', mend: 'Add silence: [ … ].' };

function touchFaults(step: TouchStep, around: Around): readonly Fault[] {
  const { words, names, heard } = around;
  const teams = [
    step.team,
    ...teamsOf(step.fate),
    ...(step.prefer ?? []).flatMap((rule) => [...(rule.team ? [rule.team] : []), ...teamsOf(rule.fate)]),
  ];
  return [
    ...[...new Set(teams)].flatMap((team) => names.fault('team', team)),
    ...names.fault('purpose', step.purpose),
    ...names.fault('template', step.say),
    ...(step.cause === undefined ? [] : causeFaults(step.cause, around)),
    ...(step.prefer ?? []).flatMap((rule) => conditionFaults(rule.when, words, heard)),
    ...(step.introduces === undefined ? [] : pathFaults(step.introduces, words, heard, ['person'])),
  ];
}
function teamsOf(fate: Fate | undefined): readonly string[] {
  if (fate === undefined || typeof fate === 'string') return [];
  return fate.fate === 'toHuman' ? [fate.team] : teamsOf(fate.then);
}

function causeFaults(cause: string, { journey, words, heard }: Around): readonly Fault[] {
  const kind = Object.hasOwn(journey.steps, cause) ? journey.steps[cause]?.kind : undefined;
  if (kind === 'promise' || kind === 'escalate' || (heard.includes(cause) && causesOf(words).includes(cause)))
    return [];
  if (heard.includes(cause))
    return [
      {
        problem: `It cites '${cause}', but words.ts does not list it among the events that give us a reason to write.`,
        mend: `Cite one of ${listed(causesOf(words))}, or give it another purpose.`,
      },
    ];
  return [
    {
      problem: `It cites '${cause}', which is no event heard here, no promise and no escalation.`,
      mend: nearest(cause, [...heard, ...Object.keys(journey.steps)]) ?? 'Cite what has happened in this run.',
    },
  ];
}

function momentFaults(said: string, words: StoredWords, heard: readonly string[]): readonly Fault[] {
  const moment = readMoment(said);
  return moment && 'field' in moment ? pathFaults(moment.field, words, heard, ['moment', 'day']) : [];
}

/** An arm for each value a field can have, and no other. */
function fieldArms(
  by: string,
  arms: readonly string[],
  words: StoredWords,
  heard: readonly string[],
): readonly Fault[] {
  const faults = pathFaults(by, words, heard, ['oneOf', 'yesNo']);
  const field = knownNames(words).paths.get(by);
  if (faults.length > 0 || field === undefined) return faults;
  const values = field.kind === 'oneOf' ? field.values : ['yes', 'no'];
  const answers = field.optional ? [...values, 'unknown'] : values;
  return [
    ...answers
      .filter((answer) => !arms.includes(answer))
      .map((answer) => ({
        problem: `An arm is missing: '${answer}'.`,
        mend: `Write '${answer}': [], if nothing is to be done then.`,
      })),
    ...arms
      .filter((arm) => !answers.includes(arm))
      .map((arm) => ({
        problem: `'${arm}' cannot be the answer here.`,
        mend: nearest(arm, answers) ?? `The answers are ${listed(answers)}.`,
      })),
  ];
}
