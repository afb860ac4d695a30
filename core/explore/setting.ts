/** What stays the same on all ways: the journey, the words, and what of it all can make a difference. */
import type { Policy } from '../budget/policy.ts';
import { readCalendar, type BusinessCalendar } from '../calendar/business.ts';
import type { FieldData } from '../journey/fields.ts';
import { hears } from '../journey/hears.ts';
import { valuesRead } from '../journey/holds.ts';
import { pathsOf } from '../journey/known-names.ts';
import { followed, readMoment } from '../journey/phrases.ts';
import type { StoredWords } from '../journey/stored-words.ts';
import type { TableStep } from '../journey/table-steps.ts';
import type { ConditionData, Journey, StepId } from '../journey/table.ts';
import type { Template } from '../journey/template.ts';
import { leadsTo } from '../journey/ways-through.ts';

export interface Setting {
  readonly journey: Journey;
  readonly words: StoredWords;
  readonly policy: Policy;
  readonly templates: ReadonlyMap<string, readonly Template[]>;
  /** The journey's team's, which also stands in for the customer's. */
  readonly zone: string;
  calendar(team: string): BusinessCalendar | null;
  readonly fields: ReadonlyMap<string, FieldData>;
  readonly heard: readonly string[];
  /** Something can make the customer wait for us. */
  readonly canWait: boolean;
  /** It expects that nobody who waits hears nothing for long, which the policy's floor may see to. */
  readonly floorCounts: boolean;
  /** Conditions and fields that decide ways, with the step that reads them. */
  readonly reads: readonly { readonly step: StepId; readonly condition: ConditionData | string }[];
  /** Moments of events and of the customer that a time hangs on: 'appointment-set.startsAt'. */
  readonly moments: ReadonlySet<string>;
  /** Events whose having been heard makes a difference to a rule. */
  readonly cited: ReadonlySet<string>;
  /** Steps whose having been passed makes a difference to a rule. */
  readonly citedSteps: ReadonlySet<string>;
  /** What can still make a difference from these steps on. */
  aheadOf(step: StepId, beneath?: StepId): Ahead;
}

/** Of all steps that can still be reached. */
export interface Ahead {
  readonly listens: ReadonlySet<string>;
  /** Paths that conditions and times read. */
  readonly reads: ReadonlySet<string>;
  readonly causes: ReadonlySet<string>;
}

export interface Around {
  readonly words: StoredWords;
  readonly policy: Policy;
  readonly templates: readonly Template[];
}

export function settingOf(journey: Journey, { words, policy, templates }: Around): Setting {
  const steps = Object.entries(journey.steps);
  const calendars = new Map(
    Object.entries(words.teams).map(([team, { open, zone }]) => {
      // Holidays are a matter of the year: the stories told here fall in a week without one.
      const read = readCalendar({ open, zone, holidays: new Set() });
      return [team, read.ok ? read.calendar : null];
    }),
  );
  const named = new Map<string, readonly Template[]>();
  for (const template of templates) named.set(template.name, [...(named.get(template.name) ?? []), template]);
  const times = [
    ...steps.flatMap(([, step]) => momentsOf(step)),
    ...('date' in journey.entry ? [journey.entry.date] : []),
  ];
  const causes = steps.flatMap(([, step]) => ('cause' in step ? [step.cause] : []));
  const heard = hears(journey);
  const followedEvents = times.flatMap((said) => followed(said) ?? []);
  return {
    journey,
    words,
    policy,
    templates: named,
    zone: words.teams[journey.team]?.zone ?? 'Etc/UTC',
    calendar: (team) => calendars.get(team) ?? calendars.get(journey.team) ?? null,
    fields: pathsOf(words),
    heard,
    canWait:
      heard.includes('customer-replied') ||
      [...heard, ...('event' in journey.entry ? [journey.entry.event] : [])].some(
        (event) => policy.theyWaitAfter?.includes(event) === true,
      ) ||
      steps.some(([, { kind }]) => kind === 'promise' || kind === 'ask' || kind === 'answer'),
    floorCounts: journey.expect.some((said) => said.startsWith('never silent')),
    reads: steps.flatMap(([step, data]) => conditionsOf(data).map((condition) => ({ step, condition }))),
    moments: new Set(times.flatMap((said) => fieldOf(said) ?? [])),
    cited: new Set([...causes.filter((cause) => !Object.hasOwn(journey.steps, cause)), ...followedEvents]),
    citedSteps: new Set(causes.filter((cause) => Object.hasOwn(journey.steps, cause))),
    aheadOf: lookingAhead(journey),
  };
}

const momentsOf = (step: TableStep): readonly string[] =>
  step.kind === 'listen' || step.kind === 'pause'
    ? [step.until]
    : step.kind === 'promise'
      ? [step.due]
      : step.kind === 'remind'
        ? [step.at]
        : [];

export function fieldOf(said: string): string | null {
  const moment = readMoment(said);
  return moment && 'field' in moment ? moment.field : null;
}

function conditionsOf(step: TableStep): readonly (ConditionData | string)[] {
  if (step.kind === 'choose') return ['by' in step ? step.by : step.when];
  if (step.kind === 'touch') return (step.prefer ?? []).map(({ when }) => when);
  if (step.kind === 'ask') return step.questions.flatMap(({ only }) => only ?? []);
  return [];
}
export const pathsRead = (condition: ConditionData | string): readonly string[] =>
  typeof condition === 'string' ? [condition] : valuesRead(condition);

function lookingAhead({ steps, anyTime }: Journey): Setting['aheadOf'] {
  const known = new Map<string, Ahead>();
  const everywhere = Object.values(anyTime);
  const look = (starts: readonly StepId[]): Ahead => {
    const [listens, reads, causes] = [new Set<string>(), new Set<string>(), new Set<string>()];
    const seen = new Set<StepId>();
    const waiting = [...starts, ...everywhere];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const step = steps[at];
      if (seen.has(at) || !step) continue;
      seen.add(at);
      if (step.kind === 'listen') for (const arm of Object.keys(step.goes)) if (arm !== 'silence') listens.add(arm);
      for (const path of [
        ...conditionsOf(step).flatMap(pathsRead),
        ...momentsOf(step).flatMap((said) => fieldOf(said) ?? []),
      ])
        reads.add(path);
      if ('cause' in step) causes.add(step.cause);
      waiting.push(...leadsTo(step));
    }
    return { listens, reads, causes };
  };
  return (step, beneath = step) => {
    const key = `${step} ${beneath}`;
    const found = known.get(key) ?? look([step, beneath]);
    known.set(key, found);
    return found;
  };
}
