/**
 * Whether a run that waits can go on in another version of its journey, and as what. A step goes on where it is if the new version has one of
 * its name (or the one it is mapped to) and of its kind; a step that is mapped to one of another kind is given up, and that one begins.
 * Whatever is in doubt is refused: the run then stays where it is, with everything it was published with.
 */
import type { TableStep } from '../journey/table-steps.ts';
import type { Journey, StepId } from '../journey/table.ts';
import type { StepMap } from '../journey/diff/leads.ts';
import { isConversation, own } from './draft.ts';
import type { Heard, Interrupted, Place, Repeats, RunState, TimedWait, Wait } from './state.ts';

export type { StepMap } from '../journey/diff/leads.ts';

/** What the new version's run begins with; `land` goes on from it. */
export interface Landing {
  readonly state: RunState;
  /** What was waited for is given up, and this step begins. Null: the wait goes on. */
  readonly enter: StepId | null;
  /** Waits whose time the new version says otherwise: it is reckoned anew, from the same beginning. */
  readonly reckon: readonly ('own' | 'beneath')[];
}
export type Moved = ({ readonly ok: true } & Landing) | { readonly ok: false; readonly because: string };

export interface Moving {
  readonly from: Journey;
  readonly to: Journey;
  readonly map: StepMap;
  readonly now: number;
}

class Stays extends Error {}
const stays = (because: string): never => {
  throw new Stays(because);
};

export function moveState(moving: Moving, state: RunState): Moved {
  try {
    return { ok: true, ...landing(moving, state) };
  } catch (error) {
    if (error instanceof Stays) return { ok: false, because: error.message };
    throw error;
  }
}

function landing(moving: Moving, state: RunState): Landing {
  if (state.ended) stays('It has ended.');
  if (state.held.length > 0 || !isParked(state.wait)) stays(`At '${state.step}' something is under way.`);
  const { to } = moving;
  const step = target(moving, state.step);
  const enter = isEntered(moving, state, step) ? step : null;
  const isOut = mustStandWhere(moving, [state.step, step], state.interrupted?.by ?? null, enter !== null);
  // A jump out of an interruption gives up what it interrupted, as it is.
  const beneath = state.interrupted && !isOut ? carriedBeneath(moving, state.interrupted, state.visits) : null;
  const interrupted = isOut ? state.interrupted : (beneath?.place ?? null);
  const common = { ...state, ...sorted(to, state), interrupted, visits: beneath?.visits ?? state.visits };
  const beneathAnew = beneath?.reckon ? (['beneath'] as const) : [];
  if (enter !== null) {
    const repeats = repeatsOf(moving, state, step);
    return { state: { ...common, repeats, silence: null }, enter, reckon: beneathAnew };
  }
  const { place, visits, reckon } = carried(moving, state, common.visits);
  const silence = state.silence && listened(moving, state.silence);
  return {
    state: { ...common, ...place, repeats: place.repeats ?? {}, visits, silence },
    enter: null,
    reckon: [...(reckon ? (['own'] as const) : []), ...beneathAnew],
  };
}

/** Nothing is asked for whose answer is still out. */
const isParked = (wait: Wait): boolean =>
  isTimed(wait)
    ? wait.until !== null
    : wait.for === 'person'
      ? wait.opened
      : wait.for === 'place' || wait.for === 'conversation';

/** Mapped to a step of another kind, or a repeat, which reckons its rounds anew whenever it is entered. */
const isEntered = (moving: Moving, place: Place, to: StepId): boolean =>
  (own(moving.map, place.step) !== undefined && !goesOn(moving, place, to)) || isRepeat(moving, place, to);

/** The step of the new version that this one leads to. */
function target({ to, map }: Moving, from: StepId): StepId {
  const said = own(map, from);
  const id = said ?? from;
  const step = own(to.steps, id);
  if (!step)
    return stays(said === undefined ? `Its step '${from}' is not there any more.` : `There is no step '${id}'.`);
  if (step.kind === 'resume') return stays(`'${id}' is no place to begin.`);
  return id;
}

const stepIn = (journey: Journey, id: StepId): TableStep => {
  const step = own(journey.steps, id);
  if (!step) throw new Error(`Journey '${journey.name}' has no step '${id}'`);
  return step;
};
const isRepeat = ({ from, to }: Moving, { step, wait }: Place, target: StepId): boolean =>
  wait.for === 'time' && stepIn(from, step).kind === 'repeat' && stepIn(to, target).kind === 'repeat';

/** Whether the wait at hand is one that the new step could have begun itself. */
function goesOn({ from, to }: Moving, { step, wait }: Place, id: StepId): boolean {
  const [was, is] = [stepIn(from, step), stepIn(to, id)];
  if (was.kind !== is.kind) return false;
  switch (wait.for) {
    case 'events':
      return is.kind === 'listen' && isParked(wait);
    case 'time':
      return is.kind === 'pause' && isParked(wait);
    case 'person':
      return isParked(wait);
    // The touch is known by its step: under another name it is another touch.
    case 'place':
    case 'conversation':
      return step === id;
    default:
      return false;
  }
}

interface Carried {
  readonly place: Place;
  readonly visits: RunState['visits'];
  readonly reckon: boolean;
}
/** A wait and where it stands, told in the new version's names. */
function carried(moving: Moving, place: Place, visits: RunState['visits']): Carried {
  const { from, to } = moving;
  const id = target(moving, place.step);
  const [was, is] = [stepIn(from, place.step), stepIn(to, id)];
  if (was.kind !== is.kind)
    stays(`'${id}' is another kind of step (${is.kind} instead of ${was.kind}): map it to where they should go on.`);
  if (!goesOn(moving, place, id)) stays(`At '${place.step}' something is under way (${place.wait.for}).`);
  if (place.wait.for === 'person' || place.wait.for === 'conversation') mustKnowChoices(was, is, id);
  const isRenamed = id !== place.step;
  const visit = (visits[id] ?? 0) + 1;
  const wait = isTimed(place.wait) && isRenamed ? { ...place.wait, id: `${id}/${visit}` } : place.wait;
  const repeats = repeatsOf(moving, place, id);
  return {
    place: { step: id, wait: withFate(wait, was, is), ...(Object.keys(repeats).length > 0 ? { repeats } : {}) },
    visits: isRenamed ? { ...visits, [id]: visit } : visits,
    reckon: isTimed(wait) && saidTime(was, from) !== saidTime(is, to),
  };
}

const isTimed = (wait: Wait): wait is TimedWait => wait.for === 'events' || wait.for === 'time';
/** A business time also depends on whose calendar it is counted. */
const saidTime = (step: TableStep, { team }: Journey): string => ('until' in step ? `${step.until} / ${team}` : '');

/** What is left of a touch's fate counts on, unless the new version says another. */
function withFate(wait: Wait, was: TableStep, is: TableStep): Wait {
  if (wait.for !== 'place' || !('fate' in was) || !('fate' in is)) return wait;
  const isSame = JSON.stringify(was.fate) === JSON.stringify(is.fate);
  return isSame ? wait : { ...wait, touch: { ...wait.touch, fate: is.fate } };
}

/** The person sees the buttons that were there when they were asked. */
function mustKnowChoices(was: TableStep, is: TableStep, id: StepId): void {
  const unknown = Object.keys(was.goes ?? {}).filter((choice) => own<StepId>(is.goes ?? {}, choice) === undefined);
  if (unknown.length > 0) stays(`It may still come to '${unknown.join("' or '")}', which '${id}' has no way for.`);
}

/**
 * An interruption is one of the story's own: its steps lead back to where it found the story. A jump into one is where it was written, and
 * no move makes one. True: this is a jump out of the interruption.
 */
function mustStandWhere(
  { from, to }: Moving,
  [was, id]: readonly [StepId, StepId],
  by: string | null,
  isEntered: boolean,
): boolean {
  const place = interruptionAround(to, id);
  if (place === (by === null ? null : `anyTime:${by}`)) return false;
  if (by === null && place === interruptionAround(from, was)) return false;
  if (place === null && isEntered) return true;
  return stays(
    by === null ? `'${id}' stands within an interruption.` : `'${id}' does not stand within the interruption by ${by}.`,
  );
}
const interruptionAround = (journey: Journey, id: StepId): string | null =>
  (stepIn(journey, id).inside ?? []).find((name) => name.startsWith('anyTime:')) ?? null;

/** What an interruption will lead back to has to go on: nobody is there to begin it anew. */
function carriedBeneath(
  moving: Moving,
  under: Interrupted,
  before: RunState['visits'],
): Carried & { readonly place: Interrupted } {
  const { by, silence, result, ...place } = under;
  const listens = silence && listened(moving, silence);
  const rest = { by, silence: listens, ...(result ? { result } : {}) };
  const id = target(moving, place.step);
  mustStandWhere(moving, [place.step, id], null, false);
  // What it asked for is answered already, and the answer waits: it counts in the step of the same name.
  if (result && !isParked(place.wait)) {
    const isSame = id === place.step && stepIn(moving.from, id).kind === stepIn(moving.to, id).kind;
    if (!isSame || isConversation(stepIn(moving.to, id)))
      stays(`Beneath the interruption by ${by} '${place.step}' has an answer that nobody has taken.`);
    return { place: { ...place, ...rest }, visits: before, reckon: false };
  }
  const { place: landed, visits, reckon } = carried(moving, place, before);
  return { place: { ...landed, ...rest }, visits, reckon };
}

/** A silence that may still be taken back leads back to a step that listens. */
function listened(moving: Moving, silence: Place): Place {
  const id = target(moving, silence.step);
  if (stepIn(moving.to, id).kind !== 'listen')
    stays(`The silence at '${silence.step}' may still be taken back, and '${id}' does not listen.`);
  const repeats = repeatsOf(moving, silence, id);
  return { step: id, wait: silence.wait, ...(Object.keys(repeats).length > 0 ? { repeats } : {}) };
}

/** The rounds of every repeat that the step stands in; one that it did not stand in before begins. */
function repeatsOf({ to, map, now }: Moving, { repeats: before = {} }: Pick<Place, 'repeats'>, id: StepId): Repeats {
  const renamed: Repeats = Object.fromEntries(
    Object.entries(before).map(([repeat, rounds]) => [own(map, repeat) ?? repeat, rounds]),
  );
  const around = [...(stepIn(to, id).inside ?? []), id].filter((name) => own(to.steps, name)?.kind === 'repeat');
  return Object.fromEntries(
    around.flatMap((repeat) => {
      const rounds = own(renamed, repeat);
      return rounds || repeat !== id ? [[repeat, rounds ?? { round: 1, since: now }] as const] : [];
    }),
  );
}

/** What waits to interrupt and interrupts nothing any more was heard all the same. */
function sorted(to: Journey, { queued, kept }: RunState): Pick<RunState, 'queued' | 'kept'> {
  const still = (heard: Heard): boolean => own(to.anyTime, heard.event) !== undefined;
  const others = Object.values(queued).filter((heard) => !still(heard));
  return {
    queued: Object.fromEntries(Object.entries(queued).filter(([, heard]) => still(heard))),
    kept: [...kept.filter((heard) => !others.some(({ event }) => event === heard.event)), ...others],
  };
}
