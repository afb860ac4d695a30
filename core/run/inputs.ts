/**
 * What goes into the reducer. All of it is plain JSON: it lives in Temporal histories and is carried
 * over by continue-as-new. No personal data: ids, choices, numbers and moments only. Instants are epoch milliseconds of the engine's clock.
 */
import type { Channel } from '../journey/channels.ts';
import type { Fate } from '../journey/table.ts';

export type Scalar = string | number | boolean;

/** Something that reached this enrolment, numbered 1, 2, 3 … without gaps. */
export interface Delivery {
  readonly number: number;
  readonly at: number;
  readonly body: DeliveryBody;
}
export type DeliveryBody =
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly id: string;
      /** Of the event 'customer': the fields that changed, each `true`. Their values stay where the records are. */
      readonly data: Readonly<Record<string, Scalar>>;
      /** The reply belongs to somebody else's conversation: we stop nudging, and do not answer. */
      readonly unattributed?: true;
    }
  /** A person finished the task that this step opened, or nobody took it; or so its conversation ended ('done': all was asked). */
  | { readonly kind: 'outcome'; readonly of: string; readonly outcome: string }
  /** A touch whose fate was unknown has been settled by a receipt or a look-up. */
  | { readonly kind: 'settled'; readonly touch: string; readonly as: 'sent' | 'failed' }
  | { readonly kind: 'cancel'; readonly by: string }
  /** When it next waits, the run goes on in another version. Only whoever runs it can do that: to the story it is no news. */
  | { readonly kind: 'move'; readonly move: string };

/** What the interpreter pushes. Stale ones (another wait, an old ask, a number already heard) change nothing. */
export type Input =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  /** The moment of a wait has come. */
  | { readonly kind: 'due'; readonly wait: string }
  /** A place in the customer's budget became free: what is deferred may ask again at once. */
  | { readonly kind: 'freed' }
  | { readonly kind: 'answer'; readonly to: string; readonly answer: Answer };

export type Answer =
  | TouchAnswer
  | { readonly is: 'moment'; readonly at: number }
  /** Where `choose`, `lookUp` and `act` go on: what is no arm of theirs goes on below; of a `lookUp` it is `unsure`. 'done' ends an act. */
  | { readonly is: 'arm'; readonly arm: string }
  /** The task, or the conversation. */
  | { readonly is: 'opened' }
  | { readonly is: 'overtaken'; readonly upTo: number }
  | { readonly is: 'ended' };

export type TouchAnswer =
  | { readonly is: 'sent'; readonly channel: Channel }
  /** It may have gone out. It keeps its place, is never sent again, and the story goes on. */
  | { readonly is: 'unknown'; readonly channel: Channel }
  /** Nothing had to be said: counts as done, costs nothing. */
  | { readonly is: 'needless' }
  /** A person makes it: the customer's task has this touch as a reason, and its outcome ends the step. */
  | { readonly is: 'with-person' }
  | { readonly is: 'deferred'; readonly until: number; readonly because: string; readonly fate: Fate }
  | { readonly is: 'dropped'; readonly because: string }
  /** It certainly did not go out on this channel. */
  | { readonly is: 'failed'; readonly channel: Channel }
  /** Something arrived that we had not heard when we asked. */
  | { readonly is: 'overtaken'; readonly upTo: number }
  | { readonly is: 'withdrawn' };
