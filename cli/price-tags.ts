/** What a journey costs, before and after, side by side. */
import { explore, type Explored } from '../core/explore/explored.ts';
import { comparePrices, type Price } from '../core/explore/price.ts';
import { readJourney, readPolicy, readTemplates, readWords } from '../core/journey/read.ts';
import type { Plan } from './tell-plan.ts';

export interface Priced {
  readonly before: Price;
  readonly after: Price;
  /** '+1.2 touches, 3 h sooner to a person'. */
  readonly says: string;
}

/** Of every journey that changes: each version with its own words, policy and templates. `explored` is what is about to be published. */
export function pricesOf(planned: readonly Plan[], explored: readonly Explored[]): ReadonlyMap<string, Priced> {
  return new Map(
    planned.flatMap((plan): (readonly [string, Priced])[] => {
      const after = explored.find(({ journey }) => journey === plan.name)?.price;
      const before = after && plan.before && priceBefore(plan.before);
      return before ? [[plan.name, { before, after, says: comparePrices(before, after) }]] : [];
    }),
  );
}

/** What an older engine published and this one does not read has no price. */
function priceBefore({ journey, words, policy, templates }: NonNullable<Plan['before']>): Price | null {
  const [j, w, p, t] = [readJourney(journey), readWords(words), readPolicy(policy), readTemplates(templates)];
  if (!j.ok || !w.ok || !p.ok || !t.ok) return null;
  return explore(j.journey, { words: w.words, policy: p.policy, templates: t.templates }).price;
}

export const tagsOf = (prices: ReadonlyMap<string, Priced>): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...prices].map(([name, { before, after, says }]) => [
      name,
      [`Before: ${tag(before)}.`, `After:  ${tag(after)}. That is ${says}.`],
    ]),
  );

function tag({
  steps,
  touchesTypical,
  touchesWorst,
  touchesRepeat,
  humanMinutesTypical,
  hoursToPerson,
}: Price): string {
  const worst = touchesRepeat ? 'no end to them at worst' : `${String(touchesWorst)} at worst`;
  const person = hoursToPerson === null ? 'no person' : `a person after ${String(hoursToPerson)} h`;
  return `${String(steps)} steps, ${String(touchesTypical)} touches (${worst}), ${String(humanMinutesTypical)} human minutes, ${person}`;
}
