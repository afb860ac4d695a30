/** `ask`, `answer` and `offerCall`: opened by a touch, ended in one outcome. What is said in between is no business of the run's. */
import type { StepId } from '../../journey/table.ts';
import { armOf, isConversation, own, stepOf, type Draft, type Move } from '../draft.ts';
import { joinTask } from '../joins.ts';
import type { Wait } from '../state.ts';

/** The opening is out: the customer's replies are turns from now on. */
export const openConversation = (wait: Extract<Wait, { for: 'touch' }>): Wait => ({
  for: 'conversation',
  id: wait.id,
  of: wait.touch.id,
});

export function conversationOpened(d: Draft, wait: Extract<Wait, { for: 'touch' }>): Move {
  d.touches += 1;
  d.silence = null;
  d.wait = openConversation(wait);
  return null;
}

/** An opening that was given to a person is no conversation of ours: that task ends the step. */
export function isOfConversation(d: Draft, of: string): boolean {
  const withPerson = [d.wait, d.interrupted?.wait].some((wait) => wait?.for === 'person' && wait.of === of);
  return !withPerson && isConversation(own(d.journey.steps, stepIn(of)));
}
/** Of 'run/step/visit'. */
const stepIn = (of: string): StepId => of.split('/').at(-2) ?? '';

/** Helped or talked to, the customer waits no longer. Who was lost or whom we are not sure to have helped waits from now on, if not before. */
export function conversationEnded(d: Draft, outcome: string): Move {
  const arm = own(stepOf(d).goes ?? {}, outcome) === undefined ? 'done' : outcome;
  if (d.wait.for === 'touch') d.touches += 1;
  if (arm === 'helped' || arm === 'talked') d.customerWaitsSince = null;
  if (arm === 'lost' || arm === 'unsure') d.customerWaitsSince ??= d.now;
  if (arm === 'silence') d.silences += 1;
  d.silence = null;
  // A call is with a person, who hears what nobody has taken so far; a reply that came before we knew of the opening was a turn.
  if (arm === 'talked') joinTask(d);
  d.held = d.held.filter(({ event }) => event !== 'customer-replied');
  return armOf(d, outcome);
}
