/**
 * Walks every way of a journey in slices of a few milliseconds, so that whoever else asks is answered meanwhile. One after the other, because
 * each walk wants a whole core.
 */
import { setImmediate } from 'node:timers/promises';
import { exploring, type Explored } from '../core/explore/explored.ts';
import type { Around } from '../core/explore/setting.ts';
import type { Journey } from '../core/journey/table.ts';

const sliceMs = 10;
let before: Promise<unknown> = Promise.resolve();

/** Gives up, with the signal's reason, when nobody waits for the answer any more. */
export function walkInSlices(
  journeys: readonly Journey[],
  around: Around,
  signal?: AbortSignal,
): Promise<readonly Explored[]> {
  const ours = before.then(() => walkAll(journeys, around, signal));
  before = ours.catch(() => undefined);
  return ours;
}

export async function walkOne(journey: Journey, around: Around): Promise<Explored> {
  const [walked] = await walkInSlices([journey], around);
  if (!walked) throw new Error(`'${journey.name}' was not walked`);
  return walked;
}

async function walkAll(
  journeys: readonly Journey[],
  around: Around,
  signal: AbortSignal | undefined,
): Promise<readonly Explored[]> {
  const all: Explored[] = [];
  for (const journey of journeys) {
    const walk = exploring(journey, around);
    for (let until = performance.now() + sliceMs; ;) {
      const step = walk.next();
      if (step.done) {
        all.push(step.value);
        break;
      }
      if (performance.now() < until) continue;
      await setImmediate();
      signal?.throwIfAborted();
      until = performance.now() + sliceMs;
    }
  }
  return all;
}
