/** Plays a run through what happens to it: the inputs that an interpreter would push then, and some that it never should. */
import type { Journey } from '../../../core/journey/table.ts';
import { advance, startRun, type Entered } from '../../../core/run/advance.ts';
import type { Command } from '../../../core/run/commands.ts';
import type { Input } from '../../../core/run/inputs.ts';
import type { RunState, Wait } from '../../../core/run/state.ts';
import { frozen, hour, isAsked, monday, type Asked } from './drive.ts';
import { outcomes, possibleAnswer, reasonsIn, type Happening } from './random-run.ts';
import type { Step } from './verb-rules.ts';

export interface Played {
  /** Null: it has begun. */
  readonly step: Step | null;
  readonly state: RunState;
  readonly commands: readonly Command[];
}

export function* play(
  journey: Journey,
  entered: Entered,
  happenings: readonly Happening[],
  take = advance,
): Generator<Played> {
  let now = monday;
  let { state, commands } = frozen(startRun(journey, entered, now));
  const all: Command[] = [...commands];
  const inputs: Input[] = [];
  yield { step: null, state, commands };

  let over = 0;
  for (const happens of happenings) {
    if (state.ended && ++over > 3) return;
    if (happens.is === 'passes') {
      now += happens.hours * hour;
      continue;
    }
    if (happens.is === 'due' && 'until' in state.wait && state.wait.until !== null && !happens.early)
      now = Math.max(now, state.wait.until);
    if (happens.is === 'onward' && 'until' in state.wait) now = Math.max(now, state.wait.until ?? now);
    const input = frozen(
      happens.is === 'onward'
        ? onward(journey, happens.how, state, all, now)
        : inputFor(happens, journey, state, all, inputs, now),
    );
    if (!input) continue;
    inputs.push(input);
    const before = state;
    ({ state, commands } = frozen(take(journey, before, input, now)));
    all.push(...commands);
    yield { step: { before, input, now, commands }, state, commands };
  }
}

const armsOf = (journey: Journey, command: Asked): readonly string[] =>
  'step' in command ? Object.keys(journey.steps[command.step]?.goes ?? {}) : [];

function onward(
  journey: Journey,
  how: number,
  state: RunState,
  all: readonly Command[],
  now: number,
): Input | undefined {
  const { wait } = state;
  const asked = all.filter(isAsked).find(({ id }) => id === nameOf(wait));
  if (asked && !(wait.for === 'person' && wait.opened))
    return {
      kind: 'answer',
      to: asked.id,
      answer: possibleAnswer(asked, how, state.heard, now, armsOf(journey, asked)),
    };
  if (wait.for !== 'person' && wait.for !== 'conversation') return { kind: 'due', wait: wait.id };
  const likely = [...Object.keys(journey.steps[state.step]?.goes ?? {}), ...outcomes];
  const body = { kind: 'outcome', of: wait.of, outcome: likely[how % likely.length] ?? '' } as const;
  return { kind: 'delivery', delivery: { number: state.heard + 1, at: now, body } };
}

function inputFor(
  happens: Exclude<Happening, { is: 'passes' | 'onward' }>,
  journey: Journey,
  state: RunState,
  all: readonly Command[],
  inputs: readonly Input[],
  now: number,
): Input | undefined {
  const deliver = (body: Extract<Input, { kind: 'delivery' }>['delivery']['body']): Input => ({
    kind: 'delivery',
    delivery: { number: state.heard + 1, at: now, body },
  });
  switch (happens.is) {
    case 'answer': {
      const asked = all.filter(isAsked);
      const command = asked.at(-1 - happens.nth);
      return (
        command && {
          kind: 'answer',
          to: command.id,
          answer: possibleAnswer(command, happens.how, state.heard, now, armsOf(journey, command)),
        }
      );
    }
    case 'beneath': {
      if (!state.interrupted) return undefined;
      const { wait, step } = state.interrupted;
      return wait.for !== 'place' && wait.for !== 'events' && wait.for !== 'time'
        ? onward(journey, happens.how, { ...state, step, wait }, all, now)
        : undefined;
    }
    case 'interrupts': {
      const names = Object.keys(journey.anyTime);
      const event = names[happens.nth % names.length] ?? '';
      return deliver({ kind: 'event', event, id: `e${state.heard + 1}`, data: {} });
    }
    case 'event': {
      const { event, unattributed } = happens;
      const data =
        event === 'customer'
          ? { [happens.startsAt % 3 === 0 ? 'plan' : 'renewsOn']: true }
          : { startsAt: new Date(monday + happens.startsAt * hour).toISOString() };
      return deliver({
        kind: 'event',
        event,
        id: `e${state.heard + 1}`,
        data,
        ...(unattributed ? { unattributed } : {}),
      });
    }
    case 'outcome': {
      const of = reasonsIn(all).at(-1 - happens.nth);
      return of === undefined ? undefined : deliver({ kind: 'outcome', of, outcome: happens.outcome });
    }
    case 'settled':
      return deliver({ kind: 'settled', touch: 'R/touch-1/1', as: 'failed' });
    case 'cancel':
      return deliver({ kind: 'cancel', by: 'ops' });
    case 'due':
      return { kind: 'due', wait: state.wait.id };
    case 'freed':
      return { kind: 'freed' };
    case 'again':
      return inputs.at(-1 - happens.nth);
    case 'garbage':
      return happens.input;
  }
}
export const nameOf = (wait: Wait): string | null =>
  isTimed(wait) ? wait.finding : wait.for === 'place' || wait.for === 'news' ? null : wait.id;
export const isTimed = (wait: Wait): wait is Extract<Wait, { for: 'events' | 'time' }> =>
  wait.for === 'events' || wait.for === 'time';
