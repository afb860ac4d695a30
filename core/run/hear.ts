/** Who takes an event: exits and the goal, the step at hand, an interruption; nobody: it is kept. */
import type { ListenStep } from '../journey/table.ts';
import { stepOf, type Draft, type Move } from './draft.ts';
import { giveUp } from './give-up.ts';
import { interrupt } from './interrupt.ts';
import { keep } from './kept.ts';
import { endNow } from './steps/end.ts';
import { findAnew, listenAnew } from './steps/timed.ts';
import type { Heard, Wait } from './types.ts';

/** While a person has the customer these join the task and interrupt nothing. */
const joinsTheTask = ['customer-replied', 'we-answered'];

export function hear(d: Draft, heard: Heard): Move {
  d.facts = { ...d.facts, [heard.event]: heard.data };
  if (heard.event === 'customer-replied') d.customerWaitsSince ??= heard.at;
  if (heard.event === 'we-answered') d.customerWaitsSince = null;

  const exit = d.journey.exits[heard.event];
  if (exit !== undefined) return endNow(d, exit);
  if (heard.event === d.journey.goal) return endNow(d, 'goal');

  followMovedDates(d, heard.event);
  if (joinsTheTask.includes(heard.event) && (personHas(d.wait) || (d.interrupted && personHas(d.interrupted.wait))))
    return null;
  return offer(d, heard);
}

const personHas = (wait: Wait): boolean => wait.for === 'person' && wait.opened;

export function offer(d: Draft, heard: Heard): Move {
  // Whether it came before the task was opened or the run ended is being decided in the database: until we know, it is kept.
  if (d.silence && isBeingDecided(d.wait)) {
    keep(d, heard);
    return null;
  }
  goBackToListening(d, heard.event);
  const step = stepOf(d);
  if (d.wait.for === 'events' && step.kind === 'listen' && heard.event !== 'silence') {
    const arm = (step.goes as Record<string, string | undefined>)[heard.event];
    if (arm !== undefined) return arm;
  }
  if (d.journey.anyTime[heard.event] !== undefined && d.wait.for !== 'end') return interrupt(d, heard);
  keep(d, heard);
  return null;
}

export const isBeingDecided = (wait: Wait): boolean => wait.for === 'end' || (wait.for === 'person' && !wait.opened);

/** A silence that nobody has acted on is none, if what we listened for has come after all. */
export function goBackToListening(d: Draft, event: string): void {
  if (!d.silence || !(event in (stepOf(d, d.silence.step) as ListenStep).goes)) return;
  takeBackSilence(d);
}
function takeBackSilence(d: Draft): void {
  if (!d.silence) return;
  giveUp(d, d.wait);
  d.step = d.silence.step;
  d.wait = d.silence.wait;
  d.silence = null;
  d.silences -= 1;
}

/** The customer wrote in somebody else's conversation: we stop nudging and count the silence anew. */
export function hearOfOthers(d: Draft): void {
  if (d.silence && !isBeingDecided(d.wait)) takeBackSilence(d);
  if (d.wait.for === 'events') d.wait = listenAnew(d, d.wait, d.step);
  if (d.interrupted?.wait.for === 'events')
    d.interrupted = { ...d.interrupted, wait: listenAnew(d, d.interrupted.wait, d.interrupted.step) };
}

function followMovedDates(d: Draft, event: string): void {
  const follows = (stepId: string): boolean => {
    const step = stepOf(d, stepId);
    return 'follows' in step && step.follows === event;
  };
  if ((d.wait.for === 'events' || d.wait.for === 'time') && follows(d.step)) d.wait = findAnew(d, d.wait, d.step);
  const under = d.interrupted;
  if (under && (under.wait.for === 'events' || under.wait.for === 'time') && follows(under.step))
    d.interrupted = { ...under, wait: findAnew(d, under.wait, under.step) };
}
