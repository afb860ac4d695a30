/** The steps of a stored journey that are conversations held by tech. Types only, as `table.ts`. */
import type { GoesOn } from './table-steps.ts';
import type { ConditionData, Fate, Quiet, Reach, Rule, StepId } from './table.ts';

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
