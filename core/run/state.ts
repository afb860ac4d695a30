/** What the reducer keeps of a run: plain JSON without personal data, as its inputs are (`inputs.ts`). */
import type { Channel } from '../journey/channels.ts';
import type { Fate, StepId } from '../journey/table.ts';
import type { Input, Scalar } from './inputs.ts';

/** The version of these rules. It is an input of each run and raised only when a run continues as new. */
export const rules = 1;
export type Rules = typeof rules;

/** How far one touch has come. */
export interface TouchProgress {
  /** 'run/step/visit'. */
  readonly id: string;
  /** Counts the times we asked, from 1: a retry of the same ask finds its answer, a new ask is decided afresh. */
  readonly ask: number;
  readonly since: number;
  /** What is left of its fate. */
  readonly fate: Fate;
  readonly failed: readonly Channel[];
}

/** Of `listen` ('events'), `pause` and `repeat … every` ('time'). `until` is null while the moment is being found, or found anew; `finding` names the question. */
export interface TimedWait {
  readonly for: 'events' | 'time';
  readonly id: string;
  readonly since: number;
  readonly until: number | null;
  readonly finding: string | null;
  /** How often its moment has been asked for: each question has a name of its own. */
  readonly asked: number;
  /** While a moved date is found anew: the moment it had. */
  readonly was?: number;
  /** That moment was over already when it was found. */
  readonly missed?: true;
}
/** What the run waits for: always exactly one, until it has ended. `id` tells stale answers and timers from real ones. */
export type Wait =
  | TimedWait
  | { readonly for: 'touch'; readonly id: string; readonly touch: TouchProgress }
  | {
      readonly for: 'place';
      readonly id: string;
      readonly touch: TouchProgress;
      readonly until: number;
      readonly because: string;
    }
  | { readonly for: 'arm'; readonly id: string }
  /** The task is being opened (`opened` false) or a person has it. `of` is the reason's id. */
  | {
      readonly for: 'person';
      readonly id: string;
      readonly of: string;
      readonly opened: boolean;
      readonly touch?: TouchProgress;
    }
  /** `ask`, `answer` or `offerCall` is open. Its opening was waited for as a touch, with the same id `of`. */
  | { readonly for: 'conversation'; readonly id: string; readonly of: string }
  /** An answer spoke of deliveries we have not taken yet; with them taken, what was asked is asked anew. */
  | { readonly for: 'news'; readonly id: string; readonly upTo: number; readonly of: AskingWait }
  | { readonly for: 'end'; readonly id: string; readonly as: string };

export type AskingWait = Extract<Wait, { for: 'touch' | 'person' | 'end' }>;

/** One round of a repeat after the other: which one this is, from 1, and when the first began. */
export interface Rounds {
  readonly round: number;
  readonly since: number;
}
/** Of every repeat the run is in. */
export type Repeats = Readonly<Record<StepId, Rounds>>;

export interface Place {
  readonly step: StepId;
  readonly wait: Wait;
  /** The repeats it stands in; left out if there are none. */
  readonly repeats?: Repeats;
}
export interface Interrupted extends Place {
  readonly by: string;
  readonly silence: Place | null;
  readonly result?: Input;
}
export interface Heard {
  /** Of its delivery: what came first. */
  readonly number: number;
  readonly event: string;
  readonly id: string;
  readonly at: number;
  readonly data: Readonly<Record<string, Scalar>>;
  readonly unattributed?: true;
}

export interface RunState {
  readonly rules: Rules;
  readonly run: string;
  /** Opaque; what `split` draws on. Left out where a run began before it was told. */
  readonly customer?: string;
  readonly step: StepId;
  readonly wait: Wait;
  /** Left out where a run began before there were any. */
  readonly repeats?: Repeats;
  /** The newest delivery taken. */
  readonly heard: number;
  readonly visits: Readonly<Record<StepId, number>>;
  /** The newest data of each event heard, which conditions and moments read. */
  readonly facts: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  /** Heard and not yet taken by a step: nothing comes too early. */
  readonly kept: readonly Heard[];
  /** Heard while the database decides whether a silence stands. It is taken, in its order, as soon as that is known. */
  readonly held: readonly Heard[];
  /** What the running interruption interrupted, with the silence it acted on, and the answer that came for it meanwhile. */
  readonly interrupted: Interrupted | null;
  /** The newest waiting interruption of each event. */
  readonly queued: Readonly<Record<string, Heard>>;
  /** A silence nobody has acted on yet: should an event turn out to have come first, we go back to listening. Never one from outside the running interruption. */
  readonly silence: Place | null;
  readonly customerWaitsSince: number | null;
  readonly failures: number;
  readonly touches: number;
  readonly silences: number;
  readonly ended: { readonly as: string; readonly at: number } | null;
}
