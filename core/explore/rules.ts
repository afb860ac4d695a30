/** What must hold on every way, whatever the journey. */
import { fromFoot, teamsOn } from '../journey/ladder.ts';
import type { TableStep } from '../journey/table-steps.ts';
import type { Fate, StepId } from '../journey/table.ts';
import type { Broken } from './broken.ts';
import { ladderOf } from './durations.ts';
import { canReach, endedByStory, on } from './reach.ts';
import { hasPerson, waits } from './world.ts';
import type { Moment, Ways } from './ways.ts';

export function brokenRules(ways: Ways): readonly Broken[] {
  const whole = ways.stoppedAt === null;
  return [
    ...hearsNothing(ways),
    ...(whole ? noWayOut(ways) : []),
    ...unowned(ways),
    ...(whole ? unreachable(ways) : []),
    ...(whole ? noPerson(ways) : []),
    ...guarded(ways),
    ...causeless(ways),
  ];
}

function hearsNothing({ moments }: Ways): readonly Broken[] {
  const at = moments.find(
    (m) => endedByStory(m) && waits(m.world) && !m.world.past.heard && !hasPerson(m.world) && !m.world.past.handedOver,
  );
  if (!at) return [];
  return [
    {
      rule: 'hears nothing',
      ...on(at),
      problem: 'The customer waits for us, and the story ends without a word and without a person who knows.',
      mend: 'Escalate there, or say something before the end.',
    },
  ];
}

function noWayOut({ moments }: Ways): readonly Broken[] {
  const out = canReach(moments, ({ world }) => world.state.ended !== null);
  const at = moments.find((moment) => !out.has(moment));
  if (!at) return [];
  return [
    {
      rule: 'no way out',
      ...on(at),
      problem: 'From here no way leads to an end.',
      mend: 'Let one way run out or end(…), or add an exit.',
    },
  ];
}

/** Nobody took it, nobody else is asked, and nobody stands above that team. */
function unowned({ setting, moments }: Ways): readonly Broken[] {
  const { journey, words } = setting;
  const above = new Set(
    Object.entries(words.teams).flatMap(([own, { ladder = [] }]) => teamsOn(fromFoot(own, ladder).above)),
  );
  const found = new Map<StepId, Broken>();
  for (const from of moments)
    for (const edge of from.out) {
      const { step } = from.world.state;
      const data = journey.steps[step];
      if (
        edge.move?.is !== 'outcome' ||
        edge.move.outcome !== 'nobody' ||
        found.has(step) ||
        !data ||
        !('team' in data)
      )
        continue;
      if (
        above.has(data.team) ||
        ladderOf(setting, `R/${step}/1`).some(({ team, person }) => person !== null || team !== data.team)
      )
        continue;
      const on = data.goes && 'nobody' in data.goes ? journey.steps[data.goes.nobody] : undefined;
      if (on?.kind === 'escalate' && on.team !== data.team) continue;
      found.set(step, {
        rule: 'unowned task',
        step,
        at: from,
        more: [edge],
        problem: `Nobody of '${data.team}' takes it, and nobody else is asked.`,
        mend: `Give '${data.team}' a ladder in words.ts, or escalate to another team under nobody.`,
      });
    }
  return [...found.values()];
}

function unreachable({ setting, passed }: Ways): readonly Broken[] {
  return Object.entries(setting.journey.steps)
    .filter(([id, { kind }]) => !passed.has(id) && kind !== 'end' && kind !== 'resume')
    .map(([step]) => ({
      rule: 'unreachable step',
      step,
      problem: 'No customer can ever come to it, whatever happens.',
      mend: 'Change the condition or the arm that leads to it, or take it out.',
    }));
}

/** They wait, and whatever happens from here on, nobody of ours gets to know and no answer comes. */
function noPerson({ setting, moments }: Ways): readonly Broken[] {
  const isServed = (moment: Moment): boolean =>
    hasPerson(moment.world) || !waits(moment.world) || moment.world.past.handedOver || moment.world.past.left;
  const served = canReach(moments, isServed);
  const at = moments.find((moment) => !served.has(moment) && moment.world.past.wantsPerson);
  if (!at) return [];
  return [
    {
      rule: 'no person',
      ...on(at),
      problem: `They wrote, and no way from here leads to a person of ${setting.journey.team} or to an answer.`,
      mend: "Escalate where 'customer-replied' leads to, or leave it to the desk.",
    },
  ];
}

/** What a text takes for granted is contradicted by a guard: then it is not sent, and a person should be able to. */
function guarded({ setting, moments }: Ways): readonly Broken[] {
  const { words, journey, templates } = setting;
  return Object.entries(journey.steps).flatMap(([step, data]): readonly Broken[] => {
    if (data.kind !== 'touch' || data.madeBy === 'human') return [];
    const texts = templates.get(data.say) ?? [];
    const assumed = [...new Set(texts.flatMap(({ assumes }) => assumes))];
    const contradicted = (assumes: readonly string[]): string | undefined =>
      Object.entries(words.guards).find(([, never]) => never.some((what) => assumes.includes(what)))?.[0];
    const guard = contradicted(assumed);
    if (guard === undefined) return [];
    const from = moments.find((moment) => moment.world.state.step === step && moment.world.state.wait.for === 'touch');
    const bold = texts.find(({ assumes }) => contradicted(assumes) === undefined);
    if (bold && from)
      return [
        {
          rule: 'guard',
          step,
          at: from,
          problem: `Somebody under '${guard}' is told '${data.say}' all the same if they read '${bold.locale}': that text does not say what it assumes.`,
          mend: `Write assumes: [${assumed.join(', ')}] into ${data.say}.${bold.locale}.liquid too.`,
        },
      ];
    if (!from || hasHumanBranch(data) || Object.values(journey.steps).some(({ kind }) => kind === 'escalate'))
      return [];
    return [
      {
        rule: 'guard',
        step,
        at: from,
        problem: `'${data.say}' assumes ${assumed.join(' and ')}. Somebody under '${guard}' may enter, and there is no human branch.`,
        mend: "Let its fate be 'toHuman', or add a rule that gives it to a person.",
      },
    ];
  });
}
const hasHumanBranch = (step: Extract<TableStep, { kind: 'touch' }>): boolean =>
  endsWithPerson(step.fate) ||
  (step.prefer ?? []).some((rule) => rule.madeBy === 'human' || (rule.fate !== undefined && endsWithPerson(rule.fate)));
const endsWithPerson = (fate: Fate): boolean =>
  fate === 'toHuman' || (typeof fate === 'object' && (fate.fate === 'toHuman' || endsWithPerson(fate.then)));

/** A service cites what has happened in this run. */
function causeless({ setting, moments }: Ways): readonly Broken[] {
  const found = new Map<StepId, Broken>();
  for (const moment of moments) {
    const { step, wait, facts, visits } = moment.world.state;
    const data = setting.journey.steps[step];
    if (wait.for !== 'touch' || found.has(step) || !data || !('cause' in data)) continue;
    const { cause } = data;
    const isStep = Object.hasOwn(setting.journey.steps, cause);
    if (isStep ? (visits[cause] ?? 0) > 0 : Object.hasOwn(facts, cause)) continue;
    found.set(step, {
      rule: 'cause',
      step,
      at: moment,
      problem: `It cites '${cause}', which has not happened on this way.`,
      mend: 'Cite what has happened in this run, or let it happen first.',
    });
  }
  return [...found.values()];
}
