/**
 * A journey as a picture, before anybody decides how it is drawn: groups of shapes with words in them, and arrows. The main
 * story is one group, each interruption another, and so are the exits; what leads from one to the other is said in words, so
 * that the picture stays narrow. Shape and words carry all meaning; colour only repeats it.
 */
import type { TableStep } from '../journey/table-steps.ts';
import type { Journey, StepId } from '../journey/table.ts';
import type { Arrow, Drawn, Group, Live, Picture } from './drawn.ts';
import { sayEntry, sayExits } from './say-journey.ts';
import { commonManners, manners } from './say-manner.ts';
import { sayStep, type Common } from './say-step.ts';

/** Everything that can be said of a journey by its table alone, whatever verbs it uses. */
export function pictureOf(journey: Journey, live: Live | null = null): Picture {
  const drawing: Drawing = { journey, live, order: Object.keys(journey.steps), common: commonManners(journey) };
  const interruptions = Object.entries(journey.anyTime).map(([event, start], n) =>
    groupOf(drawing, {
      id: `any${String(n)}`,
      title: `At any time: ${event}`,
      begin: { head: 'WHEN', lines: [event] },
      start,
      isIn: (step) => isWithin(step, event),
    }),
  );
  const story = groupOf(drawing, {
    id: 'story',
    title: null,
    begin: { head: 'BEGINS', lines: sayEntry(journey.entry) },
    start: journey.start,
    isIn: (step) => !Object.keys(journey.anyTime).some((event) => isWithin(step, event)),
  });
  return {
    name: journey.name,
    story: journey.story ?? null,
    manners: manners.flatMap((manner) => drawing.common[manner] ?? []),
    caption: live?.caption ?? null,
    groups: [story, ...interruptions, ...exits(journey)],
  };
}

interface Drawing {
  readonly journey: Journey;
  readonly live: Live | null;
  readonly order: readonly StepId[];
  readonly common: Common;
}
interface Asked {
  readonly id: string;
  readonly title: string | null;
  readonly begin: Pick<Drawn, 'head' | 'lines'>;
  readonly start: StepId;
  readonly isIn: (step: TableStep) => boolean;
}

const isWithin = (step: TableStep, event: string): boolean => step.inside?.includes(`anyTime:${event}`) ?? false;
/** An ending, or the way back: a place in the story, but no step of it. */
const isPlace = (step: TableStep): boolean => step.kind === 'end' || step.kind === 'resume';

function groupOf(drawing: Drawing, { id, title, begin, start, isIn }: Asked): Group {
  const { journey, live, order } = drawing;
  const mine = order.filter((step) => {
    const there = journey.steps[step];
    return there !== undefined && !isPlace(there) && isIn(there);
  });
  const nodes: Drawn[] = [{ id: `${id}:begin`, shape: 'begin', ...begin }];
  const arrows: Arrow[] = [];
  const ends: Drawn[] = [];
  const lead = (from: string, fromStep: StepId | null, ways: readonly WayOut[]): void => {
    const isHere = ({ to }: WayOut): boolean =>
      mine.includes(to) && (fromStep === null || isDrawn(drawing, fromStep, to));
    for (const { to, says } of ways.filter(isHere)) {
      const isNext = fromStep === null || journey.steps[fromStep]?.next === to;
      arrows.push({ from, to: nodeId(id, to), says, ...(isNext ? { isNext } : {}) });
    }
    const away = ways.filter((way) => !isHere(way));
    const places = away.map(({ to }) => placeOf(drawing, `${from}>`, to, fromStep));
    const [place, second] = places;
    if (!place) return;
    ends.push(second ? listOf(`${from}>`, away, places) : place);
    arrows.push({ from, to: `${from}>`, says: second ? [] : (away[0]?.says ?? []) });
  };
  lead(`${id}:begin`, null, [{ to: start, says: [] }]);
  for (const step of mine) {
    const there = journey.steps[step];
    if (!there) continue;
    const here = live?.at[step];
    nodes.push({
      id: nodeId(id, step),
      name: step,
      ...sayStep(there, drawing.common),
      ...(here === undefined || here === 0 ? {} : { here }),
    });
    lead(nodeId(id, step), step, waysOut(there));
  }
  return { id, title, nodes: [...nodes, ...ends], arrows };
}

const nodeId = (group: string, step: StepId): string => `${group}:${step}`;

/**
 * What comes next by itself is drawn, and so is the way into a block of its own, and the way back to the head of a repeat.
 * A jump to where the story comes by itself anyway is said in words: arrows across the picture are hard to follow.
 */
function isDrawn({ journey, order }: Drawing, from: StepId, to: StepId): boolean {
  const ahead = order.indexOf(to) - order.indexOf(from);
  if (ahead <= 0) return journey.steps[from]?.inside?.includes(to) ?? false;
  if (journey.steps[from]?.next === to) return true;
  if (order.some((step) => journey.steps[step]?.next === to)) return false;
  return order.find((step) => leadsTo(journey, step, to)) === from || ahead <= near;
}
const near = 2;
const leadsTo = (journey: Journey, from: StepId, to: StepId): boolean => {
  const step = journey.steps[from];
  return step !== undefined && waysOut(step).some((way) => way.to === to);
};

interface WayOut {
  readonly to: StepId;
  readonly says: readonly string[];
}
/** Outcomes that lead to the same place share an arrow. */
function waysOut(step: TableStep): WayOut[] {
  const ways = new Map<StepId, string[]>();
  const add = (to: StepId, outcome: string): void => void ways.set(to, [...(ways.get(to) ?? []), outcome]);
  for (const [outcome, to] of Object.entries(step.goes ?? {})) add(to, sayOutcome(step, outcome));
  const done = doneIs(step);
  if (step.next !== null && done !== null) add(step.next, done);
  return [...ways].map(([to, says]) => ({ to, says: says.filter((said) => said !== '') }));
}

/** What an arrow to `next` stands for; '' needs no word; null: the outcomes say it all. */
function doneIs(step: TableStep): string | null {
  switch (step.kind) {
    case 'touch':
    case 'pause':
    case 'promise':
    case 'remind':
      return '';
    case 'repeat':
      return 'then';
    case 'act':
      return 'done';
    case 'ask':
      return 'all answered';
    case 'end':
    case 'resume':
      return null;
    case 'listen':
    case 'choose':
    case 'split':
    case 'escalate':
    case 'lookUp':
    case 'answer':
    case 'offerCall':
      return null;
  }
}

function sayOutcome(step: TableStep, outcome: string): string {
  if (step.kind === 'split') return `${outcome} (${String(step.shares[outcome] ?? 0)} %)`;
  if (step.kind === 'repeat') return 'again';
  return outcome;
}

/** Several ways that lead elsewhere, as lines of one shape: beside each other they would make the picture wide. */
function listOf(id: string, ways: readonly WayOut[], places: readonly Drawn[]): Drawn {
  const lines = ways.map(({ says }, n) => {
    const { head = '', lines: names = [] } = places[n] ?? {};
    const to = `${head.toLowerCase()}${head === 'OVER' ? ':' : ''} ${names.join(' ')}`;
    return says.length === 0 ? to : `${says.join(', ')} → ${to}`;
  });
  return { id, shape: 'ways', head: 'OR', lines };
}

function placeOf({ journey, order }: Drawing, id: string, to: StepId, from: StepId | null): Drawn {
  const step = journey.steps[to];
  if (step?.kind === 'end') return { id, shape: 'end', head: 'OVER', lines: [step.as] };
  if (step?.kind === 'resume' || step === undefined)
    return { id, shape: 'jump', head: 'BACK', lines: ['to where the story was'] };
  const isBack = from !== null && order.indexOf(to) < order.indexOf(from);
  return { id, shape: 'jump', head: isBack ? 'BACK TO' : 'GO ON AT', lines: [to] };
}

function exits(journey: Journey): Group[] {
  const lines = sayExits(journey);
  if (lines.length === 0) return [];
  const node: Drawn = { id: 'exits:all', shape: 'exits', head: 'LEAVES AT ONCE', lines };
  return [{ id: 'exits', title: 'Whatever goes on', nodes: [node], arrows: [] }];
}
