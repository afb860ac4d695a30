/** What can happen next, said so that it can be done again at other times: nothing here names an instant or an id. */
import type { Channel } from '../journey/channels.ts';
import type { Scalar } from '../journey/table.ts';
import type { Values } from './world.ts';

/** At hand, or beneath the interruption that is going on. */
export type Where = 'hand' | 'beneath';
export type Said =
  | { readonly is: 'moment' }
  | { readonly is: 'opened' }
  | { readonly is: 'ended' }
  | { readonly is: 'overtaken' }
  | { readonly is: 'needless' }
  | { readonly is: 'arm'; readonly arm: string }
  | { readonly is: 'sent' | 'unknown' | 'failed'; readonly channel: Channel }
  | { readonly is: 'with-person'; readonly team: string; readonly because: string }
  | { readonly is: 'deferred'; readonly because: 'quiet hours' | 'budget' }
  | { readonly is: 'dropped'; readonly because: string };

/** A date that an event brings: so far ahead that everything before it is still to come, or so near that it is over. */
export type Dated = 'far' | 'near';

export type Move =
  | { readonly is: 'answer'; readonly to: Where; readonly answer: Said; readonly sets: Values }
  /** The moment of the wait has come. */
  | { readonly is: 'due' }
  | { readonly is: 'freed' }
  | {
      readonly is: 'event';
      readonly event: string;
      readonly data: Readonly<Record<string, Scalar | null>>;
      readonly dates: Readonly<Record<string, Dated>>;
      /** A reply in somebody else's conversation. */
      readonly elsewhere: boolean;
      /** Just before the wait at hand is over, instead of at once. */
      readonly late: boolean;
    }
  | { readonly is: 'outcome'; readonly outcome: string }
  /** A touch of which nobody knew has failed after all. */
  | { readonly is: 'settled' };
