/** Whether a template's text is well formed and shows only what it says it needs. Uses liquidjs: not for workflows. */
import { Liquid, type Template as Parsed } from 'liquidjs';
import type { Fault } from '../fault.ts';
import { knownNames, listed } from '../known-names.ts';
import { nearest } from '../nearest.ts';
import type { StoredWords } from '../stored-words.ts';
import { givenToTemplates, templateFilters, type Template } from '../template.ts';
import { tooManySegments } from './segments.ts';

const liquid = new Liquid({ strictFilters: true });
for (const filter of templateFilters) liquid.registerFilter(filter, (value: unknown) => value);

export function templateFaults(template: Template, words: StoredWords): readonly Fault[] {
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
    ...textsOf(template).flatMap((text) => textFaults(text, template.needs)),
    ...tooManySegments(template),
  ].map(of);
}

const textsOf = ({ body, channels }: Template): readonly string[] => [
  body,
  ...Object.values(channels).flatMap(({ subject, text }) => [subject, text].filter((said) => said !== undefined)),
];

function textFaults(text: string, needs: readonly string[]): readonly Fault[] {
  let parsed: Parsed[];
  try {
    parsed = liquid.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [
      { problem: `its text is no Liquid: ${reason}.`, mend: 'Variables stand in {{ … }}, conditions in {% … %}.' },
    ];
  }
  const shown = [...new Set(liquid.globalVariableSegmentsSync(parsed).map((segments) => segments.join('.')))];
  return shown
    .filter((name) => !needs.includes(name))
    .map((name) => ({
      problem: `it shows '${name}' and does not say that it needs it.`,
      mend: nearest(name, needs) ?? `Add '${name}' to its needs.`,
    }));
}
