/** What the reducer asks for: plain JSON without personal data, as its inputs are (`inputs.ts`). */
import type { LadderData } from '../journey/ladder.ts';
import type { ConditionData, StepId } from '../journey/table.ts';
import type { RunState, TouchProgress } from './state.ts';

export interface Advanced {
  readonly state: RunState;
  readonly commands: readonly Command[];
}

/** What the interpreter carries out. `id` comes back as the answer's `to`. */
export type Command =
  | {
      readonly do: 'touch';
      readonly id: string;
      readonly step: StepId;
      readonly visit: number;
      readonly touch: TouchProgress;
      readonly seen: number;
      readonly facts: RunState['facts'];
      readonly counts: Counts;
    }
  /** Also closes the conversation that this touch opened. */
  | { readonly do: 'withdraw'; readonly touch: string }
  /**
   * Opens a conversation by a touch of its own, and holds it to its one outcome. Answered as a touch is, with `opened` for 'sent'. If it is
   * refused its fate holds as a touch's does: dropped or needless, it goes on below; 'with-person', that task's outcome ends the step.
   */
  | {
      readonly do: 'converse';
      readonly id: string;
      readonly step: StepId;
      readonly what: 'ask' | 'answer' | 'offerCall';
      readonly visit: number;
      /** Its id is what the `outcome` is `of`. */
      readonly touch: TouchProgress;
      readonly seen: number;
      readonly facts: RunState['facts'];
      readonly counts: Counts;
    }
  | {
      readonly do: 'find-moment';
      readonly id: string;
      readonly step: StepId;
      readonly said: string;
      readonly from: number;
      readonly team: string;
      readonly facts: RunState['facts'];
    }
  | {
      readonly do: 'find-arm';
      readonly id: string;
      readonly step: StepId;
      readonly by: string | ConditionData;
      readonly arms: readonly string[];
      readonly facts: RunState['facts'];
      readonly counts: Counts;
      readonly team: string;
    }
  /** Asks another system: answered by an arm, 'unsure' if it says nothing. */
  | {
      readonly do: 'look-up';
      readonly id: string;
      readonly step: StepId;
      readonly find: string;
      /** What it needs → the field that has it. */
      readonly with: Readonly<Record<string, string>>;
      readonly facts: RunState['facts'];
      readonly team: string;
    }
  /** Does something in another system, once for each `key`: answered by the arm 'done', how it declines, or 'failed'. */
  | {
      readonly do: 'act';
      readonly id: string;
      readonly step: StepId;
      /** 'run/step/visit'. */
      readonly key: string;
      readonly action: string;
      readonly with: Readonly<Record<string, string>>;
      readonly facts: RunState['facts'];
      readonly team: string;
    }
  /** Which way the customer was drawn; to be measured, not answered. */
  | { readonly do: 'split'; readonly id: string; readonly step: StepId; readonly arm: string }
  /** A note for our own people; not answered. `id` is 'run/step/visit'. */
  | {
      readonly do: 'remind';
      readonly id: string;
      readonly step: StepId;
      readonly team: string;
      readonly at: string;
      readonly about: string;
      readonly from: number;
      readonly facts: RunState['facts'];
    }
  | {
      readonly do: 'open-task';
      readonly id: string;
      readonly step: StepId;
      readonly of: string;
      readonly team: string;
      readonly because: string;
      readonly within: string;
      readonly outcomes: readonly string[];
      readonly ladder?: LadderData;
      /** If it follows a silence: that must still be one, so nothing newer than this may have arrived. */
      readonly seen: number | null;
    }
  /** The run went on without it. */
  | { readonly do: 'close-reason'; readonly of: string }
  | {
      readonly do: 'promise';
      readonly id: string;
      readonly step: StepId;
      readonly team: string;
      readonly due: string;
      readonly keptBy: readonly string[];
      readonly renew?: { readonly say: string; readonly ahead: string; readonly more: string; readonly times: number };
      readonly from: number;
      /** What keeps it and arrived after this number came too early for the promise, and not for the customer: it is kept. */
      readonly heard: number;
      /** So it is if that was heard already, no step has taken it, and the customer has asked for nothing since. */
      readonly isKept: boolean;
      readonly facts: RunState['facts'];
    }
  | {
      readonly do: 'end';
      readonly id: string;
      readonly as: string;
      /** If it follows a silence: that must still be one, so nothing newer than this may have arrived. */
      readonly seen: number | null;
      /** What arrived after this number is handed over, and so are the replies among `untaken`: nobody is left unheard. */
      readonly heard: number;
      /** Ids of events that were heard and that no step took, oldest first. */
      readonly untaken: readonly string[];
    };

/** What `run.…` conditions read. */
export interface Counts {
  readonly failures: number;
  readonly touches: number;
  readonly silences: number;
}
