/** The journey's own expectations: proved on all ways, or refuted by a story. */
import { plainMs, readSpan } from '../journey/phrases.ts';
import type { Broken } from './broken.ts';
import { longest, soonest } from './measure.ts';
import { canReach, endedByStory, on } from './reach.ts';
import { after, beginnings } from './times.ts';
import { hasPerson, waits } from './world.ts';
import type { Edge, Moment, Ways } from './ways.ts';

export function brokenExpectations(ways: Ways): readonly Broken[] {
  return ways.setting.journey.expect.flatMap((said) => {
    const found = expectation(ways, said);
    return found ? [{ rule: 'expect', ...found, problem: `It expects '${said}'. ${found.problem}` } as const] : [];
  });
}
type Found = Omit<Broken, 'rule'>;

function expectation(ways: Ways, said: string): Found | null {
  const touches = /^at most (\d+) touch(?:es)? in (.+)$/.exec(said);
  if (touches?.[1] && touches[2]) return tooMany(ways, Number(touches[1]), touches[2]);
  const silent = /^never silent for longer than (.+) while they wait$/.exec(said);
  if (silent?.[1]) return tooSilent(ways, silent[1]);
  const person = /^a person within (.+) of asking for one$/.exec(said);
  if (person?.[1])
    return tooLate(
      ways,
      person[1],
      'They asked for a person and none has them by then.',
      (m) => m.world.past.wantsPerson && !hasPerson(m.world),
    );
  const over = /^over within (.+)$/.exec(said);
  if (over?.[1]) return tooLate(ways, over[1], 'It is not over by then.', ({ world }) => world.state.ended === null);
  switch (said) {
    case 'a person is reachable from every message':
      return unanswered(ways);
    case 'every promise is told':
      return state(
        ways,
        (m) => endedByStory(m) && Object.values(m.world.past.promises).includes('untold'),
        'The run is over, and nobody has told the customer of a promise.',
        'Let a text that tells it go out, with fate toHuman.',
      );
    case 'nobody is asked twice':
      return askedTwice(ways);
    case 'no marketing while they wait':
      return marketing(ways);
    default:
      return {
        problem: 'The explorer does not know this rule.',
        mend: 'Write one of those it knows: at most 3 touches in 7 days, over within 30 days, …',
      };
  }
}

function state(ways: Ways, fits: (moment: Moment) => boolean, problem: string, mend: string): Found | null {
  const found = ways.moments.find(fits);
  return found ? { ...on(found), problem, mend } : null;
}

/** A reply that the run takes leads to a person on some way at least; what no step takes is a person's anyway. */
function unanswered(ways: Ways): Found | null {
  const served = canReach(
    ways.moments,
    (m) => hasPerson(m.world) || !m.world.past.wantsPerson || m.world.past.left || m.world.past.handedOver,
  );
  return state(
    ways,
    (m) => m.world.past.wantsPerson && !served.has(m),
    'They answer a message, and no way from there leads to a person.',
    "Escalate where 'customer-replied' leads to.",
  );
}
export const isTouch = ({ move }: Edge): boolean =>
  (move?.is === 'answer' && move.to === 'hand' && (move.answer.is === 'sent' || move.answer.is === 'unknown')) ||
  (move?.is === 'outcome' && move.outcome === 'done');

function tooMany(ways: Ways, most: number, span: string): Found | null {
  const ms = spanMs(span);
  const found = ms === null ? null : soonest(ways, isTouch, most + 1, ms);
  if (!found) return null;
  return {
    ...on(found.from),
    at: found.from,
    more: found.edges,
    problem: `${most + 1} touches go out within ${span}.`,
    mend: 'Take a touch out, or let more time pass between them.',
  };
}
const spanMs = (said: string): number | null => {
  const span = readSpan(said);
  return span && plainMs(span);
};

/** Whoever began to wait by coming to us is given to a person after `maxSilence`, where that is no longer than what is expected. */
function tooSilent(ways: Ways, span: string): Found | null {
  const { setting } = ways;
  const ends = (from: number, said: string): number => after(setting, from, { said, team: setting.journey.team });
  const floorKeeps = beginnings(setting).every((at) => ends(at, setting.policy.maxSilence) <= ends(at, span));
  return tooLate(
    ways,
    span,
    'They wait for longer than that, hear nothing, and no person of ours is told.',
    (m) => waits(m.world) && !hasPerson(m.world) && m.world.state.ended === null && !(floorKeeps && m.world.past.floor),
    (edge) => isTouch(edge) || edge.to.world.past.heard !== edge.from?.world.past.heard,
  );
}

function tooLate(
  ways: Ways,
  span: string,
  problem: string,
  isIn: (moment: Moment) => boolean,
  resets: (edge: Edge) => boolean = () => false,
): Found | null {
  const { setting } = ways;
  const limit = (from: number): number => after(setting, from, { said: span, team: setting.journey.team });
  const found = longest(ways, isIn, resets, limit);
  if (!found) return null;
  return {
    ...on(found.last),
    at: found.from,
    more: found.edges,
    late: found.late,
    begins: found.begins,
    problem,
    mend: 'Wait for a shorter time there, or give them to a person sooner.',
  };
}

function askedTwice({ setting, moments }: Ways): Found | null {
  const found = moments.find(({ world }) => {
    const step = setting.journey.steps[world.state.step];
    if (step?.kind !== 'ask' || world.state.wait.for !== 'touch') return false;
    return step.questions.some(({ field }) => world.past.asked.includes(field));
  });
  return found
    ? {
        ...on(found),
        problem: 'It asks what they have been asked before.',
        mend: 'Ask it once, or give them to a person.',
      }
    : null;
}

function marketing({ setting, moments }: Ways): Found | null {
  for (const moment of moments)
    for (const edge of moment.out) {
      const step = setting.journey.steps[moment.world.state.step];
      if (!isTouch(edge) || edge.move?.is !== 'answer' || step?.kind !== 'touch' || step.purpose !== 'marketing')
        continue;
      if (!waits(moment.world) || moment.world.asked.some((c) => c.do === 'touch' && c.seen < moment.world.state.heard))
        continue;
      return {
        ...on(moment),
        at: moment,
        more: [edge],
        problem: 'They wait for us and get an advertisement.',
        mend: 'End or escalate before it, when they write.',
      };
    }
  return null;
}
