/** Walks every way of what is to be published. */
import type { StoryFault } from '../core/explore/explored.ts';
import type { Journey } from '../core/journey/table.ts';
import { latestJourney } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';
import { isPublishedAs, type Publication } from '../store/publish.ts';
import { walkInSlices } from './walk-in-slices.ts';

/**
 * Every fault that only a walk finds, as `righttouch check` tells it; what is published as it is was walked then. Gives up, with the
 * signal's reason, when nobody waits for the answer any more.
 */
export async function storiesOf(db: Db, publication: Published, signal: AbortSignal): Promise<StoryFault[]> {
  const changed: Journey[] = [];
  for (const { definition } of publication.journeys) {
    const newest = await latestJourney(db, definition.name);
    if (!newest || !isPublishedAs(newest, definition, publication)) changed.push(definition);
  }
  const walked = await walkInSlices(changed, publication, signal);
  return walked.flatMap(({ faults }) => faults);
}
type Published = Omit<Publication, 'by' | 'now'>;
