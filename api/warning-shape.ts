import { z } from 'zod';
import { instant } from './shapes.ts';

export const warning = z.object({
  gate: z.string().describe("What a machine would have heeded, or 'a colleague'"),
  rule: z.string(),
  since: instant.optional().describe('Of a colleague: since when'),
});
