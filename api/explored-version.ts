/** A published version, walked once by this process: it may take seconds of a core, and never comes out otherwise. */
import type { Explored } from '../core/explore/explored.ts';
import type { Whole } from '../core/journey/diff/difference.ts';
import { pinned, type JourneyVersion } from '../store/journeys.ts';
import { remember } from '../store/memory.ts';
import type { Db } from '../store/open.ts';
import { walkOne } from './walk-in-slices.ts';

/** With all that it was published with. */
export async function wholeOf(db: Db, version: JourneyVersion): Promise<Whole> {
  const { words, policy, templates } = await pinned(db, version);
  return { journey: version.definition, words: words.data, policy: policy.data, templates: templates.data };
}

/** Whatever makes a difference to a walk. */
export const keyOf = ({ hash, wordsHash, policyHash, templatesHash }: JourneyVersion): string =>
  [hash, wordsHash, policyHash, templatesHash].join(' ');

const kept = remember<Explored>(200);
export const exploredVersion = (db: Db, version: JourneyVersion): Promise<Explored> =>
  kept(keyOf(version), async () => {
    const whole = await wholeOf(db, version);
    return walkOne(whole.journey, whole);
  });
