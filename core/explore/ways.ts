/** All ways a journey can go: moments as nodes, what happens as edges. The nearest way to each is kept. */
import { holds, valuesRead } from '../journey/holds.ts';
import type { StepId } from '../journey/table.ts';
import { advance } from '../run/advance.ts';
import type { RunState } from '../run/state.ts';
import { eventsOf, possibleMoves } from './happenings.ts';
import { keyOf } from './key.ts';
import type { Move } from './move.ts';
import type { Setting } from './setting.ts';
import { begin, take, type Beginning, type Taken } from './take.ts';
import { beginnings } from './times.ts';
import type { World } from './world.ts';

export interface Moment {
  readonly id: number;
  readonly world: World;
  /** The edge by which it was reached first, on one of the shortest ways; of a beginning, none. */
  readonly by: Edge | null;
  readonly beginning: Beginning | null;
  readonly out: Edge[];
}
export interface Edge {
  readonly from: Moment | null;
  to: Moment;
  readonly move: Move | null;
  /** With this as the customer, which is what splits draw on. */
  readonly customer: string;
  readonly taken: Pick<Taken, 'most' | 'exactly'>;
}
export interface Ways {
  readonly setting: Setting;
  readonly moments: readonly Moment[];
  readonly edges: number;
  readonly passed: ReadonlySet<StepId>;
  /** Not everything was looked at. */
  readonly stoppedAt: number | null;
  /** Where a run that is taken up from its stored state goes another way: our own fault. */
  readonly unsteady: readonly string[];
}
export const mostMoments = 60_000;

/** A step a moment, so that whoever has others to answer can walk it in slices. */
export function* walkWays(setting: Setting, most = mostMoments): Generator<undefined, Ways> {
  const moments: Moment[] = [];
  const known = new Map<string, Moment>();
  const passed = new Set<StepId>();
  const unsteady: string[] = [];
  /** As they were before they were stored, of moments that are still to be looked at. */
  const live = new Map<Moment, RunState>();
  const counts = { edges: 0, stoppedAt: null as number | null };

  const arrive = (taken: Taken, edge: Omit<Edge, 'to' | 'taken'>, beginning: Beginning | null): void => {
    for (const id of taken.passed) passed.add(id);
    const key = keyOf(setting, taken.world);
    const { world, most: lasts, exactly } = taken;
    const there = known.get(key);
    if (there && there === edge.from && taken.commands.length === 0 && lasts === null) return;
    if (!there && moments.length >= most) {
      counts.stoppedAt = most;
      return;
    }
    const { from, move, customer } = edge;
    const made = { from, move, customer, taken: { most: lasts, exactly } } as Edge;
    const stored = there ? '' : JSON.stringify(world.state);
    const to = there ?? {
      id: moments.length,
      world: { ...world, state: JSON.parse(stored) as RunState },
      by: from ? made : null,
      beginning,
      out: [],
    };
    made.to = to;
    counts.edges += 1;
    from?.out.push(made);
    if (there) return;
    known.set(key, to);
    moments.push(to);
    live.set(to, world.state);
    const before = from && live.get(from);
    const fault = before ? unsteadiness(setting, asOf(before, customer), taken, stored, to.world.state) : null;
    if (fault !== null) unsteady.push(fault);
  };

  const at = beginnings(setting)[0] ?? 0;
  for (const entry of entries(setting))
    for (const { taken, customer } of drawnEach(setting, 'c', (c) => begin(setting, { at, customer: c, entry })))
      arrive(taken, { from: null, move: null, customer }, { at, customer, entry });
  // It grows meanwhile.
  for (const from of moments) {
    if (counts.stoppedAt !== null) break;
    const was = from.world.state.customer ?? 'c';
    for (const move of possibleMoves(setting, from.world))
      for (const { taken, customer } of drawnEach(setting, was, (c) => take(setting, as(from.world, c), move, 'soon')))
        arrive(taken, { from, move, customer }, null);
    live.delete(from);
    yield;
  }
  return { setting, moments, ...counts, passed, unsteady };
}

export const as = (world: World, customer: string): World =>
  world.state.customer === customer ? world : { ...world, state: asOf(world.state, customer) };
const asOf = (state: RunState, customer: string): RunState =>
  state.customer === customer ? state : { ...state, customer };

/** The event that begins it, in every way that its entry lets in. */
function entries(setting: Setting): readonly Beginning['entry'][] {
  const { entry } = setting.journey;
  if (!('event' in entry)) return [null];
  const { only, event } = entry;
  return eventsOf(setting, event).filter(
    ({ data }) =>
      only === undefined ||
      holds(only, (path) => (path in data ? data[path] : undefined) ?? undefined) ||
      // What the entry asks and no step does is taken to be so.
      !valuesRead(only).every((path) => path in data),
  );
}

/** Where splits are passed, once for each way they can draw. */
function drawnEach(
  { journey }: Setting,
  customer: string,
  once: (customer: string) => Taken,
): readonly { readonly taken: Taken; readonly customer: string }[] {
  const first = { taken: once(customer), customer };
  if (!first.taken.commands.some((command) => command.do === 'split')) return [first];
  const found = new Map([[armsOf(first.taken), first]]);
  const missing = (): boolean => {
    const steps = new Set(
      [...found.values()].flatMap(({ taken }) => taken.commands.flatMap((c) => (c.do === 'split' ? [c.step] : []))),
    );
    return [...steps].some((id) => {
      const step = journey.steps[id];
      const arms = step?.kind === 'split' ? Object.entries(step.shares).filter(([, share]) => share > 0) : [];
      return arms.some(([arm]) => ![...found.keys()].some((key) => key.includes(`${id}=${arm};`)));
    });
  };
  // Of several splits, how each draws together with the others too.
  const isOne = first.taken.commands.filter((command) => command.do === 'split').length === 1;
  for (let n = 0; n < 2_000 && ((!isOne && n < 60) || missing()); n += 1) {
    const other = { taken: once(`c${n}`), customer: `c${n}` };
    const arms = armsOf(other.taken);
    if (!found.has(arms)) found.set(arms, other);
  }
  return [...found.values()];
}
const armsOf = ({ commands }: Taken): string =>
  commands.map((command) => (command.do === 'split' ? `${command.step}=${command.arm};` : '')).join('');

/**
 * A worker is lost: another one takes the run up from what was stored, and is told twice. Ways go on from what was stored, so it is the run
 * that was never stored that is held against them.
 */
function unsteadiness(
  { journey }: Setting,
  before: RunState,
  { input, at }: Taken,
  stored: string,
  after: RunState,
): string | null {
  if (!input) return null;
  if (JSON.stringify(advance(journey, before, input, at).state) !== stored)
    return `at '${before.step}' from its stored state`;
  if (input.kind === 'freed') return null;
  const twice = advance(journey, after, input, at);
  const isSame = twice.commands.length === 0 && JSON.stringify(twice.state) === stored;
  return isSame ? null : `at '${before.step}' told twice`;
}
