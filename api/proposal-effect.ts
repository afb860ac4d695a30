/** What a proposed change would do: told by the differ, priced and held against every rule by a walk of all ways, before and after. */
import type { z } from 'zod';
import { countSegments } from '../channels/segments.ts';
import { variablesOf } from '../channels/templates.ts';
import { comparePrices } from '../core/explore/price.ts';
import { check } from '../core/journey/check.ts';
import type { Explored } from '../core/explore/explored.ts';
import type { Change } from '../core/journey/diff/change.ts';
import { difference, type Whole } from '../core/journey/diff/difference.ts';
import type { Fault } from '../core/journey/fault.ts';
import { hashOf } from '../core/journey/hash.ts';
import { readJourney, readTemplates } from '../core/journey/read.ts';
import { withChange, type StepChange } from '../core/journey/step-change.ts';
import { latestJourney, type JourneyVersion } from '../store/journeys.ts';
import { remember } from '../store/memory.ts';
import type { Db } from '../store/open.ts';
import { standing } from '../store/standing.ts';
import { exploredVersion, keyOf, wholeOf } from './explored-version.ts';
import { priceShown } from './price-shape.ts';
import type { effectShape } from './proposal-shape.ts';
import { walkOne } from './walk-in-slices.ts';

type Effect = z.output<typeof effectShape>;

type Counted = Pick<Effect, 'changes' | 'price' | 'breaks'>;
const kept = remember<Counted>(100);

/** `version` says what is changed. */
export async function effectOf(db: Db, version: JourneyVersion, step: string, change: StepChange): Promise<Effect> {
  const before = await wholeOf(db, version);
  const after = withChange(before, step, change);
  if (!after) throw new Error(`'${step}' of '${version.name}' does not say what should be changed`);
  const counted = await kept(hashOf([keyOf(version), step, change]), async () => {
    const was = await exploredVersion(db, version);
    // Words lead nobody another way.
    const is = change.is === 'wording' ? was : await walkOne(after.journey, after);
    return told(difference(before, after), was, is);
  });
  const at = await standing(db, version.name);
  const there = at.filter((row) => row.step === step).reduce((sum, { customers }) => sum + customers, 0);
  return { ...counted, customersThere: there, stands: await stands(db, version.name, step, change) };
}

function told(changes: readonly Change[], was: Explored, is: Explored): Counted {
  const known = new Set(was.faults.map(({ rule, step }) => `${rule} ${step ?? ''}`));
  return {
    changes: changes.map(({ says, lines = [] }) => ({ says, lines: [...lines] })),
    price: {
      says: comparePrices(was.price, is.price),
      before: priceShown(was.price),
      after: priceShown(is.price),
    },
    breaks: is.faults
      .filter(({ rule, step }) => !known.has(`${rule} ${step ?? ''}`))
      .map(({ problem, mend, story }) => ({ problem, mend, story: [...story] })),
  };
}

async function stands(db: Db, journey: string, step: string, change: StepChange): Promise<Effect['stands']> {
  const newest = await latestJourney(db, journey);
  if (!newest) return 'changed-since';
  const whole = await wholeOf(db, newest);
  if (withChange(whole, step, change)) return 'as-proposed';
  return withChange(whole, step, { ...change, before: change.after }) ? 'done' : 'changed-since';
}

/** What could not be published with this change, and could without it: a time that is none, a text that is no Liquid or too long. */
export function faultsOf(before: Whole, step: string, change: StepChange): readonly Fault[] {
  const after = withChange(before, step, change);
  if (!after) return [];
  const read = [readJourney(after.journey), readTemplates(after.templates)] as const;
  const misread = read.flatMap((one) => (one.ok ? [] : one.faults));
  if (misread.length > 0) return misread;
  const tools = { variablesOf, countSegments };
  const were = new Set(check({ ...before, journeys: [before.journey] }, tools).map(({ problem }) => problem));
  return check({ ...after, journeys: [after.journey] }, tools).filter(({ problem }) => !were.has(problem));
}
