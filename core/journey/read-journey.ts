/** Reads a stored journey nobody vouches for. Uses zod: not for workflows. */
import type { Fault } from './fault.ts';
import { journeyShape } from './journey-shape.ts';
import { tooLarge } from './limits.ts';
import { endingId, idRule, isStepId } from './names.ts';
import { nearest } from './nearest.ts';
import { followed } from './phrases.ts';
import { readShape, type Reading } from './read-shape.ts';
import type { TableStep } from './table-steps.ts';
import type { Journey } from './table.ts';
import { leadsTo } from './ways-through.ts';

/** The journey, copied and frozen; or all its faults. Whether its names are known, `check` tells. */
export function readJourney(input: unknown): Reading<'journey', Journey> {
  const read = readShape<'journey', Journey>('journey', journeyShape, input);
  if (!read.ok) return { ok: false, faults: named(input, read.faults) };
  const { journey } = read;
  const faults = [
    ...tooLarge(journey),
    ...Object.entries(journey.steps).flatMap(([id, step]) => [...misplaced(id, step), ...unmannerly(id, step)]),
    ...leadingNowhere(journey),
  ];
  return faults.length > 0 ? { ok: false, faults: named(journey, faults) } : read;
}

/** Each fault says which journey, if what was sent has a name. */
function named(input: unknown, faults: readonly Fault[]): readonly Fault[] {
  const name = input !== null && typeof input === 'object' && 'name' in input ? input.name : undefined;
  return typeof name === 'string' ? faults.map((fault) => ({ journey: name.slice(0, 80), ...fault })) : faults;
}

function leadingNowhere(journey: Journey): readonly Fault[] {
  const ids = Object.keys(journey.steps);
  const nowhere = (to: string, from: string, step?: string): readonly Fault[] =>
    Object.hasOwn(journey.steps, to)
      ? []
      : [
          {
            ...(step === undefined ? {} : { step }),
            problem: `${from} leads to '${to}', and no step has that id.`,
            mend: nearest(to, ids) ?? 'Name a step of this journey.',
          },
        ];
  return [
    ...nowhere(journey.start, 'The start'),
    ...Object.entries(journey.anyTime).flatMap(([event, to]) => nowhere(to, `The interruption '${event}'`)),
    ...Object.entries(journey.steps).flatMap(([id, step]) => leadsTo(step).flatMap((to) => nowhere(to, 'It', id))),
  ];
}

/** What a step's place and kind ask of it. */
function misplaced(id: string, step: TableStep): readonly Fault[] {
  const faults: Fault[] = [];
  const arm = (name: string, mend: string): void => {
    if (!Object.hasOwn(step.goes ?? {}, name)) faults.push({ step: id, problem: `It has no arm '${name}'.`, mend });
  };
  if (!isStepId(id) || (step.kind === 'end') !== id.startsWith('end:'))
    faults.push({ step: id, problem: `'${id}' is no id for a step of kind '${step.kind}'.`, mend: idRule });
  if (step.kind === 'end' && id !== endingId(step.as))
    faults.push({ step: id, problem: `It ends as '${step.as}'.`, mend: `Call it '${endingId(step.as)}'.` });
  if (step.kind === 'listen') arm('silence', 'Listening ends at some time: say what silence means.');
  if (step.kind === 'escalate') arm('nobody', 'Say what happens if nobody takes it.');
  if (step.kind === 'choose' && 'when' in step)
    for (const answer of ['yes', 'no']) arm(answer, `Add an arm '${answer}'.`);
  if (step.kind === 'choose' && 'when' in step === 'by' in step)
    faults.push({
      step: id,
      problem: 'It chooses by a field or by a condition, not by both.',
      mend: 'Keep by or when.',
    });
  const time = step.kind === 'listen' || step.kind === 'pause' ? step.until : step.kind === 'promise' ? step.due : null;
  const follows = time === null ? null : followed(time);
  if (time !== null && 'follows' in step ? step.follows !== (follows ?? undefined) : follows !== null) {
    const mend = follows === null ? "Take out 'follows'." : `Write follows: '${follows}'.`;
    faults.push({ step: id, problem: `Its time '${String(time)}' hangs on ${follows ?? 'nothing that moves'}.`, mend });
  }
  return faults;
}

/** What the compiler asks of a touch, asked again of data. */
function unmannerly(id: string, step: TableStep): readonly Fault[] {
  if (step.kind !== 'touch') return [];
  const rules = (step.prefer ?? []).flatMap((rule) => byPeople(id, rule, `Rule '${rule.because}'`));
  const faults: Fault[] = [...byPeople(id, step, 'It'), ...rules];
  if (step.purpose === 'service' && step.cause === undefined)
    faults.push({
      step: id,
      problem: 'It is a service and cites no cause.',
      mend: 'Add cause: with an event heard here, a promise or an escalation.',
    });
  if (step.purpose === 'relationship' && step.madeBy === 'tech')
    faults.push({
      step: id,
      problem: 'It is a relationship made by tech.',
      mend: "Relationships are made by people: write madeBy: 'human', within: '2 business days'.",
    });
  return faults;
}
interface Made {
  readonly madeBy?: 'tech' | 'human';
  readonly within?: string;
}
function byPeople(step: string, made: Made, who: string): readonly Fault[] {
  if (made.madeBy === 'human' && made.within === undefined)
    return [{ step, problem: `${who} asks a person and names no time.`, mend: "Add within: '1 business day'." }];
  if (made.madeBy !== 'human' && made.within !== undefined)
    return [{ step, problem: `${who} gives a time to nobody.`, mend: "within goes with madeBy: 'human'." }];
  return [];
}
