/**
 * Walks every way of what is to be published, in slices of a few milliseconds: whoever else asks is answered meanwhile. One publication
 * at a time, because each of them wants a whole core.
 */
import { setImmediate } from 'node:timers/promises';
import { exploring, type StoryFault } from '../core/explore/explored.ts';
import type { Around } from '../core/explore/setting.ts';
import type { Journey } from '../core/journey/table.ts';
import { latestJourney } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';
import { isPublishedAs, type Publication } from '../store/publish.ts';

const sliceMs = 10;
let before: Promise<unknown> = Promise.resolve();

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
  const ours = before.then(() => walkAll(changed, publication, signal));
  before = ours.catch(() => undefined);
  return ours;
}
type Published = Omit<Publication, 'by' | 'now'>;

async function walkAll(journeys: readonly Journey[], around: Around, signal: AbortSignal): Promise<StoryFault[]> {
  const faults: StoryFault[] = [];
  for (const journey of journeys) {
    const walk = exploring(journey, around);
    for (let until = performance.now() + sliceMs; ;) {
      const step = walk.next();
      if (step.done) {
        faults.push(...step.value.faults);
        break;
      }
      if (performance.now() < until) continue;
      await setImmediate();
      signal.throwIfAborted();
      until = performance.now() + sliceMs;
    }
  }
  return faults;
}
