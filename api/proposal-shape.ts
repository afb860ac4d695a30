/** A change that somebody proposes, and what it would do. */
import { z } from 'zod';
import { timeFields } from '../core/journey/step-change.ts';
import { price } from './price-shape.ts';
import { instant, maybeInstant } from './shapes.ts';

export const effectShape = z
  .object({
    changes: z
      .array(
        z.object({
          says: z.string(),
          lines: z.array(z.string()).describe("'- ' before what went, '+ ' before what came"),
        }),
      )
      .describe('What it changes, in sentences'),
    price: z
      .object({
        says: z.string().describe("'+1.2 touches, 3 h sooner to a person', or 'the same price'"),
        before: price,
        after: price,
      })
      .describe('On all ways of the journey'),
    breaks: z
      .array(z.object({ problem: z.string(), mend: z.string(), story: z.array(z.string()) }))
      .describe('Rules that hold now and would not any more, each told as the story of one customer'),
    customersThere: z.number().int().describe('Who stands at this step now, in whatever version'),
    stands: z
      .enum(['as-proposed', 'changed-since', 'done'])
      .describe('Whether the newest version still says what should be changed, something else, or what was proposed'),
  })
  .meta({ id: 'ProposalEffect' });

const said = { before: z.string(), after: z.string() };
export const proposal = z
  .object({
    number: z.number().int(),
    name: z.string().describe('What people call it: P-3'),
    journey: z.string(),
    version: z.number().int().describe('The version that it was made for'),
    step: z.string(),
    change: z.discriminatedUnion('is', [
      z.object({ is: z.literal('wait'), field: z.enum(timeFields).describe('Where the step says it'), ...said }),
      z.object({ is: z.literal('wording'), template: z.string(), locale: z.string(), ...said }),
    ]),
    why: z.string(),
    by: z.string(),
    at: instant,
    state: z.enum(['open', 'accepted', 'declined']),
    decidedBy: z.string().nullable(),
    decidedAt: maybeInstant,
    decidedBecause: z.string().nullable(),
  })
  .meta({ id: 'Proposal' });
export const withEffect = z.object({
  proposal,
  effect: effectShape.nullable().describe('Null: its version is not there any more'),
});
