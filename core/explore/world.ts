/** One moment on one of the ways a journey can go: the run as the reducer keeps it, and what the rules must know of the past. */
import type { Scalar, StepId } from '../journey/table.ts';
import type { Command } from '../run/commands.ts';
import type { RunState, Wait } from '../run/state.ts';

/** What is not known of somebody is null. */
export type Values = Readonly<Record<string, Scalar | null>>;

export interface World {
  readonly state: RunState;
  readonly now: number;
  /** Asked for by the wait at hand, or by the one beneath an interruption, and not answered yet. */
  readonly asked: readonly Command[];
  /** What has been read of the customer's record: it stays the same for the rest of the way. */
  readonly known: Values;
  readonly past: Past;
}

export interface Past {
  /** Something of ours reached them since they began to wait. */
  readonly heard: boolean;
  /** They came to us by an event after which the policy says that they wait, and nobody of ours has answered. */
  readonly came: boolean;
  /** They began to wait by writing or by such an event, and nothing has surely gone out since: `maxSilence` gives them to a person. */
  readonly floor: boolean;
  /** They wrote, or were lost, and no person has them yet. */
  readonly wantsPerson: boolean;
  /** Reasons of tasks that a person has been told and nobody has ended: 'run/step/visit'. */
  readonly open: readonly string[];
  /** Promises that are neither kept nor spoken of since the customer was told of them. */
  readonly promises: Readonly<Record<StepId, 'untold' | 'told'>>;
  /** Fields that were asked for and not answered, and those that were answered. */
  readonly asked: readonly string[];
  readonly answered: readonly string[];
  /** A touch may have gone out, and nobody knows. */
  readonly unknown: boolean;
  /** By an exit, the goal or our own people, and not where the story ends. */
  readonly left: boolean;
  /** What they wrote last goes to a person, because the run ends with it untaken. */
  readonly handedOver: boolean;
}

export const nothingYet: Past = {
  heard: false,
  came: false,
  floor: false,
  wantsPerson: false,
  open: [],
  promises: {},
  asked: [],
  answered: [],
  unknown: false,
  left: false,
  handedOver: false,
};

export const waits = ({ state, past }: Pick<World, 'state' | 'past'>): boolean =>
  state.customerWaitsSince !== null || past.came;
/** A person of ours has been told of them. */
export const hasPerson = ({ past }: World): boolean => past.open.length > 0;

/** The question that a wait has open, by the name its answer must bear. */
export function questionOf(wait: Wait): string | null {
  switch (wait.for) {
    case 'events':
    case 'time':
      return wait.finding;
    case 'place':
    case 'news':
    case 'conversation':
      return null;
    case 'person':
      return wait.opened ? null : wait.id;
    default:
      return wait.id;
  }
}
export const stepOfReason = (of: string): StepId => of.split('/').at(-2) ?? '';
