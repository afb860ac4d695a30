/** Who is signed in, as the desk sees it. */
import { z } from 'zod';
import { roles } from '../store/accounts/accounts.ts';
import { instant } from './shapes.ts';

export const role = z.enum(roles);
export const me = z
  .object({
    name: z.string().describe('Under which they act'),
    role,
    teams: z.array(z.string()),
    seesAllTeams: z.boolean(),
    scopes: z.array(z.string()).describe('What they may do'),
    hasPassword: z.boolean().describe('False: they came with a link, and should set one'),
    now: instant.describe("The engine's clock, which in a demo is another than the one on the wall"),
  })
  .meta({ id: 'Me' });

/** NIST SP 800-63B: length is what counts, and nothing is demanded of the characters. */
export const password = z
  .string()
  .min(12, 'at least 12 characters')
  .max(200, 'at most 200 characters')
  .describe('12 to 200 characters');
