/** A journey, explored: what is wrong with it, told as stories, and what it costs. */
import type { Fault } from '../journey/fault.ts';
import type { Journey } from '../journey/table.ts';
import type { Broken, RuleName } from './broken.ts';
import { brokenExpectations } from './expected.ts';
import { leftOut } from './left-out.ts';
import { priceOf, type Price } from './price.ts';
import { brokenPromises } from './promises.ts';
import { brokenRules } from './rules.ts';
import { settingOf, type Around } from './setting.ts';
import { tell } from './story.ts';
import { toEnd } from './to-end.ts';
import { mostMoments, walkWays } from './ways.ts';

export interface StoryFault extends Fault {
  readonly journey: string;
  readonly rule: RuleName;
  /** One customer's way, a line an instant: 'Mon 2 Mar 09:00 they write to us'. */
  readonly story: readonly string[];
}
export interface Explored {
  readonly journey: string;
  readonly moments: number;
  readonly edges: number;
  readonly faults: readonly StoryFault[];
  /** What this engine cannot run yet, though it is explored. */
  readonly notices: readonly string[];
  /** What is not walked on purpose. */
  readonly leftOut: readonly string[];
  readonly price: Price;
}

export const explore = (journey: Journey, around: Around, most = mostMoments): Explored =>
  toEnd(exploring(journey, around, most));

/** The same in small steps, for a process that has others to answer meanwhile. */
export function* exploring(journey: Journey, around: Around, most = mostMoments): Generator<undefined, Explored> {
  const setting = settingOf(journey, around);
  const ways = yield* walkWays(setting, most);
  const broken: Broken[] = [
    ...(ways.stoppedAt === null
      ? []
      : [
          {
            rule: 'limit' as const,
            problem: `It has more ways than ${ways.stoppedAt} moments: not everything was looked at.`,
            mend: 'Let an event at its end begin a second journey, and move what comes later there.',
          },
        ]),
    ...ways.unsteady.slice(0, 1).map((where) => ({
      rule: 'engine' as const,
      problem: `A run goes another way ${where}.`,
      mend: 'This is a fault of the engine: please report it.',
    })),
  ];
  for (const rules of [brokenRules, brokenPromises, brokenExpectations]) {
    broken.push(...rules(ways));
    yield;
  }
  const faults = broken.map(({ rule, step, problem, mend, at, more, late, begins }): StoryFault => {
    const told = at ? tell(setting, at, more, late, begins) : null;
    return {
      journey: journey.name,
      rule,
      ...(step === undefined ? {} : { step }),
      problem,
      mend,
      story: told?.lines ?? [],
    };
  });
  return {
    journey: journey.name,
    moments: ways.moments.length,
    edges: ways.edges,
    faults,
    notices: noticesOf(journey),
    leftOut: leftOut(journey),
    price: priceOf(ways),
  };
}

function noticesOf(journey: Journey): readonly string[] {
  const talks = Object.entries(journey.steps).filter(([, { kind }]) => ['ask', 'answer', 'offerCall'].includes(kind));
  return talks.map(
    ([id, { kind }]) => `Step '${id}': this engine can't run \`${kind}\` yet, so publishing refuses it.`,
  );
}
