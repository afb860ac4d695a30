/** What publishing would change, told before it does: the difference, who is where, and who would be left behind. Nothing is written. */
import type { Change } from '../../core/journey/diff/change.ts';
import { difference, type Whole } from '../../core/journey/diff/difference.ts';
import type { Db } from '../open.ts';
import { latestJourney, pinned } from '../journeys.ts';
import { isPublishedAs, type Publication } from '../publish.ts';
import { wouldOrphan, type WouldOrphan } from './would-orphan.ts';
import { standing, type Standing } from '../standing.ts';
import { goingFrom, goingTo, type Going } from './going.ts';

export interface Plan {
  readonly name: string;
  /** The newest version there is; null: it is a new journey. */
  readonly version: number | null;
  /** Under which it would be published; the newest, if nothing changes. */
  readonly next: number;
  readonly isNew: boolean;
  /** The newest version with all it was published with, to be held against; null if there is none or nothing changes. */
  readonly before: Whole | null;
  readonly changes: readonly Change[];
  readonly standing: readonly Standing[];
  readonly orphans: WouldOrphan | null;
  /** A move that is not over: from the newest version, so that nobody else is moved with publishing; to it, if nothing changes. */
  readonly going: Going | null;
}

export async function plan(db: Db, publication: Omit<Publication, 'by' | 'now'>): Promise<Plan[]> {
  const { words, policy, templates } = publication;
  const plans: Plan[] = [];
  for (const { definition, others } of publication.journeys) {
    const { name } = definition;
    const newest = await latestJourney(db, name);
    if (!newest) {
      const none = { before: null, changes: [], standing: [], orphans: null, going: null };
      plans.push({ name, version: null, next: 1, isNew: true, ...none });
      continue;
    }
    const now = await pinned(db, newest);
    const before = {
      journey: newest.definition,
      words: now.words.data,
      policy: now.policy.data,
      templates: now.templates.data,
    };
    const isNew = newest.retiredAt !== null || !isPublishedAs(newest, definition, publication);
    plans.push({
      name,
      version: newest.version,
      next: isNew ? newest.version + 1 : newest.version,
      isNew,
      before: isNew ? before : null,
      changes: difference(before, { journey: definition, words, policy, templates }),
      standing: await standing(db, name),
      orphans: isNew ? await wouldOrphan(db, definition, newest.version, others) : null,
      going: isNew ? await goingFrom(db, name, newest.version) : await goingTo(db, name, newest.version),
    });
  }
  return plans;
}
