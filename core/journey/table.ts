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
/** Verbs of the language that this engine cannot run yet: they compile, and `check` and publishing name each of them. */
export type OtherKind = 'split' | 'repeat' | 'remind' | 'ask' | 'answer' | 'offerCall' | 'lookUp' | 'act';
export interface OtherStep extends Timed {
  readonly kind: OtherKind;
  readonly [setting: string]: unknown;
}
export type TableStep =
  TouchStep | ListenStep | PauseStep | ChooseStep | EscalateStep | PromiseStep | EndStep | ResumeStep | OtherStep;

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
