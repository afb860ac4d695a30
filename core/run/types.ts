/**
 * What goes into the reducer, what it keeps, and what it asks for. All of it is plain JSON: it lives in Temporal histories and is carried
 * over by continue-as-new. No personal data: ids, choices, numbers and moments only. Instants are epoch milliseconds of the engine's clock.
 */
import type { Channel } from '../journey/channels.ts';
import type { ConditionData, Fate, StepId } from '../journey/table.ts';

export type Scalar = string | number | boolean;
/** The version of these rules. It is an input of each run and raised only when a run continues as new. */
export const rules = 1;
export type Rules = typeof rules;

/** Something that reached this enrolment, numbered 1, 2, 3 … without gaps. */
export interface Delivery {
  readonly number: number;
  readonly at: number;
  readonly body: DeliveryBody;
}
export type DeliveryBody =
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly id: string;
      /** Of the event 'customer': the fields that changed, each `true`. Their values stay where the records are. */
      readonly data: Readonly<Record<string, Scalar>>;
      /** The reply belongs to somebody else's conversation: we stop nudging, and do not answer. */
      readonly unattributed?: true;
    }
  /** A person finished the task that this step opened, or nobody took it; or so its conversation ended ('done': all was asked). */
  | { readonly kind: 'outcome'; readonly of: string; readonly outcome: string }
  /** A touch whose fate was unknown has been settled by a receipt or a look-up. */
  | { readonly kind: 'settled'; readonly touch: string; readonly as: 'sent' | 'failed' }
  | { readonly kind: 'cancel'; readonly by: string }
  /** When it next waits, the run goes on in another version. Only whoever runs it can do that: to the story it is no news. */
  | { readonly kind: 'move'; readonly move: string };

/** What the interpreter pushes. Stale ones (another wait, an old ask, a number already heard) change nothing. */
export type Input =
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  /** The moment of a wait has come. */
  | { readonly kind: 'due'; readonly wait: string }
  /** A place in the customer's budget became free: what is deferred may ask again at once. */
  | { readonly kind: 'freed' }
  | { readonly kind: 'answer'; readonly to: string; readonly answer: Answer };

export type Answer =
  | TouchAnswer
  | { readonly is: 'moment'; readonly at: number }
  /** Where `choose`, `lookUp` and `act` go on: what is no arm of theirs goes on below; of a `lookUp` it is `unsure`. 'done' ends an act. */
  | { readonly is: 'arm'; readonly arm: string }
  /** The task, or the conversation. */
  | { readonly is: 'opened' }
  | { readonly is: 'overtaken'; readonly upTo: number }
  | { readonly is: 'ended' };

export type TouchAnswer =
  | { readonly is: 'sent'; readonly channel: Channel }
  /** It may have gone out. It keeps its place, is never sent again, and the story goes on. */
  | { readonly is: 'unknown'; readonly channel: Channel }
  /** Nothing had to be said: counts as done, costs nothing. */
  | { readonly is: 'needless' }
  /** A person makes it: the customer's task has this touch as a reason, and its outcome ends the step. */
  | { readonly is: 'with-person' }
  | { readonly is: 'deferred'; readonly until: number; readonly because: string; readonly fate: Fate }
  | { readonly is: 'dropped'; readonly because: string }
  /** It certainly did not go out on this channel. */
  | { readonly is: 'failed'; readonly channel: Channel }
  /** Something arrived that we had not heard when we asked. */
  | { readonly is: 'overtaken'; readonly upTo: number }
  | { readonly is: 'withdrawn' };

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
      readonly ladder?: readonly string[];
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
export interface Advanced {
  readonly state: RunState;
  readonly commands: readonly Command[];
}
