/** The shapes that stored journeys, words and policies share. Each message says what to write. Uses zod: not for workflows. */
import { z } from 'zod';
import { channels, ways } from './channels.ts';
import { idRule, isFieldName, isId, isOutcome, isStepId, outcomeRule } from './names.ts';
import { plainMs, readMoment, readSpan } from './phrases.ts';
import { momentMend, spanMend } from './settle.ts';
import type { ConditionData, Fate } from './table.ts';

const said = (is: (text: string) => boolean, error: string): z.ZodString => z.string({ error }).refine(is, { error });
export const idShape = said(isId, idRule);
export const stepId = said(isStepId, 'Name a step by its id, or an ending such as end:answered.');
export const fieldName = said(isFieldName, "Fields are named like 'startsAt': letters and digits, at most 40.");
export const span = said((text) => readSpan(text) !== null, spanMend);
const isPlain = (text: string): boolean => {
  const read = readSpan(text);
  return read !== null && plainMs(read) !== null;
};
export const plainSpan = said(isPlain, "Write a plain time: '30 minutes', '12 hours', '2 days', '1 week'.");
export const moment = said((text) => readMoment(text) !== null, momentMend);
/** The whole definition has a limit, so its texts need none of their own. */
export const sentenceShape = z.string({ error: 'Write a text.' }).min(1, { error: 'Write a text.' });
/** An outcome people read: a button, an arm, an event. */
export const outcome = said(isOutcome, outcomeRule);
export const path = z
  .string({ error: "A field reads like 'customer.plan' or 'inquiry-received.topic'." })
  .regex(/^[a-z][a-z0-9-]*\.[A-Za-z][A-Za-z0-9]*$/, {
    error: "A field reads like 'customer.plan' or 'inquiry-received.topic'.",
  });

export const channel = z.enum(channels, { error: `Name a channel: ${channels.join(', ')}.` });
const wayError = `Name a channel or a way to find one: ${ways.join(', ')}.`;
const way = z.enum(ways, { error: wayError });
export const reach = z.union([way, z.array(way).min(1).max(12)], { error: `${wayError} Several stand in a list.` });

const finite = z.number({ error: 'Write a number.' });
const scalar = z.union([z.string().max(200), finite, z.boolean()]);
/** Conditions and fates nest, each level within the next. */
export const condition: z.ZodType<ConditionData> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ path, is: z.array(scalar).min(1).max(50) }),
      z.strictObject({ path, atLeast: finite }),
      z.strictObject({ path, atMost: finite }),
      z.strictObject({ path, isKnown: z.literal(true) }),
      z.strictObject({ all: z.array(condition).min(1).max(50) }),
      z.strictObject({ any: z.array(condition).min(1).max(50) }),
      z.strictObject({ not: condition }),
    ],
    { error: 'A condition has a path with is, atLeast, atMost or isKnown, or it is all, any or not of others.' },
  ),
);
export const fate: z.ZodType<Fate> = z.lazy(() =>
  z.union(
    [
      z.enum(['drop', 'toHuman']),
      z.strictObject({ fate: z.literal('toHuman'), team: idShape }),
      z.strictObject({ fate: z.literal('wait'), atMost: plainSpan, then: fate }),
      z.strictObject({ fate: z.literal('substitute'), channel, then: fate }),
    ],
    {
      error:
        "A fate is 'drop', 'toHuman', a team's, a wait in plain time, or a substitute; the last two say what then.",
    },
  ),
);
