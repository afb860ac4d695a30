/** Who has the conversation hears it. */
import { isConversation, stepOf, type Draft } from './draft.ts';
import { forget } from './kept.ts';

/** While a person has the customer these join the task and interrupt nothing. */
export const joinsTheTask = (event: string): boolean => event === 'customer-replied' || event === 'we-answered';

/** A task that follows no silence is opened for certain, so its person has the customer as soon as it is asked for. */
export function personHasCustomer(d: Draft): boolean {
  const has = ({ wait, silence }: Pick<Draft, 'wait' | 'silence'>): boolean =>
    wait.for === 'person' && (wait.opened || silence === null);
  return has(d) || (d.interrupted !== null && has(d.interrupted));
}

/** The replies of an open conversation are its turns. */
export function inConversation({ wait, interrupted }: Pick<Draft, 'wait' | 'interrupted'>): boolean {
  return wait.for === 'conversation' || interrupted?.wait.for === 'conversation';
}
/** While the database decides whether a conversation is opened, nobody knows yet whether a reply is one of its turns. */
export const isOpening = (d: Draft): boolean => d.wait.for === 'touch' && isConversation(stepOf(d));

/** What came while an interrupted step's conversation was opened was a turn of it. */
export function forgetReplies(d: Draft): void {
  const isReply = ({ event }: { event: string }): boolean => event === 'customer-replied';
  d.held = d.held.filter((heard) => !isReply(heard));
  d.queued = Object.fromEntries(Object.entries(d.queued).filter(([, heard]) => !isReply(heard)));
}

/** A person takes over: what nobody has taken so far is theirs too. */
export function joinTask(d: Draft): void {
  forget(d, ({ event }) => joinsTheTask(event));
}
