/** Who of us was introduced to whom, and who wants none. */
import type { Generated, GeneratedAlways } from 'kysely';
import type { Instant, MaybeInstant } from './columns.ts';

export interface IntroductionTables {
  introductions: {
    id: string;
    number: GeneratedAlways<string>;
    customer_id: string;
    agent: string;
    task_id: string;
    kind: 'introduction' | 'correction';
    instead_of: string | null;
    /** When they make contact; null: soon. */
    when_at: MaybeInstant;
    state: 'asked' | 'waiting' | 'placed' | 'none';
    /** Why it was not made. */
    because: string | null;
    /** How often it asked the budget. */
    ask: Generated<number>;
    /** When it asks next. */
    ask_at: MaybeInstant;
    /** The address of the card, which tells nothing. */
    card: string;
    card_until: Instant;
    at: Instant;
  };
  introduction_refusals: { customer_id: string; source: string; actor: string; at: Instant };
}
