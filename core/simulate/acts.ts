/** What can happen to the simulated customer, one at a time. */
import type { Channel } from '../journey/channels.ts';
import type { Sim } from './types.ts';

/** What a person of ours does who was asked: takes the task, answers the customer, decides. */
export type PersonActs =
  { readonly do: 'claim' } | { readonly do: 'answer' } | { readonly do: 'decide'; readonly outcome: string };

/** What is so from now on; nothing happens by it alone. */
export type Change =
  | { readonly do: 'guard'; readonly fact: string }
  | { readonly do: 'lift'; readonly fact: string }
  /** Somebody looked, and it is so: for as long as the policy says, a text may take it for granted. */
  | { readonly do: 'checked'; readonly assumption: string }
  | { readonly do: 'zone'; readonly zone: string | null }
  | { readonly do: 'fields'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly do: 'consent'; readonly purpose: string; readonly channel: Channel; readonly granted: boolean }
  | { readonly do: 'stop'; readonly channel: Channel | 'all' }
  | { readonly do: 'kill'; readonly scope: 'all' | `journey:${string}` | `channel:${string}` }
  /** Another journey touched them: it takes its part of the budget. */
  | { readonly do: 'spend'; readonly purpose: string; readonly channel: Channel }
  | { readonly do: 'provider'; readonly next: 'sent' | 'failed' | 'unknown' }
  | { readonly do: 'systems'; readonly system: string; readonly answer: string };

export type Act =
  | { readonly do: 'event'; readonly event: string; readonly data: Readonly<Record<string, unknown>> }
  /** For journeys that are entered by a date or an audience. */
  | { readonly do: 'enter' }
  | { readonly do: 'reply'; readonly channel?: Channel }
  /** Time passes until there is something new: the wait at hand is over, or nothing is left that could happen by itself. */
  | { readonly do: 'silence' }
  /** To the next instant at which anything happens by itself. */
  | { readonly do: 'next' }
  | { readonly do: 'until'; readonly at: number }
  | PersonActs
  | { readonly do: 'system'; readonly answer: string }
  | { readonly do: 'conversation'; readonly outcome: string }
  | Change
  | { readonly do: 'cancel' };

export type Acted = { readonly ok: true; readonly sim: Sim } | { readonly ok: false; readonly problem: string };
