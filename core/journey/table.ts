/**
 * What is stored of a journey: a flat table of steps, with their manners settled and times as they were said. The reducer,
 * the differ and the drawer see this and nothing else. Types only, so that it may enter a workflow.
 */
import type { Channel, Way } from './channels.ts';

/** A step's own id, or `end:<what came of it>`, or `resume`: back to where an interruption found the story. */
export type StepId = string;
export type Scalar = string | number | boolean;

/** A condition is data: `{ path: 'customer.plan', is: ['gold'] }`. `is` lists the values that fit. */
export type ConditionData =
  | { readonly path: string; readonly is: readonly Scalar[] }
  | { readonly path: string; readonly atLeast: number }
  | { readonly path: string; readonly atMost: number }
  | { readonly path: string; readonly isKnown: true }
  | { readonly all: readonly ConditionData[] }
  | { readonly any: readonly ConditionData[] }
  | { readonly not: ConditionData };

/** What becomes of a touch that is refused, deferred or surely failed. Fates nest: each `then` is the next one. */
export type Fate<Team extends string = string> =
  | 'drop'
  | 'toHuman'
  | { readonly fate: 'toHuman'; readonly team: Team }
  | { readonly fate: 'wait'; readonly atMost: string; readonly then: Fate<Team> }
  | { readonly fate: 'substitute'; readonly channel: Channel; readonly then: Fate<Team> };

/** In order: the first that reaches this customer now is taken. */
export type Reach = Way | readonly Way[];
export type MadeBy = 'tech' | 'human';
/** In quiet hours: wait until they end (the default), take the next channel of `reach`, or meet its fate. */
export type Quiet = 'wait' | 'next-channel' | 'fate';

/** One line of `prefer`. For each of madeBy, reach and fate the first rule whose condition holds decides. */
export interface Rule {
  readonly because: string;
  readonly when: ConditionData;
  readonly madeBy?: 'human';
  /** By when the person makes it: '1 business day'. Always there with `madeBy`. */
  readonly within?: string;
  /** Whose people make it; the touch's team, if none is named. */
  readonly team?: string;
  readonly reach?: Reach;
  readonly fate?: Fate;
}

interface Common {
  /** Outcome → step. An outcome that is not named goes on at `next`. */
  readonly goes?: Readonly<Record<string, StepId>>;
  /** The repeats and the interruption (`anyTime:<event>`) it stands in, outermost first: what a jump out of them forgets. */
  readonly inside?: readonly string[];
}
interface GoesOn extends Common {
  /** Where it goes on when it is done. */
  readonly next: StepId;
}
interface Timed extends GoesOn {
  /** The event, or 'customer', whose field its time hangs on: when that arrives again, the time is found anew. */
  readonly follows?: string;
}

export interface TouchStep extends GoesOn {
  readonly kind: 'touch';
  readonly team: string;
  readonly madeBy: MadeBy;
  /** Always there when a person makes it. */
  readonly within?: string;
  readonly purpose: string;
  /** Always there with purpose 'service': an event heard, a promise or an escalation of this journey. */
  readonly cause?: string;
  readonly reach: Reach;
  readonly fate: Fate;
  readonly quiet?: Quiet;
  /** The template. */
  readonly say: string;
  /** 'technician-named.technician': one of our people, introduced once per pair. */
  readonly introduces?: string;
  /** The touch's own rules, then the journey's. */
  readonly prefer?: readonly Rule[];
}
/** `goes` has an arm for each event it hears, and `silence`. */
export interface ListenStep extends Timed {
  readonly kind: 'listen';
  readonly until: string;
  readonly goes: Readonly<Record<string, StepId>> & { readonly silence: StepId };
}
/** `goes` may have `missed`: that moment was already over. */
export interface PauseStep extends Timed {
  readonly kind: 'pause';
  readonly until: string;
}
/** By a field: an arm for each value, `yes` and `no` for a yes-or-no, `unknown` if it may be. */
export interface ChooseByField extends GoesOn {
  readonly kind: 'choose';
  readonly by: string;
  readonly goes: Readonly<Record<string, StepId>>;
}
/** By a condition: `yes` and `no`. */
export interface ChooseByCondition extends GoesOn {
  readonly kind: 'choose';
  readonly when: ConditionData;
  readonly goes: Readonly<Record<string, StepId>> & { readonly yes: StepId; readonly no: StepId };
}
export type ChooseStep = ChooseByField | ChooseByCondition;
/** `goes` has an arm for each button, and `nobody`. */
export interface EscalateStep extends GoesOn {
  readonly kind: 'escalate';
  readonly team: string;
  readonly because: string;
  readonly within: string;
  readonly ladder?: readonly string[];
  readonly goes: Readonly<Record<string, StepId>> & { readonly nobody: StepId };
}
export interface Renewal {
  readonly say: string;
  readonly ahead: string;
  readonly more: string;
  readonly times: number;
}
export interface PromiseStep extends Timed {
  readonly kind: 'promise';
  readonly team: string;
  readonly due: string;
  readonly keptBy: string | readonly string[];
  readonly renew?: Renewal;
}
export interface EndStep {
  readonly kind: 'end';
  readonly as: string;
  readonly next: null;
  readonly goes?: never;
  readonly inside?: never;
}
/** Back to where the interruption found the story. */
export interface ResumeStep {
  readonly kind: 'resume';
  readonly next: null;
  readonly goes?: never;
  readonly inside?: never;
}
/** By a stable draw on the customer. `shares` has a number for each arm, 100 in all; an arm that goes straight on is the hold-out. */
export interface SplitStep extends GoesOn {
  readonly kind: 'split';
  readonly shares: Readonly<Record<string, number>>;
  readonly goes: Readonly<Record<string, StepId>>;
}
/** `goes.again` is its block, which leads back here; the `times`-th time it goes on at `next`. `every` counts from beginning to beginning. */
export interface RepeatStep extends GoesOn {
  readonly kind: 'repeat';
  readonly times: number;
  readonly every?: string;
  readonly goes: { readonly again: StepId };
}
/** A note to our own people, at a moment that may move. */
export interface RemindStep extends Timed {
  readonly kind: 'remind';
  readonly team: string;
  readonly at: string;
  readonly about: string;
}
/** `with`: what the other system needs → the field that has it. `goes` has an arm for each answer, and `unsure`. */
export interface LookUpStep extends GoesOn {
  readonly kind: 'lookUp';
  readonly find: string;
  readonly with: Readonly<Record<string, string>>;
  readonly goes: Readonly<Record<string, StepId>> & { readonly unsure: StepId };
}
/** Done goes on at `next`. `goes` has an arm for each way it may decline, and `failed`. */
export interface ActStep extends GoesOn {
  readonly kind: 'act';
  readonly do: string;
  readonly with: Readonly<Record<string, string>>;
  readonly goes: Readonly<Record<string, StepId>> & { readonly failed: StepId };
}
/** What a conversation held by tech says of itself; its messages are touches. */
interface Conversation extends GoesOn {
  readonly team: string;
  readonly purpose: string;
  readonly cause?: string;
  readonly reach: Reach;
  readonly fate: Fate;
  readonly quiet?: Quiet;
  readonly prefer?: readonly Rule[];
  /** How long they may be silent. */
  readonly waits: string;
}
export interface Question {
  /** The customer's field that the answer fills. */
  readonly field: string;
  readonly text: string;
  readonly only?: ConditionData;
}
/** All answered goes on at `next`. */
export interface AskStep extends Conversation {
  readonly kind: 'ask';
  readonly questions: readonly Question[];
  readonly say?: string;
  readonly goes: { readonly lost: StepId; readonly silence: StepId };
}
export interface AnswerStep extends Conversation {
  readonly kind: 'answer';
  readonly from: string;
  readonly sureAt: number;
  readonly goes: { readonly helped: StepId; readonly unsure: StepId; readonly silence: StepId };
}
export interface OfferCallStep extends Conversation {
  readonly kind: 'offerCall';
  readonly say: string;
  readonly slots: number;
  readonly length?: string;
  readonly goes: {
    readonly talked: StepId;
    readonly declined: StepId;
    readonly missed: StepId;
    readonly silence: StepId;
  };
}
/** They compile, are checked and explored; this engine cannot run them yet, and publishing says so. */
export type ConversationStep = AskStep | AnswerStep | OfferCallStep;
export type TableStep =
  | TouchStep
  | ListenStep
  | PauseStep
  | ChooseStep
  | SplitStep
  | RepeatStep
  | EscalateStep
  | PromiseStep
  | RemindStep
  | LookUpStep
  | ActStep
  | ConversationStep
  | EndStep
  | ResumeStep;

export interface EntryByEvent {
  readonly event: string;
  /** The name of an id field of the event, or 'customer': one run for each value. */
  readonly oncePer: string;
  readonly only?: ConditionData;
  /** 'after 30 days', counted from the end of the last run. */
  readonly again?: string;
}
export interface EntryByDate {
  readonly date: string;
  readonly only?: ConditionData;
}
export interface EntryByAudience {
  readonly audience: string;
  readonly at: string;
  readonly only?: ConditionData;
}
export type Entry = EntryByEvent | EntryByDate | EntryByAudience;

export interface Journey {
  readonly format: 1;
  readonly name: string;
  readonly story?: string;
  readonly team: string;
  readonly entry: Entry;
  /** This event: leave, succeeded. */
  readonly goal?: string;
  /** Event → what has come of it. */
  readonly exits: Readonly<Record<string, string>>;
  readonly start: StepId;
  /** Event → where the interruption begins. */
  readonly anyTime: Readonly<Record<string, StepId>>;
  /** In the order of the story. */
  readonly steps: Readonly<Record<StepId, TableStep>>;
  readonly expect: readonly string[];
}
