/** What must hold of repeats, conversations, draws, other systems and moved dates, after each input of a random run. */
import { readMoment } from '../../../core/journey/phrases.ts';
import type { TableStep } from '../../../core/journey/table-steps.ts';
import type { Journey } from '../../../core/journey/table.ts';
import type { Command } from '../../../core/run/commands.ts';
import type { Input } from '../../../core/run/inputs.ts';
import type { RunState, Wait } from '../../../core/run/state.ts';

/** Plain comparisons: an `expect` for each of a hundred thousand states takes longer than all the rest. */
export function must(holds: boolean, what: string, ...where: readonly unknown[]): void {
  if (!holds) throw new Error([what, ...where.map((value) => JSON.stringify(value))].join('\n'));
}
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export interface Step {
  readonly before: RunState;
  readonly input: Input;
  readonly now: number;
  readonly commands: readonly Command[];
}
/** How often what is asserted was met. */
export const met = {
  ...{ rounds: 0, roundsBeneath: 0, roundsTakenBack: 0, turns: 0, turnsBeneath: 0, perhapsTurns: 0, openedBeneath: 0 },
  ...{ actBeneath: 0, moved: 0, movedBeneath: 0, customerMoved: 0 },
  ...{ split: 0, remind: 0, 'look-up': 0, act: 0, converse: 0 },
};

export const opensConversation = (journey: Journey, wait: Wait): boolean =>
  wait.for === 'touch' &&
  ['ask', 'answer', 'offerCall'].includes(journey.steps[wait.touch.id.split('/')[1] ?? '']?.kind ?? '');

export function keepsRulesOfVerbs(journey: Journey, { before, input, commands }: Step, state: RunState): void {
  for (const command of commands) if (command.do in met) met[command.do as keyof typeof met] += 1;
  must(!('customer' in state.facts), 'What the record says has no place in a history', state.facts);
  roundsFit(journey, state);
  if (before.silence?.repeats && state.wait.id === before.silence.wait.id) {
    met.roundsTakenBack += 1;
    must(same(state.repeats, before.silence.repeats), 'It listens again in another round', before, state);
  }
  repliesAreTurns(journey, before, input, commands, state);
  movedDatesAreFollowed(journey, before, input, state);
  const beneath = before.interrupted;
  if (input.kind === 'answer' && state.interrupted?.result && beneath && !beneath.result)
    if (journey.steps[beneath.step]?.kind === 'act') met.actBeneath += 1;
}

/** A run counts the rounds of the repeats it stands in, of all of them and of no others; a story that is interrupted keeps its own. */
function roundsFit(journey: Journey, { step, repeats = {}, interrupted, silence }: RunState): void {
  const fits = (at: string, counted: NonNullable<RunState['repeats']>, whose: string): void => {
    const around = (journey.steps[at]?.inside ?? []).filter((name) => journey.steps[name]?.kind === 'repeat');
    const isRepeat = journey.steps[at]?.kind === 'repeat';
    const names = Object.keys(counted);
    must(
      around.every((name) => names.includes(name)),
      `${whose} has lost count`,
      at,
      counted,
    );
    must(
      names.every((name) => around.includes(name) || (isRepeat && name === at)),
      `${whose} counts on`,
      at,
      counted,
    );
    for (const [name, { round }] of Object.entries(counted)) {
      const repeat = journey.steps[name];
      must(repeat?.kind === 'repeat' && round >= 1 && round <= repeat.times, `${whose} is in no such round`, counted);
      if (round > 1) met[whose === 'The story beneath' ? 'roundsBeneath' : 'rounds'] += 1;
    }
  };
  fits(step, repeats, 'The story');
  if (interrupted) fits(interrupted.step, interrupted.repeats ?? {}, 'The story beneath');
  if (silence) fits(silence.step, silence.repeats ?? {}, 'The silence');
}

/** While a conversation is open a reply does nothing; while it is being opened it is held, until that is known. */
function repliesAreTurns(
  journey: Journey,
  before: RunState,
  input: Input,
  commands: readonly Command[],
  state: RunState,
): void {
  const beneath = before.interrupted;
  if (input.kind === 'answer' && state.interrupted?.wait.for === 'conversation')
    if (beneath && opensConversation(journey, beneath.wait)) {
      met.openedBeneath += 1;
      must(state.queued['customer-replied'] === undefined, 'A turn waits to interrupt', state);
    }
  if (input.kind !== 'delivery' || input.delivery.number !== before.heard + 1 || before.ended) return;
  const { body } = input.delivery;
  if (body.kind !== 'event' || body.event !== 'customer-replied' || body.unattributed) return;
  const isOpen = before.wait.for === 'conversation' || beneath?.wait.for === 'conversation';
  const isDecided = before.silence !== null && before.wait.for !== 'conversation';
  if (isOpen && !isDecided && before.wait.for !== 'news') {
    met[before.wait.for === 'conversation' ? 'turns' : 'turnsBeneath'] += 1;
    const taken = { ...before, heard: state.heard, facts: state.facts };
    must(commands.length === 0 && same(taken, state), 'A turn of a conversation moved the run', before, state);
  } else if (opensConversation(journey, before.wait)) {
    met.perhapsTurns += 1;
    must(
      state.held.some(({ number }) => number === state.heard),
      'What may be a turn was taken',
      before,
      state,
    );
    must(same(state.wait, before.wait), 'What may be a turn moved the run', before, state);
  }
}

/** Whoever waits for a moment that is told anew finds it anew, also beneath an interruption. */
function movedDatesAreFollowed(journey: Journey, before: RunState, input: Input, state: RunState): void {
  if (input.kind !== 'delivery' || input.delivery.number !== before.heard + 1 || before.ended) return;
  const { body } = input.delivery;
  if (body.kind !== 'event' || body.unattributed) return;
  const follows = (id: string): boolean => {
    const step = journey.steps[id];
    return step !== undefined && 'follows' in step && step.follows === body.event && changes(step, body);
  };
  const moved = (was: Wait, is: Wait | undefined, step: string, how: 'moved' | 'movedBeneath'): void => {
    if (!('finding' in was) || !is || !('finding' in is) || is.id !== was.id || !follows(step)) return;
    met[how] += 1;
    if (body.event === 'customer') met.customerMoved += 1;
    must(is.finding !== null && is.asked > was.asked && is.until === null, 'It waits for what has moved', was, is);
  };
  moved(before.wait, state.wait, before.step, 'moved');
  const beneath = before.interrupted;
  if (beneath && !before.silence) moved(beneath.wait, state.interrupted?.wait, beneath.step, 'movedBeneath');
}
function changes(
  step: TableStep,
  { event, data }: { event: string; data: Readonly<Record<string, unknown>> },
): boolean {
  if (event !== 'customer') return true;
  const moment = readMoment('until' in step ? step.until : '');
  return moment !== null && 'field' in moment && moment.field.slice('customer.'.length) in data;
}
