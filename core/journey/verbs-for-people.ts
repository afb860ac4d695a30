/** What `escalate`, `promise` and `remind` are given, and what is said when it is missing. */
import type { Lexicon } from './lexicon.ts';
import type { PersonRung, TeamRung } from './ladder.ts';
import type { MomentLike, Span, SpanFault, SpanLike } from './time-types.ts';

export interface EscalateSpec<L extends Lexicon> {
  readonly because?: string;
  readonly within?: SpanLike;
  readonly team?: L['team'];
  /** Written whole by `ladder`, it says the team and the time, too. Names alone are teams, each asked for as long as `within` says. */
  readonly ladder?: readonly (L['team'] | TeamRung<L['team'], Span> | PersonRung<Span>)[];
}
export interface EscalateNeeds {
  because: "Say why, for whoever opens the task: because: '…'.";
  within: "How soon must somebody take it? Add within: '4 business hours'.";
}
/** A ladder that is written whole says how soon. */
export type NeedsOfEscalation<T> = T extends { readonly ladder: readonly [{ readonly team: string }, ...unknown[]] }
  ? Pick<EscalateNeeds, 'because'>
  : EscalateNeeds;
export interface NeedsNobody {
  nobody: 'What if nobody takes it? Add nobody: [ … ].';
}
export interface PromiseSpec<L extends Lexicon> {
  /** By when. '2 business days', or a moment that may move: '2 hours after appointment-set.startsAt'. */
  readonly due?: MomentLike<L>;
  readonly keptBy?: L['event'] | readonly L['event'][];
  /** If it will not be kept: what is said, how long before, how much more time, how often. Then a person takes over. */
  readonly renew?: {
    readonly say: L['template'];
    readonly ahead: SpanLike;
    readonly more: SpanLike;
    readonly times: number;
  };
  readonly team?: L['team'];
}
export interface PromiseNeeds {
  due: "A promise names its time: due: '2 business days'.";
  keptBy: 'What keeps this promise? Add keptBy: with an event.';
}
export type RenewFault<T> = T extends { renew: { ahead: infer A; more: infer M } }
  ? SpanFault<{ readonly renew: A | M }, 'renew'>
  : never;
export interface RemindSpec<L extends Lexicon> {
  readonly at?: MomentLike<L>;
  readonly about?: string;
  readonly team?: L['team'];
}
export interface RemindNeeds {
  at: "When? Add at: '3 days'.";
  about: "Of what? Add about: '…'.";
}
