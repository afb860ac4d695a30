/** From blocks, which read like a story, to a flat table, which is what reducer, explorer, differ and drawer see. */
import { JourneyFaults, type Fault } from './fault.ts';
import { frozen } from './frozen.ts';
import type { JourneySpec } from './journey.ts';
import type { Lexicon } from './lexicon.ts';
import { tooLarge } from './limits.ts';
import { endingId, idRule, isId, isOutcome, outcomeRule } from './names.ts';
import { settle, type Whole, type Written } from './settle.ts';
import type { Block } from './step.ts';
import type { TableStep } from './table-steps.ts';
import type { Entry, Journey, StepId } from './table.ts';
import { leadsTo, unreached } from './ways-through.ts';

type Said = JourneySpec<Lexicon> & Whole & { readonly steps: Block };
const finished = endingId('finished');

/** Throws JourneyFaults, with all of them at once. The result is plain JSON, frozen to its last leaf. */
export function compile(name: string, said: Said): Journey {
  const faults: Fault[] = [];
  if (!isId(name)) faults.push({ problem: `'${name}' is no name for a journey.`, mend: idRule });
  const laid = layOut(said, faults);
  faults.push(...unreached(laid));
  if (faults.length > 0) throw new JourneyFaults(name, faults);

  const { start, anyTime, steps } = laid;
  const { story, team, goal, exits = {}, expect = [] } = said;
  const entry = entryOf(said.entry);
  const whole = { format: 1, name, story, team, entry, goal, exits, start, anyTime, steps, expect };
  // Through JSON and back: what is stored, hashed and sent to a workflow is exactly what is held here.
  const journey = JSON.parse(JSON.stringify(whole)) as Journey;
  const large = tooLarge(journey);
  if (large.length > 0) throw new JourneyFaults(name, large);
  return frozen(journey);
}

function entryOf(said: Whole['entry']): Entry {
  const { only, ...entry } = said;
  return { ...entry, ...(only ? { only: only.if } : {}) };
}

interface LaidOut {
  readonly start: StepId;
  readonly anyTime: Readonly<Record<string, StepId>>;
  readonly steps: Readonly<Record<StepId, TableStep>>;
}

/** Steps stand in the order of the story; endings are shared, come last, and are named by what they mean, never by where they stand. */
function layOut(said: Said, faults: Fault[]): LaidOut {
  const steps = new Map<StepId, TableStep>();
  const endings = new Map<StepId, TableStep>();

  /** Returns where the block begins; an empty one begins with what follows it. */
  const lay = (block: Block, after: StepId, inside: readonly string[]): StepId => {
    const written = block as unknown as readonly Written[]; // What a verb returns is described to the compiler by what it says.
    written.forEach((step, i) => {
      const next = written[i + 1];
      add(step, next ? idOf(next) : after, inside);
    });
    return written[0] ? idOf(written[0]) : after;
  };
  const add = (step: Written, next: StepId, inside: readonly string[]): void => {
    if (step.kind === 'goTo') return; // An edge, not a step.
    if (step.kind === 'end') {
      const as = String(step['as']);
      if (!isId(as)) faults.push({ problem: `end('${as}') has no name an ending can have.`, mend: idRule });
      endings.set(endingId(as), { kind: 'end', as, next: null });
      return;
    }
    const { kind, id, arms } = step;
    if (!isId(id)) faults.push({ step: id, problem: `'${id}' is no id.`, mend: idRule });
    if (steps.has(id)) {
      const mend = 'Give one of them another id: it is what statistics, diffs and moves know it by.';
      faults.push({ step: id, problem: `Step '${id}' is there twice.`, mend });
    }
    for (const arm of Object.keys(arms ?? {}))
      if (!isOutcome(arm)) faults.push({ step: id, problem: `'${arm}' is no outcome.`, mend: outcomeRule });
    steps.set(id, { kind, next } as TableStep); // Keeps its place in the story before its arms take theirs.
    const [then, within] = kind === 'repeat' ? [id, [...inside, id]] : [next, inside];
    const goes = Object.fromEntries(Object.entries(arms ?? {}).map(([arm, block]) => [arm, lay(block, then, within)]));
    const placed = { next, ...(arms ? { goes } : {}), ...(inside.length > 0 ? { inside } : {}) };
    steps.set(id, { kind, ...settle(step, said, Object.keys(goes), faults), ...placed } as TableStep);
  };

  const start = lay(said.steps, finished, []);
  const interruptions = Object.entries(said.anyTime ?? {}) as [string, Block][];
  const anyTime = Object.fromEntries(
    interruptions.map(([event, block]) => [event, lay(block, 'resume', [`anyTime:${event}`])]),
  );
  const targets = new Set([...Object.values(anyTime), ...[...steps.values()].flatMap(leadsTo), start]);
  if (targets.has('resume')) endings.set('resume', { kind: 'resume', next: null });
  if (targets.has(finished)) endings.set(finished, { kind: 'end', as: 'finished', next: null });
  return { start, anyTime, steps: Object.fromEntries([...steps, ...endings]) };
}

const idOf = (step: Written): StepId =>
  step.kind === 'goTo' ? String(step['to']) : step.kind === 'end' ? endingId(String(step['as'])) : step.id;
