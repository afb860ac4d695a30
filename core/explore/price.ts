/** What a journey costs customers and our own people: counted on all ways, at a stated share for each. */
import type { StepId } from '../journey/table.ts';
import { isTouch } from './expected.ts';
import { hasPerson } from './world.ts';
import type { Edge, Moment, Ways } from './ways.ts';

export interface Price {
  readonly steps: number;
  /** The most on one way that comes to no moment twice, and whether a round can add more. */
  readonly touchesWorst: number;
  readonly touchesRepeat: boolean;
  readonly touchesTypical: number;
  readonly humanMinutesTypical: number;
  /** From the beginning until a person is told, on the ways on which one is; null if none is. */
  readonly hoursToPerson: number | null;
  readonly perStep: Readonly<
    Record<StepId, { readonly touches: number; readonly humanMinutes: number; readonly hours: number }>
  >;
}
/** A task that somebody ends. */
const minutesOfTask = 10;

/** How often each happens, beside others: what goes well is usual, what goes wrong is rare. */
const weightOfAnswer: Readonly<Record<string, number>> = {
  ...{ sent: 90, unknown: 1, failed: 2, overtaken: 0, dropped: 2, deferred: 5 },
};
function weight({ move }: Edge): number {
  if (!move) return 1;
  if (move.is === 'answer') return weightOfAnswer[move.answer.is] ?? 10;
  if (move.is === 'event') return move.elsewhere || move.late ? 0 : 10;
  if (move.is === 'outcome') return move.outcome === 'nobody' ? 1 : 10;
  return move.is === 'due' ? 40 : 0;
}
/** The edges that happen, each with its share of all that happens there. */
const sharesOf = ({ out }: Moment): readonly (readonly [Edge, number])[] => {
  const total = out.reduce((sum, edge) => sum + weight(edge), 0);
  return out.flatMap((edge) => (weight(edge) > 0 ? [[edge, weight(edge) / total] as const] : []));
};

export function priceOf({ setting, moments }: Ways): Price {
  const share = new Map<Moment, number>();
  const begins = moments.filter(({ by }) => by === null);
  for (const moment of begins) share.set(moment, 1 / begins.length);
  const perStep: Record<StepId, { touches: number; humanMinutes: number; hours: number }> = {};
  const known = new Map<Moment, readonly (readonly [Edge, number])[]>();
  let [touches, minutes, metAfter, met] = [0, 0, 0, 0];
  let now = new Map([...share].map(([moment, part]) => [moment, { part, hours: 0 }]));
  for (let round = 0; round < 80 && now.size > 0; round += 1) {
    const next = new Map<Moment, { part: number; hours: number }>();
    for (const [moment, { part, hours }] of now) {
      if (part < 1e-4) continue;
      const shares = known.get(moment) ?? sharesOf(moment);
      known.set(moment, shares);
      for (const [edge, each] of shares) {
        const p = part * each;
        const { step } = moment.world.state;
        const own = (perStep[step] ??= { touches: 0, humanMinutes: 0, hours: 0 });
        const took = hoursOf(edge);
        own.hours += p * took;
        if (isTouch(edge)) [touches, own.touches] = [touches + p, own.touches + p];
        const ends =
          edge.move?.is === 'outcome' && edge.move.outcome !== 'nobody' && moment.world.state.wait.for === 'person';
        if (ends) [minutes, own.humanMinutes] = [minutes + p * minutesOfTask, own.humanMinutes + p * minutesOfTask];
        const before = next.get(edge.to) ?? { part: 0, hours: 0 };
        const at = hours + took;
        if (!hasPerson(moment.world) && hasPerson(edge.to.world)) [metAfter, met] = [metAfter + p * at, met + p];
        next.set(edge.to, { part: before.part + p, hours: (before.hours * before.part + at * p) / (before.part + p) });
      }
    }
    now = next;
  }
  const { worst, repeats } = worstOf(moments);
  const steps = Object.values(setting.journey.steps).filter(({ kind }) => kind !== 'end' && kind !== 'resume').length;
  return {
    steps,
    touchesWorst: worst,
    touchesRepeat: repeats,
    touchesTypical: rounded(touches),
    humanMinutesTypical: rounded(minutes),
    hoursToPerson: met > 0 ? rounded(metAfter / met) : null,
    perStep: Object.fromEntries(
      Object.entries(perStep).map(([id, { touches: t, humanMinutes, hours }]) => [
        id,
        { touches: rounded(t), humanMinutes: rounded(humanMinutes), hours: rounded(hours) },
      ]),
    ),
  };
}
const rounded = (n: number): number => Math.round(n * 100) / 100;
function hoursOf({ move, from, to }: Edge): number {
  if (!from || move?.is !== 'due') return 0;
  return (to.world.now - from.world.now) / 3_600_000 > 0 && to.by?.from === from
    ? (to.world.now - from.world.now) / 3_600_000
    : waited(from);
}
const waited = ({ world }: Moment): number =>
  'until' in world.state.wait && world.state.wait.until !== null
    ? Math.max(0, world.state.wait.until - world.now) / 3_600_000
    : 0;

/** The longest way in touches where rounds count once. */
function worstOf(moments: readonly Moment[]): { readonly worst: number; readonly repeats: boolean } {
  const most = new Map<Moment, number>();
  let repeats = false;
  let waiting = moments.filter(({ by }) => by === null);
  for (const moment of waiting) most.set(moment, 0);
  for (let round = 0; round < 60 && waiting.length > 0; round += 1) {
    const next = new Set<Moment>();
    for (const moment of waiting)
      for (const edge of moment.out) {
        const touches = (most.get(moment) ?? 0) + (isTouch(edge) ? 1 : 0);
        if ((most.get(edge.to) ?? -1) >= touches) continue;
        if (touches > 50) {
          repeats = true;
          continue;
        }
        most.set(edge.to, touches);
        next.add(edge.to);
      }
    waiting = [...next];
  }
  return { worst: Math.max(0, ...most.values()), repeats: repeats || waiting.length > 0 };
}

/** "+1.2 touches, 3 h sooner to a person": what a change costs or saves. */
export function comparePrices(before: Price, after: Price): string {
  const touches = rounded(after.touchesTypical - before.touchesTypical);
  const minutes = rounded(after.humanMinutesTypical - before.humanMinutesTypical);
  const sooner =
    before.hoursToPerson !== null && after.hoursToPerson !== null
      ? rounded(before.hoursToPerson - after.hoursToPerson)
      : 0;
  const signed = (n: number): string => (n > 0 ? `+${n}` : String(n));
  const parts = [
    ...(touches === 0 ? [] : [`${signed(touches)} touches`]),
    ...(minutes === 0 ? [] : [`${signed(minutes)} human minutes`]),
    ...(sooner === 0 ? [] : [`${Math.abs(sooner)} h ${sooner > 0 ? 'sooner' : 'later'} to a person`]),
  ];
  return parts.length === 0 ? 'the same price' : parts.join(', ');
}
