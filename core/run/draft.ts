/** The working copy of a run's state while one input is taken. It never leaves `advance`, which is pure from outside. */
import type { ConversationStep } from '../journey/table-conversations.ts';
import type { ListenStep, TableStep } from '../journey/table-steps.ts';
import type { Journey, StepId } from '../journey/table.ts';
import type { Advanced, Command } from './commands.ts';
import type { Place, RunState } from './state.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export interface Draft extends Mutable<RunState> {
  readonly journey: Journey;
  readonly now: number;
  readonly commands: Command[];
}
/** Where to go on, or null: the run waits. */
export type Move = StepId | null;

export const draftOf = (journey: Journey, state: RunState, now: number): Draft => ({
  ...state,
  journey,
  now,
  commands: [],
});

export function finished({ journey: _, now: __, commands, ...state }: Draft): Advanced {
  return { state, commands };
}

/** The definition is checked when it is published: a step that is not there is our own bug. */
export function stepOf(d: Draft, id: StepId = d.step): TableStep {
  const step = d.journey.steps[id];
  if (!step) throw new Error(`Journey '${d.journey.name}' has no step '${id}'`);
  return step;
}

/** Names come from outside: 'constructor' must find nothing. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export function armOf(d: Draft, outcome: string): StepId {
  const step = stepOf(d);
  return own(step.goes ?? {}, outcome) ?? step.next ?? 'end:finished';
}

/** Where it stands and what it waits for, to come back to. */
export const placeOf = ({ step, wait, repeats = {} }: Draft): Place => ({
  step,
  wait,
  ...(Object.keys(repeats).length > 0 ? { repeats } : {}),
});
export function goBackTo(d: Draft, { step, wait, repeats = {} }: Place): void {
  d.step = step;
  d.wait = wait;
  d.repeats = repeats;
}

export const isConversation = (step: TableStep | undefined): step is ConversationStep =>
  step?.kind === 'ask' || step?.kind === 'answer' || step?.kind === 'offerCall';

export const listensFor = (step: ListenStep, event: string): StepId | undefined =>
  event === 'silence' ? undefined : own<StepId>(step.goes, event);

export const countsOf = (d: Draft) => ({ failures: d.failures, touches: d.touches, silences: d.silences });
export const visitOf = (d: Draft): number => d.visits[d.step] ?? 1;
/** 'run/step/visit': the id of a touch, a task's reason, a promise. */
export const derivedId = (d: Draft): string => `${d.run}/${d.step}/${visitOf(d)}`;
export const waitId = (d: Draft, suffix = ''): string => `${d.step}/${visitOf(d)}${suffix}`;
