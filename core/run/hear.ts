/** Who takes an event: exits and the goal, the step at hand, an interruption; nobody: it is kept. */
import { listensFor, own, stepOf, type Draft, type Move } from './draft.ts';
import { interrupt } from './interrupt.ts';
import { inConversation, isOpening, joinsTheTask, personHasCustomer } from './joins.ts';
import { keep } from './kept.ts';
import { followMovedDates } from './moved.ts';
import { isBeingDecided, isUndoneBy, takeBackSilence, takeBackSilenceBeneath } from './silence.ts';
import { endNow } from './steps/end.ts';
import { listenAnew } from './steps/timed.ts';
import type { Heard } from './state.ts';

export function hear(d: Draft, heard: Heard): Move {
  if (!heard.unattributed) {
    // What the customer's record says stays there: it is read when needed, and may be personal.
    if (heard.event !== 'customer') d.facts = { ...d.facts, [heard.event]: heard.data };
    if (heard.event === 'customer-replied' && !inConversation(d)) d.customerWaitsSince ??= heard.at;
    if (heard.event === 'we-answered') d.customerWaitsSince = null;

    const exit = own(d.journey.exits, heard.event);
    if (exit !== undefined) return endNow(d, exit);
    if (heard.event === d.journey.goal) return endNow(d, 'goal');
  }
  if (!isBeingDecided(d) && !isTurnPerhaps(d, heard)) return offer(d, heard);
  d.held = [...d.held, heard];
  return null;
}

const isTurnPerhaps = (d: Draft, { event, unattributed }: Heard): boolean =>
  event === 'customer-replied' && !unattributed && isOpening(d) && !inConversation(d);

/** What was held, now that it is known whether the silence stands, or whether the conversation is open. */
export function takeHeld(d: Draft): Move {
  for (;;) {
    const first = isBeingDecided(d) ? undefined : d.held.find((heard) => !isTurnPerhaps(d, heard));
    if (!first) return null;
    d.held = d.held.filter((heard) => heard !== first);
    const move = offer(d, first);
    if (move !== null) return move;
  }
}

function offer(d: Draft, heard: Heard): Move {
  const { event } = heard;
  if (heard.unattributed) {
    hearOfOthers(d);
    return null;
  }
  if (joinsTheTask(event) && personHasCustomer(d)) return null;
  if (event === 'customer-replied' && inConversation(d)) return null;
  if (isUndoneBy(d, d.silence, heard)) takeBackSilence(d);
  followMovedDates(d, heard);
  const step = stepOf(d);
  const arm = d.wait.for === 'events' && step.kind === 'listen' ? listensFor(step, event) : undefined;
  if (arm !== undefined) return arm;
  if (own(d.journey.anyTime, event) !== undefined) return interrupt(d, heard);
  keep(d, heard);
  return null;
}

/** The customer wrote in somebody else's conversation: we stop nudging and count the silence anew. */
function hearOfOthers(d: Draft): void {
  takeBackSilence(d);
  takeBackSilenceBeneath(d);
  if (d.wait.for === 'events') d.wait = listenAnew(d, d.wait, d.step);
  const under = d.interrupted;
  if (under?.wait.for === 'events') d.interrupted = { ...under, wait: listenAnew(d, under.wait, under.step) };
}
