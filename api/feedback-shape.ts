/** What people at the desk say of automated steps. */
import { z } from 'zod';
import { instant } from './shapes.ts';

export const says = z.enum(['helped', 'too-late', 'should-not-exist']);
const voice = z.object({ touchId: z.string(), agent: z.string(), says, at: instant }).meta({ id: 'StepVoice' });
export const voices = z.object({ items: z.array(voice) });

const count = z.number().int();
export const stepVoices = z.object({
  journey: z.string(),
  steps: z
    .array(z.object({ version: count, step: z.string(), helped: count, tooLate: count, shouldNotExist: count }))
    .describe('By version, the newest first'),
});
