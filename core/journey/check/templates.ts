/** Whether a template's text is well formed and shows only what it says it needs. */
import type { Fault } from '../fault.ts';
import { knownNames, listed } from '../known-names.ts';
import { nearest } from '../nearest.ts';
import type { StoredWords } from '../stored-words.ts';
import { givenToTemplates, type Template } from '../template.ts';

/** What `check` must be told about texts: those who render and send them know. */
export interface TextTools {
  /** The variables a Liquid text reads; a problem if it is not Liquid as we allow it. */
  variablesOf(
    text: string,
  ): { readonly ok: true; readonly variables: readonly string[] } | { readonly ok: false; readonly problem: string };
  countSegments(text: string): { readonly encoding: 'GSM-7' | 'UCS-2'; readonly segments: number };
}

export function templateFaults(template: Template, words: StoredWords, texts: TextTools): readonly Fault[] {
  const names = knownNames(words);
  const assumptions = [...new Set(Object.values(words.guards).flat())];
  const known = [...names.paths.keys(), ...givenToTemplates];
  const of = (fault: Fault): Fault => ({
    ...fault,
    problem: `Template '${template.name}.${template.locale}': ${fault.problem}`,
  });
  return [
    ...names.fault('template', template.name),
    ...names.fault('purpose', template.purpose),
    ...template.assumes
      .filter((assumed) => !assumptions.includes(assumed))
      .map((assumed) => ({
        problem: `no guard contradicts '${assumed}', so assuming it means nothing.`,
        mend: nearest(assumed, assumptions) ?? 'Teach a guard in words.ts that contradicts it, or take it out.',
      })),
    ...template.needs
      .filter((need) => !known.includes(need))
      .map((need) => ({
        problem: `nothing gives it '${need}'.`,
        mend:
          nearest(need, known) ?? `It may need fields of the customer or of events, and ${listed(givenToTemplates)}.`,
      })),
    ...textsOf(template).flatMap((text) => textFaults(text, template.needs, texts)),
    ...tooLong(template, texts),
  ].map(of);
}

const textsOf = ({ body, channels }: Template): readonly string[] => [
  body,
  ...Object.values(channels).flatMap(({ subject, text }) => [subject, text].filter((said) => said !== undefined)),
];

function textFaults(text: string, needs: readonly string[], texts: TextTools): readonly Fault[] {
  const read = texts.variablesOf(text);
  if (!read.ok)
    return [
      {
        problem: `its text is no Liquid: ${read.problem}.`,
        mend: 'Variables stand in {{ … }}, conditions in {% … %}.',
      },
    ];
  return read.variables
    .filter((name) => !needs.includes(name))
    .map((name) => ({
      problem: `it shows '${name}' and does not say that it needs it.`,
      mend: nearest(name, needs) ?? `Add '${name}' to its needs.`,
    }));
}

/** What a variable is taken to be: about as long as a first name, or a day and a time. */
const typical = 'Friday 24 Oct, 17:00';

function tooLong({ channels, body }: Template, texts: TextTools): readonly Fault[] {
  if (!channels.sms) return [];
  const { segments = 1, text = body } = channels.sms;
  const said = text.replace(/\{%[\s\S]*?%\}/g, '').replace(/\{\{[\s\S]*?\}\}/g, typical);
  const takes = texts.countSegments(said.trim());
  if (takes.segments <= segments) return [];
  const strange = takes.encoding === 'GSM-7' ? '' : ' A letter outside the SMS alphabet makes each part shorter.';
  return [
    {
      problem: `its SMS takes ${takes.segments} parts, and says ${segments}.${strange}`,
      mend: `Shorten it, give sms a text of its own, or write segments: ${takes.segments}.`,
    },
  ];
}
