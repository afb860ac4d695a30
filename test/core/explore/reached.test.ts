import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outcomesOf } from '../../../core/explore/happenings.ts';
import { settingOf, type Around } from '../../../core/explore/setting.ts';
import { toEnd } from '../../../core/explore/to-end.ts';
import { walkWays } from '../../../core/explore/ways.ts';
import { stepOfReason } from '../../../core/explore/world.ts';
import { isConversation } from '../../../core/run/draft.ts';
import { hears } from '../../../core/journey/hears.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { advance } from '../../../core/run/advance.ts';
import type { Advanced } from '../../../core/run/commands.ts';
import type { Answer, Input } from '../../../core/run/inputs.ts';
import type { Place, RunState, Wait } from '../../../core/run/state.ts';
import { hour } from '../run/drive.ts';
import { play } from '../run/play.ts';
import { smallJourney } from '../run/random-journey.ts';
import { happening } from '../run/random-run.ts';
import { justEnough } from '../budget/fixtures.ts';
import { randomWords } from './random-words.ts';

const around: Around = { words: randomWords, policy: justEnough, templates: [] };
const begun = { run: 'R', customer: 'ana', event: { name: 'begun', data: { urgent: true, orderId: 'o1' } } };
/** Journeys with more moments than this are left to `check`: here are many. */
const most = 1_500;

test('the explorer has been wherever a run can come to', () => {
  const seen = { journeys: 0, steps: 0, shapes: 0 };
  const happenings = fc.array(happening, { minLength: 30, maxLength: 60 });
  fc.assert(
    fc.property(smallJourney, fc.tuple(happenings, happenings, happenings), (journey, runs) => {
      const ways = toEnd(walkWays(settingOf(journey, around), most));
      if (ways.stoppedAt !== null) return;
      seen.journeys += 1;
      const reached = new Set(ways.moments.map(({ world }) => shapeOf(world.state)));
      seen.shapes += reached.size;
      for (const run of runs)
        for (const { state, step } of play(journey, begun, run, asTheEngineWould)) {
          seen.steps += 1;
          if (reached.has(shapeOf(state))) continue;
          throw new Error(
            `Never explored: ${shapeOf(state)}, after ${JSON.stringify(step?.input)} at ${step ? shapeOf(step.before) : 'the beginning'}`,
          );
        }
    }),
    { seed: 20_260_302, numRuns: 80 },
  );
  expect({ ...seen, enough: seen.journeys > 40 && seen.steps > 3_000 }).toMatchObject({ enough: true });
}, 120_000);

/** What of a state the explorer never merges with another one. Beneath an interruption, what is asked may come to everything that is under way. */
function shapeOf(state: RunState): string {
  if (state.ended) return `ended: ${state.ended.as}`;
  const { interrupted: under, silence, wait } = state;
  if (wait.for === 'end' && !silence) return `ending: ${wait.as}`;
  return JSON.stringify([
    at(state, kindOf(wait)),
    under && [at(under, beneath(under.wait)), under.by, under.silence?.step ?? null],
    silence?.step,
    state.customerWaitsSince !== null,
  ]);
}
const at = ({ step, repeats = {} }: Place, kind: string) => [
  step,
  kind,
  Object.entries(repeats).map(([id, { round }]) => `${id} ${String(round)}`),
];
const kindOf = (wait: Wait): string =>
  wait.for === 'news' ? `news of ${wait.of.for}` : wait.for === 'person' ? `person ${String(wait.opened)}` : wait.for;
const beneath = (wait: Wait): string => {
  const what = wait.for === 'news' ? wait.of.for : wait.for;
  return what === 'place' ? 'touch' : what;
};

/** Random runs also get what no engine says: here that is left out, or put right. */
function asTheEngineWould(journey: Journey, state: RunState, input: Input, now: number): Advanced {
  const unchanged: Advanced = { state, commands: [] };
  if (input.kind === 'answer') {
    const answer = truthful(journey, state, input.answer, now, input.to);
    return answer ? advance(journey, state, { ...input, answer }, now) : unchanged;
  }
  if (input.kind !== 'delivery') return advance(journey, state, input, now);
  const { body } = input.delivery;
  // An end by hand is one like an exit.
  if (body.kind === 'cancel') return unchanged;
  // Only what it hears is delivered to a run, and only replies can be somebody else's.
  if (body.kind === 'event' && !hears(journey).includes(body.event)) return unchanged;
  if (body.kind === 'event' && body.unattributed && body.event !== 'customer-replied') return unchanged;
  if (body.kind === 'outcome') {
    const step = journey.steps[stepOfReason(body.of)];
    const said = isConversation(step) ? ['done', ...Object.keys(step.goes)] : outcomesOf(step);
    if (!said.includes(body.outcome)) return unchanged;
  }
  return advance(journey, state, input, now);
}

function truthful(journey: Journey, state: RunState, answer: Answer, now: number, to: string): Answer | null {
  const step = journey.steps[to.slice(0, to.indexOf('/'))];
  if (answer.is === 'moment') {
    const hangsOnDate = step && 'until' in step && step.until.includes('.');
    return hangsOnDate ? answer : { is: 'moment', at: Math.max(answer.at, now + hour) };
  }
  const byPeople = step?.kind === 'touch' && step.madeBy === 'human';
  const isTouch =
    'channel' in answer || ['dropped', 'needless', 'withdrawn', 'deferred', 'with-person'].includes(answer.is);
  if (byPeople && isTouch) return { is: 'with-person' };
  // Their fate is to be dropped.
  if (answer.is === 'with-person') return { is: 'dropped', because: 'consent' };
  return answer;
}
