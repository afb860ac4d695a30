/** What the reducer of today makes of journeys and inputs, so short that all of it can be kept: each state as what it changed. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { hears } from '../../../core/journey/hears.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { advance, startRun, type Entered } from '../../../core/run/advance.ts';
import type { Advanced } from '../../../core/run/commands.ts';
import type { Input } from '../../../core/run/inputs.ts';
import type { RunState } from '../../../core/run/state.ts';
import { monday } from './drive.ts';
import { play } from './play.ts';
import { smallJourney } from './random-journey.ts';
import { happening, type Happening } from './random-run.ts';

export interface Recorded {
  readonly journey: Journey;
  readonly runs: readonly { readonly entered: Entered; readonly steps: readonly RecordedStep[] }[];
}
interface RecordedStep {
  /** Left out where the run begins. */
  readonly input?: Input;
  readonly now: number;
  /** Members of the state that are other than before; null: no longer there. Not kept of random journeys: the digest is. */
  readonly changed?: Readonly<Record<string, unknown>>;
  /** Of the whole state, byte for byte, and of all commands. */
  readonly state: string;
  readonly commands: string;
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
const changed = (before: RunState | null, state: RunState): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(state).filter(
      ([name, value]) => JSON.stringify(before?.[name as keyof RunState]) !== JSON.stringify(value),
    ),
  );
const stepOf = (before: RunState | null, { state, commands }: Advanced, now: number, input?: Input): RecordedStep => ({
  ...(input ? { input } : {}),
  now,
  changed: changed(before, state),
  state: digest(state),
  commands: `${commands.map((command) => command.do).join(' ')} ${digest(commands)}`.trim(),
});

/** The same inputs again: equal to what was recorded, as far as that was kept, or the reducer has changed. */
export const repeated = ({ journey, runs }: Recorded): Recorded => ({
  journey,
  runs: runs.map(({ entered, steps }) => {
    let before: RunState | null = null;
    const again = steps.map(({ input, now }) => {
      const next: Advanced = before && input ? advance(journey, before, input, now) : startRun(journey, entered, now);
      const step = stepOf(before, next, now, input);
      before = next.state;
      return step;
    });
    return { entered, steps: again };
  }),
});

export function record(journey: Journey, runs: readonly (readonly Happening[])[]): Recorded {
  const { entry } = journey;
  const data = { urgent: false, startsAt: new Date(monday + 172_800_000).toISOString() };
  const event = 'event' in entry ? { event: { name: entry.event, data } } : {};
  const entered = { run: 'R', customer: 'ana', ...event };
  return {
    journey,
    runs: runs.map((happenings) => ({
      entered,
      steps: [...play(journey, entered, happenings.map(heardHere(journey)))].map(({ step, state, commands }) =>
        stepOf(step?.before ?? null, { state, commands }, step?.now ?? monday, step?.input),
      ),
    })),
  };
}

/** What a journey has no ears for is never delivered to it: another event is. */
const heardHere = (journey: Journey) => {
  const events = hears(journey);
  return (happens: Happening, i: number): Happening =>
    happens.is !== 'event' || events.includes(happens.event)
      ? happens
      : { ...happens, event: events[i % events.length] ?? happens.event };
};

const withoutChanges = ({ journey, runs }: Recorded): Recorded => ({
  journey,
  runs: runs.map(({ entered, steps }) => ({ entered, steps: steps.map(({ changed: _, ...step }) => step) })),
});

/** Three runs of each sample; and one of each of many journeys drawn at random, small ones, of which a run that does not end soon meets the most. */
export function recordAll(samples: readonly Journey[]): Readonly<Record<string, readonly Recorded[]>> {
  const runs = (numRuns: number, seed: number) =>
    fc.sample(fc.array(happening, { minLength: 24, maxLength: 24 }), { numRuns, seed });
  const drawn = fc
    .sample(smallJourney, { numRuns: 800, seed: 20_260_302 })
    .filter(({ steps }) => Object.keys(steps).length >= 12);
  const randomRuns = runs(drawn.length, 1);
  const random = drawn
    .map((journey, i) => record(journey, [randomRuns[i] ?? []]))
    .filter(({ runs: [run] }) => (run?.steps.length ?? 0) >= 10);
  return {
    ...Object.fromEntries(samples.map((journey, i) => [journey.name, [record(journey, runs(3, i))]])),
    random: random.slice(0, 57).map(withoutChanges),
  };
}
