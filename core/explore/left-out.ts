/** What is not walked on purpose, of what this journey has: docs/decisions/0008 says why nothing differs by it. */
import { hears } from '../journey/hears.ts';
import type { Journey } from '../journey/table.ts';

/** While the database decides, so many events may arrive: what three do, two do. */
export const mostHeld = 2;

/** 'a second deferral of a touch': none if the journey has nothing of the kind. */
export const leftOut = (journey: Journey): readonly string[] => [
  ...(hears(journey).length > 0 ? [`more than ${String(mostHeld)} events while a step is decided`] : []),
  ...(Object.values(journey.steps).some((step) => 'fate' in step) ? ['a second deferral of a touch'] : []),
  ...(Object.keys(journey.anyTime).length > 0
    ? ['answers to the story and further interruptions before an interruption has ended']
    : []),
];
