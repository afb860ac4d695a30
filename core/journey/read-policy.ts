/** Reads a stored policy nobody vouches for. Uses zod: not for workflows. */
import { z } from 'zod';
import { readApart, readWindowSpan } from '../budget/read-policy.ts';
import { readSentAfter } from '../budget/unknown-is-sent.ts';
import type { Policy } from '../budget/policy.ts';
import { laws } from '../calendar/legal-hours.ts';
import { channels, type Channel } from './channels.ts';
import { readShape, type Reading } from './read-shape.ts';
import { channel, idShape, plainSpan, sentenceShape, span } from './shapes.ts';

const who = { channels: z.array(channel).min(1).optional(), purposes: z.array(idShape).min(1).optional() };
const about = { ...who, journeys: z.array(idShape).min(1).optional() };
const per = z
  .enum(['customer', 'address', 'account'], { error: "Write 'customer', 'address' or 'account'." })
  .optional();
const cost = z.int({ error: 'Write a whole number from 0 to 1,000.' }).min(0).max(1_000);
const clock = z
  .string({ error: "Write a time such as '21:00'; '24:00' ends a day." })
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: "Write a time such as '21:00'; '24:00' ends a day." });
/** Nothing older than the longest window is remembered. */
const windowMend =
  "Write a plain time up to 90 days such as '7 days', or 'calendar day', 'calendar week', 'calendar month'.";
const windowSpan = z
  .string({ error: windowMend })
  .refine((said) => readWindowSpan(said) !== null, { error: windowMend });
const apartMend = "Write a plain time up to 90 days: '30 minutes', '12 hours', '2 days', '1 week'.";
const apartSpan = plainSpan.refine((said) => readApart(said) !== null, { error: apartMend });
const sentAfterMend =
  "Write a plain time of 1 hour to 90 days such as '3 days', or one for each channel: { email: '1 day' }.";
const sentAfter = plainSpan.refine((said) => readSentAfter(said) !== null, { error: sentAfterMend });
const price = z.union([cost, z.strictObject({ tech: cost, human: cost })], {
  error: 'Write a whole number from 0 to 1,000, or one for each maker: { tech: 4, human: 2 }.',
});
const costs = Object.fromEntries(channels.map((name) => [name, price])) as Record<Channel, typeof price>;

const window = z.strictObject({
  name: sentenceShape,
  ...about,
  atMost: cost,
  in: windowSpan,
  over: z.enum(['refuse', 'alert'], { error: "Write 'refuse' or 'alert'." }).optional(),
  keep: z.strictObject({ cost, for: z.array(idShape).min(1) }).optional(),
  per,
});

const policyShape = z.strictObject({
  format: z.literal(1, { error: 'Write format 1.' }),
  name: idShape,
  team: idShape,
  cost: z.strictObject(costs),
  classes: z.record(idShape, z.array(idShape).min(1, { error: 'Name the journeys of the class.' })).optional(),
  windows: z.array(window).min(1, { error: 'Name at least one window.' }).max(20),
  spacing: z.array(z.strictObject({ apart: apartSpan, ...about, per })).max(20),
  quiet: z.array(z.strictObject({ from: clock, to: clock, on: z.array(z.string()).min(1).optional(), ...who })).max(20),
  first: z.array(idShape).max(100),
  risesEvery: plainSpan,
  maxSilence: span,
  theyWaitAfter: z.array(idShape).min(1).max(100).optional(),
  holdAtMost: span,
  less: z.strictObject({ atMost: cost, in: windowSpan, for: plainSpan }),
  introductions: z.literal('none', { error: "Write 'none', or leave it out." }).optional(),
  assumeOnlyIfChecked: z.record(idShape, plainSpan).optional(),
  unknownIsSentAfter: z
    .union([sentAfter, z.strictObject(Object.fromEntries(channels.map((name) => [name, sentAfter.optional()])))], {
      error: sentAfterMend,
    })
    .optional(),
  legalHours: z
    .union([z.enum(['all', 'none']), z.array(z.enum(laws)).max(100)], {
      error: `Write 'all', 'none', or a list of ${laws.map((law) => `'${law}'`).join(', ')}.`,
    })
    .optional(),
});

export const readPolicy = (input: unknown): Reading<'policy', Policy> => readShape('policy', policyShape, input);
