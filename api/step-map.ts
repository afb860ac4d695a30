import { z } from 'zod';

/** Of a stored journey: a step's own id, or an ending's. */
export const stepId = z
  .string()
  .regex(/^(end:)?[a-z][a-z0-9-]{0,63}$/, "a step such as 'remind', or an ending such as 'end:finished'");
export const stepMap = z
  .record(stepId, stepId)
  .refine((map) => Object.keys(map).length <= 200, { error: 'at most 200 steps' })
  .describe('Step of the old version → step of the new one');
