import type { Journey } from '../journey/table.ts';
import { goOn } from './advance.ts';
import { draftOf, finished, stepOf, type Draft, type Move } from './draft.ts';
import { giveUp } from './give-up.ts';
import { takeEarly } from './kept.ts';
import type { Landing } from './move-state.ts';
import { reckonAnew } from './steps/timed.ts';
import { askAgain } from './steps/touch.ts';
import type { Advanced } from './commands.ts';
import type { TimedWait, Wait } from './state.ts';

/** A run goes on in the version it was moved to. Nothing is done twice: a touch that waits is asked for anew under its own id. */
export function land(journey: Journey, { state, enter, reckon }: Landing, now: number): Advanced {
  const d = draftOf(journey, state, now);
  if (reckon.includes('own') && isTimed(d.wait)) d.wait = reckonAnew(d, d.wait, d.step);
  const under = d.interrupted;
  if (reckon.includes('beneath') && under && isTimed(under.wait))
    d.interrupted = { ...under, wait: reckonAnew(d, under.wait, under.step) };
  if (enter !== null) giveUp(d, d.wait);
  goOn(d, enter ?? heardAlready(d));
  return finished(d);
}

const isTimed = (wait: Wait): wait is TimedWait => wait.for === 'events' || wait.for === 'time';

/** The new version may listen for what was heard before, and its gates may have a place for a touch that waits. */
function heardAlready(d: Draft): Move {
  const step = stepOf(d);
  if (d.wait.for === 'events' && step.kind === 'listen') return takeEarly(d, step);
  if (d.wait.for === 'place') askAgain(d, d.wait.touch);
  return null;
}
