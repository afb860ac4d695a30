/** The steps of a stored journey, each with its manners settled. Types only, as `table.ts`. */
import type { LadderData } from './ladder.ts';
import type { ConversationStep } from './table-conversations.ts';
import type { ConditionData, Fate, MadeBy, Quiet, Reach, Rule, StepId } from './table.ts';

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

interface Common {
  /** Outcome → step. An outcome that is not named goes on at `next`. */
  readonly goes?: Readonly<Record<string, StepId>>;
  /** The repeats and the interruption (`anyTime:<event>`) it stands in, outermost first: what a jump out of them forgets. */
  readonly inside?: readonly string[];
}
export interface GoesOn extends Common {
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
  /** Who is asked after the team; unless given, the team's own. */
  readonly ladder?: LadderData;
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
