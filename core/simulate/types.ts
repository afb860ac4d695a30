/**
 * One customer on one journey, without servers: the same reducer, budget, calendars and tasks as in production, and a clock
 * that stands still until it is moved. All instants are epoch milliseconds; everything is plain data, so that any moment can
 * be kept and gone back to.
 */
import type { BusinessCalendar } from '../calendar/business.ts';
import type { Reachable } from '../budget/if-asked.ts';
import type { Considered } from '../budget/prefer.ts';
import type { ReadPolicy } from '../budget/read-policy.ts';
import type { Explanation } from '../budget/decision.ts';
import type { BudgetRow, Killed } from '../budget/row.ts';
import type { Channel } from '../journey/channels.ts';
import type { StoredWords } from '../journey/stored-words.ts';
import type { Journey } from '../journey/table.ts';
import type { Template } from '../journey/template.ts';
import type { Promised } from '../promise/promise.ts';
import type { RunState } from '../run/state.ts';
import type { Task } from '../task/task.ts';

export interface Message {
  readonly subject: string | null;
  readonly text: string;
}
export type Rendering =
  { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly problem: string };

/** What does not change while somebody is followed. */
export interface Setting {
  readonly journey: Journey;
  readonly words: StoredWords;
  readonly policy: ReadPolicy;
  readonly templates: readonly Template[];
  /** The team's calendar with its holidays; null for a team nobody knows. */
  readonly calendarOf: (team: string, at: number) => BusinessCalendar | null;
  /** The real rendering of templates, or a stand-in. */
  readonly render: (asked: {
    readonly template: Template;
    readonly channel: Channel;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly locale: string;
    readonly zone: string;
  }) => Rendering;
  /** Channels this company can send by. */
  readonly channels: readonly Channel[];
}

export interface Customer extends Reachable {
  /** What happened before: 'history.daysSincePerson' and 'history.brokenPromises'. */
  readonly daysSincePerson: number | null;
  readonly brokenPromises: number;
  /** Other customers' tasks that nobody of a team has taken: 'now.tasksAhead'. */
  readonly tasksAhead: number;
}

/** One touch, from the first time it was asked for. */
export interface SimTouch {
  readonly id: string;
  readonly step: string;
  readonly say: string;
  readonly purpose: string;
  readonly madeBy: 'tech' | 'human';
  readonly asks: readonly { readonly at: number; readonly says: string; readonly explanation: Explanation | null }[];
  readonly considered: readonly Considered[];
  readonly skipped: readonly string[];
  readonly state: 'waits' | 'sent' | 'unknown' | 'failed' | 'dropped' | 'with a person' | 'withdrawn';
  readonly channel: Channel | null;
  readonly cost: number | null;
  readonly at: number;
  readonly message: Message | null;
}

export interface SimReason {
  readonly id: string;
  readonly ofRun: boolean;
  readonly because: string;
  readonly outcomes: readonly string[];
  readonly answered: string | null;
}
export interface SimTask extends Task {
  readonly id: string;
  readonly reasons: readonly SimReason[];
  /** Everybody was asked in vain: it stays open, and no further instant is told of it. */
  readonly toldNobody: boolean;
}
export interface SimPromise extends Promised {
  readonly id: string;
  readonly step: string;
  readonly keptBy: readonly string[];
  /** As it was said, and from when it counts: a date that moves is followed. */
  readonly said: string;
  readonly from: number;
  readonly state: 'open' | 'kept' | 'broken';
}
export interface SimNote {
  readonly step: string;
  readonly said: string;
  readonly from: number;
  readonly team: string;
  readonly about: string;
  readonly at: number;
}

/** What another system is asked, until somebody says what it answers. */
export interface SystemAsked {
  readonly id: string;
  readonly step: string;
  readonly system: string;
  readonly answers: readonly string[];
}
/** A conversation that is open, until somebody says how it ends. */
export interface ConversationOpen {
  readonly of: string;
  readonly step: string;
  readonly outcomes: readonly string[];
}

export type LineKind =
  'began' | 'heard' | 'touch' | 'task' | 'promise' | 'note' | 'system' | 'way' | 'waits' | 'changed' | 'over';
/** A sentence of the story so far. */
export interface Line {
  readonly at: number;
  readonly kind: LineKind;
  readonly says: string;
  readonly touch?: string;
}

export interface Sim {
  readonly now: number;
  readonly customer: Customer;
  readonly row: BudgetRow;
  readonly killed: Killed;
  readonly run: RunState | null;
  /** The value that tells this run from others of its journey. */
  readonly once: { readonly field: string; readonly value: string } | null;
  /** Runs before the one at hand, newest last. */
  readonly earlier: readonly { readonly once: string | null; readonly endedAt: number }[];
  readonly delivered: number;
  readonly touches: readonly SimTouch[];
  readonly tasks: readonly SimTask[];
  readonly promises: readonly SimPromise[];
  readonly notes: readonly SimNote[];
  readonly asked: SystemAsked | null;
  readonly conversation: ConversationOpen | null;
  /** What other systems answer when they are asked: by name; without one they are waited for. */
  readonly systems: Readonly<Record<string, string>>;
  /** What becomes of the next messages that are handed to a provider; once used up, they arrive. */
  readonly provider: readonly ('sent' | 'failed' | 'unknown')[];
  /** Since when they wait for us, by what event (null: they wrote), and until when before a person gets them. */
  readonly waits: { readonly since: number; readonly event: string | null; readonly dueAt: number } | null;
  readonly story: readonly Line[];
}
