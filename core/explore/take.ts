/** Carries out what happens next: by the reducer that runs in production, at an instant of the way's own clock. */
import { hourMs, minuteMs } from '../calendar/zone.ts';
import { plainMs, readSpan } from '../journey/phrases.ts';
import type { Scalar, StepId } from '../journey/table.ts';
import { advance, startRun } from '../run/advance.ts';
import type { Advanced, Command } from '../run/commands.ts';
import type { Answer, DeliveryBody, Input } from '../run/inputs.ts';
import type { RunState } from '../run/state.ts';
import { bornKnown, dataOf, datedIn } from './dates.ts';
import { lastsAtHand } from './durations.ts';
import type { Move, Said } from './move.ts';
import { pastAfter, waitsAfter } from './past.ts';
import type { Setting } from './setting.ts';
import { after, momentOf, type Lasts } from './times.ts';
import { nothingYet, questionOf, type Values, type World } from './world.ts';

export interface Taken {
  readonly world: World;
  /** When it happened; `world.now` is the same instant. */
  readonly at: number;
  readonly commands: readonly Command[];
  readonly passed: readonly StepId[];
  /** What went in, for asking it again. */
  readonly input: Input | null;
  /** How long it may have taken until this happened: null is no time at all, `exactly` all of it. */
  readonly most: Lasts | null;
  readonly exactly: boolean;
}
/** At once, or at the last moment at which it still can be. */
export type When = 'soon' | 'late';

export interface Beginning {
  readonly at: number;
  readonly customer: string;
  readonly entry: Extract<Move, { is: 'event' }> | null;
}

export function begin(setting: Setting, { at, customer, entry }: Beginning): Taken {
  const { journey } = setting;
  const known = bornKnown(setting, at);
  const event = entry ? { event: { name: entry.event, data: dataOf(setting, entry, at) } } : {};
  const next = startRun(journey, { run: 'R', customer, ...event }, at);
  const came = entry !== null && waitsAfter(setting, entry.event);
  const past = { ...nothingYet, came, floor: came };
  const before: World = { state: next.state, now: at, asked: [], known, past };
  return taken(setting, { ...before, state: { ...next.state, visits: {} } }, null, null, next, at, null, true);
}

export function take(setting: Setting, world: World, move: Move, when: When): Taken {
  const lasts = lastsAtHand(setting, world);
  const isLate = move.is === 'event' && move.late;
  const exactly = isLate || move.is === 'due' || (move.is === 'outcome' && isInVain(move.outcome));
  const isRange = move.is === 'event' || move.is === 'outcome' || move.is === 'freed';
  const waited = move.is === 'answer' || move.is === 'settled' ? null : lasts;
  const at = instantOf(setting, world, move, exactly || (isRange && when === 'late') ? waited : null);
  const input = inputOf(setting, world, move, at);
  const before = withCustomers(setting, world, move, at);
  const next = advance(setting.journey, before.state, input, at);
  return taken(setting, before, move, input, next, at, waited, exactly);
}
/** Nobody took it, or nobody said anything: that takes all the time there is. */
const isInVain = (outcome: string): boolean => outcome === 'nobody' || outcome === 'silence' || outcome === 'missed';

function instantOf(setting: Setting, { state, now }: World, move: Move, waited: Lasts | null): number {
  if (move.is === 'due') return 'until' in state.wait ? Math.max(now, state.wait.until ?? now) : now;
  if (waited === null) return now;
  const until = 'until' in state.wait && state.wait.until !== null ? state.wait.until : after(setting, now, waited);
  return Math.max(now, move.is === 'outcome' && isInVain(move.outcome) ? until : until - minuteMs);
}

function taken(
  setting: Setting,
  before: World,
  move: Move | null,
  input: Input | null,
  { state, commands }: Advanced,
  at: number,
  most: Lasts | null,
  exactly: boolean,
): Taken {
  const open = [state.wait, ...(state.interrupted ? [state.interrupted.wait] : [])].map(questionOf);
  const asked = [...before.asked, ...commands].filter((command) => 'id' in command && open.includes(command.id));
  const sets = move?.is === 'answer' ? datedIn(setting, move.sets, at) : {};
  const world = { state, now: at, asked, known: { ...before.known, ...sets }, past: before.past };
  const passed = Object.keys(state.visits).filter((id) => state.visits[id] !== before.state.visits[id]);
  const past = pastAfter(setting, before, move, input, { state, commands });
  return { world: { ...world, past }, at, commands, passed, input, most, exactly };
}

/** A change of the customer's own date is told as an event, and the record has it already. */
function withCustomers(setting: Setting, world: World, move: Move, at: number): World {
  if (move.is !== 'event' || move.event !== 'customer') return world;
  return { ...world, known: { ...world.known, ...datedIn(setting, move.dates, at) } };
}
function inputOf(setting: Setting, world: World, move: Move, at: number): Input {
  const { state } = world;
  const deliver = (body: DeliveryBody): Input => ({
    kind: 'delivery',
    delivery: { number: state.heard + 1, at, body },
  });
  switch (move.is) {
    case 'due':
      return { kind: 'due', wait: state.wait.id };
    case 'freed':
      return { kind: 'freed' };
    case 'settled':
      return deliver({ kind: 'settled', touch: 'R/unknown/1', as: 'failed' });
    case 'event': {
      const unattributed = move.elsewhere ? { unattributed: true as const } : {};
      const id = `e${state.heard + 1}`;
      return deliver({ kind: 'event', event: move.event, id, data: dataOf(setting, move, at), ...unattributed });
    }
    case 'outcome': {
      const { wait } = state;
      const of = wait.for === 'person' || wait.for === 'conversation' ? wait.of : '';
      return deliver({ kind: 'outcome', of, outcome: move.outcome });
    }
    case 'answer': {
      const wait = waitAt(state, move.to);
      const to = (wait && questionOf(wait)) ?? '';
      return {
        kind: 'answer',
        to,
        answer: answerOf(setting, world, move.answer, to, move.to === 'beneath', move.sets, at),
      };
    }
  }
}
const waitAt = ({ wait, interrupted }: RunState, to: 'hand' | 'beneath') => (to === 'hand' ? wait : interrupted?.wait);

function answerOf(
  setting: Setting,
  world: World,
  said: Said,
  to: string,
  isBeneath: boolean,
  sets: Values,
  at: number,
): Answer {
  const command = world.asked.find((asked) => 'id' in asked && asked.id === to);
  switch (said.is) {
    case 'moment':
      return { is: 'moment', at: momentFor(setting, world, command, datedIn(setting, sets, at)) ?? at };
    case 'overtaken':
      return { is: 'overtaken', upTo: isBeneath ? world.state.heard : world.state.heard + 1 };
    case 'with-person':
      return { is: 'with-person' };
    case 'sent':
      return command?.do === 'converse' ? { is: 'opened' } : said;
    case 'deferred': {
      const touch = command?.do === 'touch' || command?.do === 'converse' ? command.touch : undefined;
      const fate = touch?.fate ?? 'drop';
      const most = typeof fate === 'object' && fate.fate === 'wait' ? readSpan(fate.atMost) : null;
      const morning = momentOf(setting, 'next 08:00', setting.journey.team, at) ?? at;
      const until = said.because === 'budget' ? (touch?.since ?? at) + ((most && plainMs(most)) ?? hourMs) : morning;
      return { is: 'deferred', until: Math.max(at, until), because: said.because, fate };
    }
    default:
      return said;
  }
}

/** A date that nobody knows cannot be waited for: the wait is over at once, as it is when it runs. */
function momentFor(
  { journey, moments, ...setting }: Setting,
  world: World,
  command: Command | undefined,
  sets: Values,
): number | null {
  if (command?.do !== 'find-moment') return null;
  const ofCustomer = { ...world.known, ...sets };
  const fields = Object.fromEntries([
    ...Object.entries(ofCustomer).filter(([path]) => path.startsWith('customer.')),
    ...Object.entries(command.facts).flatMap(([event, data]) =>
      Object.entries(data).map(([field, value]): [string, Scalar] => [`${event}.${field}`, value]),
    ),
  ]);
  return momentOf({ ...setting, journey, moments }, command.said, command.team, command.from, fields);
}
