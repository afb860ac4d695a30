/** One touch asks for its place as in production, and what comes of it is told with the same sentences as `why`. */
import { askForTouch } from '../budget/ask.ts';
import { askOf } from '../budget/ask-of.ts';
import { mannerOf } from '../budget/manner-of.ts';
import type { Manner } from '../budget/prefer.ts';
import { release } from '../budget/reserve.ts';
import type { Explanation } from '../budget/decision.ts';
import { couldNotGoOut, outcomesOfTouch, personMakes } from '../budget/with-person.ts';
import type { Channel } from '../journey/channels.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import { templateFor } from '../journey/template-for.ts';
import type { TouchAnswer } from '../run/inputs.ts';
import { changeTouch, tell, type Draft } from './draft.ts';
import { giveToPerson } from './person.ts';
import { send, type TouchAsked } from './send.ts';
import type { SimTouch } from './types.ts';
import { valueOf } from './values.ts';

export function makeTouch(d: Draft, step: TouchStep, asked: TouchAsked): TouchAnswer {
  const known = { facts: asked.facts, counts: asked.counts, team: step.team };
  const { manner, considered } = mannerOf(step, asked.touch.fate, (path) => valueOf(d, known, path));
  const before = d.touches.find(({ id }) => id === asked.touch.id);
  const seen: SimTouch = {
    id: asked.touch.id,
    step: asked.step,
    say: step.say,
    purpose: step.purpose,
    madeBy: manner.madeBy,
    asks: before?.asks ?? [],
    considered,
    skipped: [],
    state: 'waits',
    channel: null,
    cost: null,
    at: d.now,
    message: null,
  };
  if (manner.madeBy === 'human') return handOver(d, seen, manner, step);

  const template = templateFor(d.setting.templates, step.say, d.customer.locale);
  const { ask, skipped } = askOf({
    journey: d.setting.journey.name,
    step,
    touch: asked.touch,
    manner,
    template,
    customer: d.customer,
    configured: d.setting.channels,
  });
  const asking = askForTouch(d.row, ask, d.setting.policy, d.killed, d.now);
  d.row = asking.row;
  const { answer, record } = asking;
  const explanation = explanationIn(
    record.tried,
    answer.is === 'reserved' || answer.is === 'deferred' ? answer.channel : null,
  );
  remember(d, { ...seen, skipped, asks: [...seen.asks, { at: d.now, says: record.says, explanation }] });
  switch (answer.is) {
    case 'reserved':
      return send(d, asked, { template, step, channel: answer.channel, cost: answer.cost, says: record.says });
    case 'deferred':
      tell(d, 'touch', `'${step.say}' waits. ${record.says}`, seen.id);
      return { is: 'deferred', until: answer.until, because: answer.because, fate: answer.fate };
    case 'dropped':
      changeTouch(d, seen.id, { state: 'dropped' });
      tell(d, 'touch', `'${step.say}' is dropped. ${record.says}`, seen.id);
      return { is: 'dropped', because: answer.because };
    case 'to-human':
      changeTouch(d, seen.id, { state: 'with a person' });
      tell(d, 'touch', `'${step.say}' goes to a person. ${record.says}`, seen.id);
      giveToPerson(d, {
        of: seen.id,
        team: answer.team ?? manner.team,
        because: couldNotGoOut(step.say, answer.says),
        outcomes: outcomesOfTouch,
      });
      return { is: 'with-person' };
  }
}

function handOver(d: Draft, seen: SimTouch, manner: Manner, step: TouchStep): TouchAnswer {
  const because = personMakes(step.say);
  remember(d, {
    ...seen,
    state: 'with a person',
    asks: [...seen.asks, { at: d.now, says: `${because}.`, explanation: null }],
  });
  const rule = seen.considered.find(({ decided }) => decided.includes('madeBy'));
  tell(d, 'touch', `A person of ${manner.team} makes '${step.say}'${rule ? `: ${rule.because}` : ''}.`, seen.id);
  giveToPerson(d, {
    of: seen.id,
    team: manner.team,
    because,
    outcomes: outcomesOfTouch,
    ...(manner.within === undefined ? {} : { within: manner.within }),
  });
  return { is: 'with-person' };
}

export function withdraw(d: Draft, id: string): void {
  d.row = release(d.row, id);
  const touch = d.touches.find((t) => t.id === id);
  if (touch?.state !== 'waits') return;
  changeTouch(d, id, { state: 'withdrawn' });
  tell(d, 'touch', `'${touch.say}' is withdrawn: the story went on without it.`, id);
}

function explanationIn(
  tried: ReturnType<typeof askForTouch>['record']['tried'],
  channel: Channel | null,
): Explanation | null {
  const decided = tried.flatMap((each) => ('decision' in each ? [each] : []));
  return (decided.find((each) => each.channel === channel) ?? decided[0])?.decision.explanation ?? null;
}

function remember(d: Draft, touch: SimTouch): void {
  d.touches = [...d.touches.filter(({ id }) => id !== touch.id), touch];
}
