/** What publishing would change, as the API tells it. */
import { z } from 'zod';
import type { Plan } from '../store/moves/plan.ts';
import { isGoing } from '../store/moves/going.ts';
import type { Standing } from '../store/standing.ts';
import { maybeInstant, maybeIso } from './shapes.ts';

export const stands = z.object({
  version: z.number().int(),
  step: z.string().nullable().describe('Null: it has not waited yet'),
  customers: z.number().int(),
  longestSince: maybeInstant.describe('Since when the first of them has stood there'),
});
export const standsAt = ({ longestSince, ...at }: Standing): z.output<typeof stands> => ({
  ...at,
  longestSince: maybeIso(longestSince),
});

export const standingShape = z.object({
  journey: z.string(),
  customers: z.number().int().describe('All who are on it'),
  standing: z.array(stands),
});

const anything = z.looseObject({});
export const planned = z
  .object({
    name: z.string(),
    version: z.number().int().nullable().describe('The newest there is; null: it is a new journey'),
    next: z.number().int().describe('What it would be published as'),
    isNew: z.boolean().describe('False: exactly this is published'),
    before: z
      .object({ journey: anything, words: anything, policy: anything, templates: z.array(anything) })
      .nullable()
      .describe('The newest version with all it was published with; null if there is none, or if nothing changes'),
    changes: z.array(
      z.object({
        about: z.enum(['journey', 'step', 'template', 'policy', 'words']),
        name: z.string(),
        kind: z.enum(['new', 'gone', 'changed', 'wording']),
        says: z.string(),
        lines: z.array(z.string()).optional().describe("Of a text: '- ' before what went, '+ ' before what came"),
      }),
    ),
    standing: z.array(stands).describe('Who is where, on every version that somebody is still on'),
    orphans: z
      .object({
        version: z.number().int(),
        customers: z.number().int(),
        says: z.string(),
        steps: z.array(z.object({ step: z.string(), customers: z.number().int(), because: z.string() })),
        faults: z.array(z.object({ step: z.string(), problem: z.string(), mend: z.string() })),
      })
      .nullable()
      .describe('Who stands where the new version does not go, as long as nobody says what becomes of them'),
    going: z
      .object({
        id: z.string(),
        from: z.number().int(),
        to: z.number().int(),
        steps: z.array(z.string()).nullable(),
        says: z.string(),
      })
      .nullable()
      .describe(
        'A move that is not over: from the newest version, so that publishing moves nobody else; to it, if nothing changes, and publishing goes on with it',
      ),
  })
  .meta({ id: 'JourneyPlan' });

export const toldPlan = ({ before, changes, standing, orphans, going, ...plan }: Plan): z.output<typeof planned> => ({
  ...plan,
  before: before && {
    journey: { ...before.journey },
    words: { ...before.words },
    policy: { ...before.policy },
    templates: before.templates.map((template) => ({ ...template })),
  },
  changes: changes.map(({ lines, ...change }) => ({ ...change, ...(lines && { lines: [...lines] }) })),
  standing: standing.map(standsAt),
  orphans: orphans && {
    version: orphans.version,
    customers: orphans.customers,
    says: `${orphans.because}.`,
    steps: orphans.steps.map((at) => ({ ...at })),
    faults: orphans.faults.map((fault) => ({ ...fault })),
  },
  going: going && {
    id: going.id,
    from: going.from,
    to: going.to,
    steps: going.steps && [...going.steps],
    says: `${isGoing(plan.name, going)}.`,
  },
});
