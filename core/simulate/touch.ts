/** One touch asks for its place as in production, and what comes of it is told with the same sentences as `why`. */
import { askForTouch, type Candidate } from '../budget/ask.ts';
import { chooseReach, type ReachChosen } from '../budget/choose-reach.ts';
import { prefer, type Manner } from '../budget/prefer.ts';
import { fence, leave, release, settle } from '../budget/reserve.ts';
import type { Explanation } from '../budget/types.ts';
import type { Channel } from '../journey/channels.ts';
import type { Fate, TouchStep } from '../journey/table.ts';
import type { Template } from '../journey/template.ts';
import type { Counts, RunState, TouchAnswer, TouchProgress } from '../run/types.ts';
import { compose } from './compose.ts';
import { changeTouch, tell, type Draft } from './draft.ts';
import { giveToPerson } from './person.ts';
import { templateFor } from './template-for.ts';
import type { SimTouch } from './types.ts';
import { valueOf } from './values.ts';

export interface TouchAsked {
  readonly step: string;
  readonly touch: TouchProgress;
  readonly facts: RunState['facts'];
  readonly counts: Counts;
  /** Of a promise that is being renewed. */
  readonly promise?: { readonly dueAt: number };
}

/** What a person decides of a touch that was given to them. */
const outcomes = ['done', 'not needed'];

export function makeTouch(d: Draft, step: TouchStep, asked: TouchAsked): TouchAnswer {
  const known = { facts: asked.facts, counts: asked.counts, team: step.team };
  const { manner, considered } = manners(step, asked, (path) => valueOf(d, known, path));
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
  const ways = waysTo(d, template, manner, asked.touch);
  const asking = askForTouch(
    d.row,
    {
      touchId: asked.touch.id,
      ask: asked.touch.ask,
      customerId: d.customer.id,
      journey: d.setting.journey.name,
      purpose: step.purpose,
      madeBy: 'tech',
      ...(step.cause === undefined ? {} : { cause: step.cause }),
      assumes: template?.assumes ?? [],
      candidates: ways.candidates,
      substitutes: ways.substitutes,
      ...(step.quiet === undefined ? {} : { quiet: step.quiet }),
      fate: manner.fate,
      firstAskedAt: asked.touch.since,
      ...(step.purpose === 'service' && d.customer.wroteAt !== null ? { answersInboundAt: d.customer.wroteAt } : {}),
    },
    d.setting.policy,
    d.killed,
    d.now,
  );
  d.row = asking.row;
  const { answer, record } = asking;
  const explanation = explanationIn(
    record.tried,
    answer.is === 'reserved' || answer.is === 'deferred' ? answer.channel : null,
  );
  remember(d, { ...seen, skipped: ways.skipped, asks: [...seen.asks, { at: d.now, says: record.says, explanation }] });
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
        because: `A message ('${step.say}') could not go out: ${answer.says}`,
        outcomes,
      });
      return { is: 'with-person' };
  }
}

/** The touch's own rules, then the journey's; once part of a fate has been waited for, what is left of it counts. */
function manners(
  step: TouchStep,
  { touch }: TouchAsked,
  value: Parameters<typeof prefer>[2],
): ReturnType<typeof prefer> {
  const { madeBy, within, team, reach, fate } = step;
  const chosen = prefer(
    { madeBy, ...(within === undefined ? {} : { within }), team, reach, fate },
    step.prefer ?? [],
    value,
  );
  const isWhole = JSON.stringify(touch.fate) === JSON.stringify(fate);
  return isWhole ? chosen : { ...chosen, manner: { ...chosen.manner, fate: touch.fate } };
}

function handOver(d: Draft, seen: SimTouch, manner: Manner, step: TouchStep): TouchAnswer {
  const because = `A person makes this contact: '${step.say}'`;
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
    outcomes,
    ...(manner.within === undefined ? {} : { within: manner.within }),
  });
  return { is: 'with-person' };
}

function send(
  d: Draft,
  asked: TouchAsked,
  made: { template: Template | null; step: TouchStep; channel: Channel; cost: number; says: string },
): TouchAnswer {
  const { id } = asked.touch;
  const { template, step, channel, cost, says } = made;
  const fenced = fence(d.row, id, d.now);
  if (!fenced.fenced) throw new Error(`Touch '${id}' has its place and was not let through: ${fenced.because}`);
  const composed = compose(d, {
    template,
    step,
    channel,
    facts: asked.facts,
    ...(asked.promise ? { promise: asked.promise } : {}),
  });
  const [next = 'sent', ...rest] = d.provider;
  if (composed.ok) d.provider = rest;
  const outcome = composed.ok ? next : 'failed';
  d.row = settle(fenced.row, id, outcome).row;
  changeTouch(d, id, { state: outcome, channel, cost, at: d.now, message: composed.ok ? composed.message : null });
  if (!composed.ok) {
    tell(d, 'touch', `'${step.say}' could not be written for ${channel}. ${composed.problem}`, id);
    return { is: 'failed', channel };
  }
  const what = { sent: 'goes out', unknown: 'may have gone out', failed: 'surely did not go out' }[outcome];
  tell(d, 'touch', `'${step.say}' ${what} by ${channel}. ${says}`, id);
  return { is: outcome, channel };
}

export function withdraw(d: Draft, id: string): void {
  d.row = leave(release(d.row, id), id);
  const touch = d.touches.find((t) => t.id === id);
  if (touch?.state !== 'waits') return;
  changeTouch(d, id, { state: 'withdrawn' });
  tell(d, 'touch', `'${touch.say}' is withdrawn: the story went on without it.`, id);
}

function waysTo(d: Draft, template: Template | null, manner: Manner, touch: TouchProgress) {
  const facts = {
    wroteOn: d.customer.wroteOn,
    preferred: d.customer.preferred,
    addresses: d.customer.addresses,
    template: Object.keys(template?.channels ?? {}) as Channel[],
    configured: d.setting.channels,
    failed: touch.failed,
  };
  const chosen = chooseReach(manner.reach, facts);
  const substitutes: ReachChosen = chooseReach(substitutesIn(manner.fate), facts);
  const skipped = chosen.skipped.flatMap((s): Candidate[] =>
    s.channel ? [{ channel: s.channel, skipped: s.because }] : [],
  );
  return {
    candidates: [...chosen.candidates, ...skipped],
    substitutes: substitutes.candidates,
    skipped: chosen.skipped.map((s) => s.because),
  };
}

function substitutesIn(fate: Fate): Channel[] {
  if (typeof fate === 'string' || fate.fate === 'toHuman') return [];
  return [...(fate.fate === 'substitute' ? [fate.channel] : []), ...substitutesIn(fate.then)];
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
