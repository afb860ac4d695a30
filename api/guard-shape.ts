/** What guards of customers and of areas have in common. */
import { z } from 'zod';
import type { Db } from '../store/open.ts';
import { instant, line, name } from './shapes.ts';
import { nothingPublished, publishedWords, refuseUnknown, unknown } from './words-published.ts';

export const guardFacts = {
  fact: z.string().describe("A guard of your words, such as 'bereavement'"),
  contradicts: z.array(z.string()).describe('What a template may not assume while it holds'),
  reason: z.string(),
  actor: z.string().describe('Who set it'),
  at: instant,
  reviewAt: instant.describe('When somebody should look again. That it is past lifts nothing'),
  reviewDue: z.boolean(),
};
export const guard = z.object({ customerId: z.string(), ...guardFacts }).meta({ id: 'Guard' });
export const areaGuard = z
  .object({ id: z.string(), areas: z.array(z.string()), ...guardFacts })
  .meta({ id: 'AreaGuard' });
export const guardsOfOne = z.object({
  items: z.array(guard),
  ofAreas: z.array(areaGuard).describe('Those of areas where they are or may be'),
});
export const guardWhy = {
  fact: name.describe('A guard of the words that are published'),
  reason: line(500),
  reviewAt: instant.describe('When somebody should look again: later than now'),
};

/** What the words say that the fact contradicts; refuses a fact nobody taught and a review that is over. */
export async function readGuard(
  db: Db,
  { fact, reviewAt }: { fact: string; reviewAt: string },
  now: number,
): Promise<readonly string[]> {
  const words = await publishedWords(db);
  const contradicts = words && Object.hasOwn(words.guards, fact) ? words.guards[fact] : undefined;
  const late = Date.parse(reviewAt) <= now;
  refuseUnknown([
    ...(words === null ? [nothingPublished('fact', 'guard')] : []),
    ...(words !== null && contradicts === undefined ? [unknown('fact', 'guard', fact, Object.keys(words.guards))] : []),
    ...(late
      ? [
          {
            field: 'reviewAt',
            expected: 'an instant later than now',
            value: reviewAt,
            mend: 'Say when to look again.',
          },
        ]
      : []),
  ]);
  return contradicts ?? [];
}
