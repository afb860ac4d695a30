/** Whether what a journey says can be said there: by these channels, for this purpose, with what is known by then. */
import type { Channel } from '../channels.ts';
import { channels } from '../channels.ts';
import type { Fault } from '../fault.ts';
import { hears } from '../hears.ts';
import { knownNames } from '../known-names.ts';
import type { StoredWords } from '../stored-words.ts';
import type { TableStep, TouchStep } from '../table-steps.ts';
import type { Fate, Journey, Reach } from '../table.ts';
import type { Template } from '../template.ts';

/** Carriers act on these by themselves, or have meanings for them: an answer by SMS must not be one. */
const carriersWords = [
  'stop',
  'stopall',
  'cancel',
  'end',
  'quit',
  'unsubscribe',
  'start',
  'unstop',
  'yes',
  'help',
  'info',
];

export function sayingFaults(journey: Journey, words: StoredWords, templates: readonly Template[]): readonly Fault[] {
  const heard = hears(journey);
  const steps = Object.entries(journey.steps);
  const named = (name: string): readonly Template[] => templates.filter((template) => template.name === name);
  return [
    ...steps.flatMap(([id, step]) =>
      [
        ...(step.kind === 'touch' ? named(step.say).flatMap((template) => saidBy(step, template, heard)) : []),
        ...(step.kind === 'promise' && step.renew
          ? named(step.renew.say).flatMap((template) => wrongPurpose(template, 'service'))
          : []),
        ...(step.kind === 'ask' ? answersBySms(step, words) : []),
      ].map((fault) => ({ step: id, ...fault })),
    ),
    ...untold(steps, named),
  ];
}

function saidBy(step: TouchStep, template: Template, heard: readonly string[]): readonly Fault[] {
  const lacking = step.madeBy === 'human' ? [] : waysOf(step).filter((channel) => !template.channels[channel]);
  const unheard = template.needs
    .map((need) => need.slice(0, Math.max(0, need.indexOf('.'))))
    .filter((root) => root !== '' && root !== 'customer' && root !== 'promise' && !heard.includes(root));
  return [
    ...wrongPurpose(template, step.purpose),
    ...lacking.map((channel) => ({
      problem: `It may go by ${channel}, and template '${template.name}.${template.locale}' has nothing for ${channel}.`,
      mend: `Add ${channel} to the template's channels, or take it out of reach.`,
    })),
    ...[...new Set(unheard)].map((root) => ({
      problem: `Template '${template.name}' shows fields of '${root}', which this journey never hears.`,
      mend: 'Say another template, or listen for it.',
    })),
  ];
}

const wrongPurpose = (template: Template, purpose: string): readonly Fault[] =>
  template.purpose === purpose
    ? []
    : [
        {
          problem: `It is for ${purpose}, and template '${template.name}.${template.locale}' is for ${template.purpose}.`,
          mend: 'Say a template of the same purpose: no advertisement rides on a service.',
        },
      ];

/** The channels a touch names, by itself, by its rules and by its fates. Where they wrote or like to read is found later. */
function waysOf(step: TouchStep): readonly Channel[] {
  const reaches: readonly (Reach | undefined)[] = [step.reach, ...(step.prefer ?? []).map((rule) => rule.reach)];
  const fates = [step.fate, ...(step.prefer ?? []).map((rule) => rule.fate)];
  const named = [...reaches.flatMap((reach) => reach ?? []), ...fates.flatMap(substitutes)];
  return channels.filter((channel) => named.includes(channel));
}
function substitutes(fate: Fate | undefined): readonly Channel[] {
  if (fate === undefined || typeof fate === 'string' || fate.fate === 'toHuman') return [];
  return [...(fate.fate === 'substitute' ? [fate.channel] : []), ...substitutes(fate.then)];
}

/** A promise nobody hears of is none. */
function untold(steps: readonly [string, TableStep][], named: (name: string) => readonly Template[]): readonly Fault[] {
  const told = steps.some(
    ([, step]) => step.kind === 'touch' && named(step.say).some((template) => template.tells === 'promise'),
  );
  if (told) return [];
  return steps
    .filter(([, step]) => step.kind === 'promise')
    .map(([id]) => ({
      step: id,
      problem: 'Nobody tells the customer of this promise.',
      mend: "Say a template whose front matter says 'tells: promise'.",
    }));
}

function answersBySms(step: TableStep, words: StoredWords): readonly Fault[] {
  if (step.kind !== 'ask' || ![step.reach].flat().includes('sms')) return [];
  const { paths } = knownNames(words);
  return step.questions.flatMap(({ field: asked }) => {
    const field = paths.get(asked);
    const answers = field?.kind === 'oneOf' ? field.values : field?.kind === 'yesNo' ? ['yes', 'no'] : [];
    return answers
      .filter((answer) => carriersWords.includes(answer.toLowerCase()))
      .map((answer) => ({
        problem: `'${answer}' cannot be an answer by SMS: carriers act on that word themselves.`,
        mend: "Offer another word, or take 'sms' out of reach.",
      }));
  });
}
