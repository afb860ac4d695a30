/** A proposal as the API tells of it, and what it would do in sentences. */
import { z } from 'zod';

const said = { before: z.string(), after: z.string() };
export const proposalShape = z.looseObject({
  name: z.string(),
  journey: z.string(),
  version: z.number(),
  step: z.string(),
  change: z.discriminatedUnion('is', [
    z.object({ is: z.literal('wait'), field: z.enum(['until', 'due', 'within', 'at', 'every']), ...said }),
    z.object({ is: z.literal('wording'), template: z.string(), locale: z.string(), ...said }),
  ]),
  why: z.string(),
  by: z.string(),
  at: z.string(),
  state: z.enum(['open', 'accepted', 'declined']),
  decidedBy: z.string().nullable(),
  decidedBecause: z.string().nullable(),
});
export type ProposalRead = z.infer<typeof proposalShape>;

const effect = z.looseObject({
  changes: z.array(z.looseObject({ says: z.string(), lines: z.array(z.string()) })),
  price: z.looseObject({ says: z.string() }),
  breaks: z.array(z.looseObject({ problem: z.string(), story: z.array(z.string()) })),
  customersThere: z.number(),
  stands: z.enum(['as-proposed', 'changed-since', 'done']),
});
export const withEffectShape = z.looseObject({ proposal: proposalShape, effect: effect.nullable() });

const stands = {
  'as-proposed': [],
  'changed-since': ['The newest version says something else meanwhile.'],
  done: ['The newest version says so.'],
} as const;

export const saysEffect = (of: z.infer<typeof effect>): readonly string[] => [
  ...of.changes.flatMap(({ says, lines }) => [says, ...lines.map((line) => `  ${line}`)]),
  `What it asks of a typical customer: ${of.price.says}.`,
  `At that step ${of.customersThere === 1 ? 'is 1 customer' : `are ${String(of.customersThere)} customers`} now, who stay on their version.`,
  ...of.breaks.flatMap(({ problem, story }) => [
    `It would break a rule: ${problem}`,
    ...story.map((line) => `  ${line}`),
  ]),
  ...stands[of.stands],
];
