/** Everything that can happen next on a way. */
import { own } from '../run/draft.ts';
import type { TableStep } from '../journey/table-steps.ts';
import type { Wait } from '../run/state.ts';
import { answersTo } from './answers.ts';
import { lastsOf } from './durations.ts';
import { mostHeld } from './left-out.ts';
import type { Dated, Move, Where } from './move.ts';
import { remembered } from './remembered.ts';
import { pathsRead, type Setting } from './setting.ts';
import { combinations } from './values.ts';
import { questionOf, stepOfReason, type World } from './world.ts';

/**
 * What comes for a story that is interrupted is kept by the reducer until the story is taken up, so it is let come then. Only what changes
 * who has the customer meanwhile comes at once.
 */
export function possibleMoves(setting: Setting, world: World): readonly Move[] {
  const { state } = world;
  if (state.ended) return [];
  return [
    ...answered(setting, world, state.wait, 'hand'),
    ...(state.interrupted ? answered(setting, world, state.interrupted.wait, 'beneath').filter(givesToPerson) : []),
    ...(isTimed(state.wait) ? [{ is: 'due' } as const] : []),
    ...(state.wait.for === 'place' ? [{ is: 'freed' } as const] : []),
    ...decided(setting, state.wait),
    ...arriving(setting, world),
    ...(world.past.unknown ? [{ is: 'settled' } as const] : []),
  ];
}
const givesToPerson = (move: Move): boolean =>
  move.is === 'answer' && (move.answer.is === 'with-person' || move.answer.is === 'opened');

const isTimed = (wait: Wait): boolean => 'until' in wait && wait.until !== null;

function answered(setting: Setting, world: World, wait: Wait, to: Where): readonly Move[] {
  const question = questionOf(wait);
  const command = world.asked.find((asked) => 'id' in asked && asked.id === question);
  if (!command) return [];
  return answersTo(setting, world, command).map(({ answer, sets }): Move => ({ is: 'answer', to, answer, sets }));
}

/** By a person, or by what became of a conversation. */
function decided({ journey }: Setting, wait: Wait): readonly Move[] {
  const outcome = (said: string): Move => ({ is: 'outcome', outcome: said });
  if (wait.for === 'conversation') {
    const step = own(journey.steps, stepOfReason(wait.of));
    const done = step?.kind === 'ask' ? ['done'] : [];
    return [...done, ...Object.keys(step?.goes ?? {})].map(outcome);
  }
  if (wait.for !== 'person' || !wait.opened) return [];
  const step = own(journey.steps, stepOfReason(wait.of));
  return outcomesOf(step).map(outcome);
}
/** A touch that a person makes is done or was not needed. */
export const outcomesOf = (step: TableStep | undefined): readonly string[] =>
  step?.kind === 'escalate' ? Object.keys(step.goes) : ['done', 'nobody'];

function arriving(setting: Setting, world: World): readonly Move[] {
  const { state } = world;
  const isOver = state.wait.for === 'end' && !state.silence;
  if (isOver || state.held.length >= mostHeld) return [];
  // What would have to wait for an interruption to end is let come when it has ended.
  const queues = (event: string): boolean =>
    state.interrupted !== null &&
    own(setting.journey.anyTime, event) !== undefined &&
    !isListenedFor(setting, world, event);
  const moves = setting.heard.filter((event) => !queues(event)).flatMap((event) => eventsOf(setting, event));
  const elsewhere = setting.heard.includes('customer-replied')
    ? [{ is: 'event', event: 'customer-replied', data: {}, dates: {}, elsewhere: true, late: false } as const]
    : [];
  return [
    ...moves,
    // An interruption of a wait may also come when that is as good as over.
    ...moves.filter((move) => isWorthWaitingFor(setting, world, move)).map((move) => ({ ...move, late: true })),
    ...elsewhere,
  ];
}

const isListenedFor = ({ journey }: Setting, { state }: World, event: string): boolean => {
  const step = journey.steps[state.step];
  const joins = event === 'customer-replied' || event === 'we-answered';
  return joins || (step?.kind === 'listen' && own<string>(step.goes, event) !== undefined);
};
type Arriving = Extract<Move, { is: 'event' }>;
function isWorthWaitingFor(setting: Setting, { state, now }: World, { event }: Arriving): boolean {
  if (own(setting.journey.anyTime, event) === undefined || state.interrupted) return false;
  const timed = state.wait.for === 'events' || state.wait.for === 'time';
  const lasts = timed ? lastsOf(setting, state.wait, state.step, now) : null;
  return lasts !== null && !('ms' in lasts && lasts.ms === 0);
}

/** One event, in every way that makes a difference. */
export const eventsOf = remembered(reckon);

function reckon(setting: Setting, event: string): readonly Arriving[] {
  const root = `${event}.`;
  const paths = setting.reads
    .flatMap(({ condition }) => pathsRead(condition))
    .filter((path) => path.startsWith(root) && event !== 'customer');
  const dated = [...setting.moments].filter((path) => path.startsWith(root));
  const dates = dated.reduce<readonly Readonly<Record<string, Dated>>[]>(
    (some, path) =>
      some.flatMap((said) => [
        { ...said, [path]: 'far' as const },
        { ...said, [path]: 'near' as const },
      ]),
    [{}],
  );
  return combinations(setting, paths).flatMap((data) =>
    dates.map((said) => ({ is: 'event', event, data, dates: said, elsewhere: false, late: false }) as const),
  );
}
