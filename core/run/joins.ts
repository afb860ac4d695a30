/** Who has the conversation hears it. */
import type { Draft } from './draft.ts';
import { forget } from './kept.ts';

/** While a person has the customer these join the task and interrupt nothing. */
export const joinsTheTask = (event: string): boolean => event === 'customer-replied' || event === 'we-answered';

/** A task that follows no silence is opened for certain, so its person has the customer as soon as it is asked for. */
export function personHasCustomer(d: Draft): boolean {
  const has = ({ wait, silence }: Pick<Draft, 'wait' | 'silence'>): boolean =>
    wait.for === 'person' && (wait.opened || silence === null);
  return has(d) || (d.interrupted !== null && has(d.interrupted));
}

/** A person takes over: what nobody has taken so far is theirs too. */
export function joinTask(d: Draft): void {
  forget(d, ({ event }) => joinsTheTask(event));
}
