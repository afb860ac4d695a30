import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { TableStep } from '../../../core/journey/table-steps.ts';
import type { Journey, StepId } from '../../../core/journey/table.ts';
import { advance, startRun } from '../../../core/run/advance.ts';
import { land } from '../../../core/run/land.ts';
import { moveState, type StepMap } from '../../../core/run/move-state.ts';
import type { Command } from '../../../core/run/commands.ts';
import type { Input } from '../../../core/run/inputs.ts';
import type { RunState, Wait } from '../../../core/run/state.ts';
import { day, frozen, hour, isAsked, monday } from './drive.ts';
import { randomJourney } from './random-journey.ts';
import { happening, outcomes, possibleAnswer, type Happening } from './random-run.ts';

const finished: TableStep = { kind: 'end', as: 'finished', next: null };
const remind: TableStep = {
  kind: 'listen',
  until: '2 days',
  next: 'end:finished',
  goes: { 'customer-replied': 'end:finished', silence: 'end:finished' },
};
const chase: TableStep = {
  kind: 'touch',
  team: 'care',
  madeBy: 'tech',
  purpose: 'service',
  cause: 'begun',
  reach: ['sms'],
  fate: 'drop',
  say: 'hello',
  next: 'remind',
};
const call: TableStep = {
  kind: 'escalate',
  team: 'care',
  because: 'They wait',
  within: '1 hour',
  next: 'end:finished',
  goes: { called: 'end:finished', nobody: 'end:finished' },
};
const journeyOf = (steps: Record<string, TableStep>, more: Partial<Journey> = {}): Journey => ({
  format: 1,
  name: 'small',
  team: 'care',
  entry: { event: 'begun', oncePer: 'customer' },
  exits: {},
  start: Object.keys(steps)[0] ?? '',
  anyTime: {},
  steps: { ...steps, 'end:finished': finished },
  expect: [],
  ...more,
});
const begun = { run: 'R', customer: 'ana', event: { name: 'begun', data: {} } };

interface Run {
  state: RunState;
  readonly all: Command[];
}
function begin(journey: Journey): Run {
  const { state, commands } = frozen(startRun(journey, begun, monday));
  return { state, all: [...commands] };
}
function give(journey: Journey, run: Run, input: Input, now = monday): void {
  const { state, commands } = frozen(advance(journey, run.state, input, now));
  run.state = state;
  run.all.push(...commands);
}
const answer = (to: string, is: Extract<Input, { kind: 'answer' }>['answer']): Input => ({
  kind: 'answer',
  to,
  answer: is,
});
const event = (number: number, name: string): Input => ({
  kind: 'delivery',
  delivery: { number, at: monday, body: { kind: 'event', event: name, id: `e${String(number)}`, data: {} } },
});

function move(from: Journey, to: Journey, run: Run, map: StepMap = {}, now = monday + hour) {
  const moved = moveState({ from, to, map, now }, run.state);
  if (!moved.ok) return moved.because;
  const landed = frozen(land(to, moved, now));
  return { state: landed.state, commands: landed.commands };
}

describe('a run that is moved', () => {
  it('waits on under the new time, counted from the same beginning', () => {
    const v1 = journeyOf({ remind });
    const moved = move(v1, journeyOf({ remind: { ...remind, until: '3 days' } }), begin(v1));
    expect(moved).toMatchObject({ state: { step: 'remind', wait: { until: monday + 3 * day } }, commands: [] });
    const found = move(v1, journeyOf({ remind: { ...remind, until: '3 business days' } }), begin(v1));
    expect(found).toMatchObject({
      state: { wait: { until: null } },
      commands: [{ do: 'find-moment', said: '3 business days', from: monday }],
    });
  });

  it('keeps a time that is said the same, and takes what the new version listens for and was heard before', () => {
    const heard: Journey = journeyOf({ pause: { kind: 'pause', until: '2 days', next: 'later' }, later: remind });
    const run = begin(heard);
    give(heard, run, event(1, 'customer-replied'));
    const listens = journeyOf({ pause: { kind: 'pause', until: '2 days', next: 'end:finished' }, later: remind });
    expect(move(heard, listens, run)).toMatchObject({ state: { step: 'pause', wait: { until: monday + 2 * day } } });
    const v2 = journeyOf({ waiting: remind, later: remind });
    // The reply came too early for the pause, and the step it is moved to begins by taking it.
    expect(move(heard, v2, run, { pause: 'waiting' })).toMatchObject({
      state: { wait: { for: 'end', as: 'finished' } },
    });
  });

  it('goes on under another name where its step has one, and begins the step it is mapped to where the kind differs', () => {
    const v1 = journeyOf({ remind });
    const renamed = move(v1, journeyOf({ nudge: remind }), begin(v1), { remind: 'nudge' });
    expect(renamed).toMatchObject({
      state: { step: 'nudge', wait: { id: 'nudge/1', until: monday + 2 * day } },
      commands: [],
    });
    const chased = move(v1, journeyOf({ chase, remind }), begin(v1), { remind: 'chase' });
    expect(chased).toMatchObject({
      state: { step: 'chase' },
      commands: [{ do: 'touch', touch: { id: 'R/chase/1', ask: 1 } }],
    });
  });

  it('asks anew for the touch that waits for its place, under its own id', () => {
    const v1 = journeyOf({ chase, remind });
    const run = begin(v1);
    give(v1, run, answer('chase/1/1', { is: 'deferred', until: monday + hour, because: 'budget', fate: 'drop' }));
    expect(move(v1, journeyOf({ chase: { ...chase, say: 'better' }, remind }), run)).toMatchObject({
      commands: [{ do: 'touch', touch: { id: 'R/chase/1', ask: 2 } }],
    });
    expect(move(v1, journeyOf({ write: chase, remind }), run, { chase: 'write' })).toMatchObject({
      commands: [
        { do: 'withdraw', touch: 'R/chase/1' },
        { do: 'touch', touch: { id: 'R/write/1', ask: 1 } },
      ],
    });
  });

  it('stays with the person who has it, unless the choices they see are gone', () => {
    const v1 = journeyOf({ call });
    const run = begin(v1);
    give(v1, run, answer('call/1/open-0', { is: 'opened' }));
    expect(move(v1, journeyOf({ phone: call }), run, { call: 'phone' })).toMatchObject({
      state: { step: 'phone', wait: { for: 'person', of: 'R/call/1' } },
      commands: [],
    });
    const others = { ...call, goes: { answered: 'end:finished', nobody: 'end:finished' } };
    expect(move(v1, journeyOf({ call: others }), run)).toBe(
      "It may still come to 'called', which 'call' has no way for.",
    );
  });

  it('is refused where its step is gone, is of another kind, or something is under way', () => {
    const v1 = journeyOf({ remind });
    expect(move(v1, journeyOf({ chase, other: remind }), begin(v1))).toBe("Its step 'remind' is not there any more.");
    expect(move(v1, journeyOf({ remind: chase, other: remind }), begin(v1))).toBe(
      "'remind' is another kind of step (touch instead of listen): map it to where they should go on.",
    );
    expect(move(v1, journeyOf({ remind }), begin(v1), { remind: 'nowhere' })).toBe("There is no step 'nowhere'.");
    const v2 = journeyOf({ chase, remind });
    expect(move(v2, v2, begin(v2))).toBe("At 'chase' something is under way.");
  });

  it('keeps to its interruption, and may be led out of it', () => {
    const meet = { ...chase, next: 'listening', inside: ['anyTime:named'] };
    const listening = { ...remind, inside: ['anyTime:named'] };
    const v1 = journeyOf({ remind, meet, listening }, { anyTime: { named: 'meet' } });
    const run = begin(v1);
    give(v1, run, event(1, 'named'));
    give(v1, run, answer('meet/1/1', { is: 'sent', channel: 'sms' }));
    expect(run.state).toMatchObject({ step: 'listening', interrupted: { step: 'remind' } });
    const longer = journeyOf(
      { remind: { ...remind, until: '9 days' }, meet, listening },
      { anyTime: { named: 'meet' } },
    );
    expect(move(v1, longer, run)).toMatchObject({ state: { interrupted: { wait: { until: monday + 9 * day } } } });
    const outside = journeyOf({ remind, listening: remind });
    expect(move(v1, outside, run)).toBe("'listening' does not stand within the interruption by named.");
    expect(move(v1, journeyOf({ remind, call }), run, { listening: 'call' })).toMatchObject({
      state: { step: 'call', interrupted: null },
    });
  });
});

/** The same journey with other times, or one that has only some names in common. */
const versions = fc
  .tuple(randomJourney, randomJourney, fc.constantFrom('same', 'times', 'another'))
  .map(([one, other, how]) => ({
    from: one,
    to: how === 'another' ? other : how === 'times' ? withOtherTimes(one) : one,
  }));
const withOtherTimes = (journey: Journey): Journey => ({
  ...journey,
  steps: Object.fromEntries(
    Object.entries(journey.steps).map(([id, step]) => [id, 'until' in step ? { ...step, until: '5 days' } : step]),
  ),
});

test('any run, moved by any mapping from wherever it stands, is valid there and goes on to its end, or is refused with a reason', () => {
  const seen = { moved: 0, entered: 0, refused: 0, interrupted: 0, reckoned: 0, person: 0, place: 0 };
  const happenings = fc.array(happening, { minLength: 20, maxLength: 40 });
  fc.assert(
    fc.property(
      versions,
      happenings,
      fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 2 }),
      ({ from, to }, before, pairs) => {
        const map = mapOf(from, to, pairs);
        const run = begin(from);
        let now = monday;
        for (const happens of before) {
          now = drive(from, run, happens, now);
          if (run.state.ended) return;
          const moved = moveState({ from, to, map, now }, run.state);
          if (!moved.ok) {
            seen.refused += 1;
            if (!/^.{10,}\.$|: map it/.test(moved.because)) throw new Error(`No reason: ${moved.because}`);
            continue;
          }
          seen.moved += 1;
          if (moved.enter !== null) seen.entered += 1;
          if (moved.reckon.length > 0) seen.reckoned += 1;
          if (run.state.interrupted) seen.interrupted += 1;
          if (run.state.wait.for === 'person') seen.person += 1;
          if (run.state.wait.for === 'place') seen.place += 1;
          const landed = land(to, frozen(moved), now);
          const there: Run = { state: frozen(landed.state), all: [...run.all, ...landed.commands] };
          valid(to, there.state);
          unique(there.all);
          let later = now;
          for (const next of before) {
            later = drive(to, there, next, later);
            if (there.state.ended) break;
            valid(to, there.state);
          }
          unique(there.all);
        }
      },
    ),
    { seed: 20_260_302, numRuns: 500 },
  );
  expect(Object.entries(seen).filter(([, often]) => often < 25)).toEqual([]);
});

function mapOf(from: Journey, to: Journey, pairs: readonly (readonly [number, number])[]): StepMap {
  const [old, fresh] = [Object.keys(from.steps), Object.keys(to.steps)];
  return Object.fromEntries(pairs.map(([a, b]) => [old[a % old.length] ?? '', fresh[b % fresh.length] ?? '']));
}

/** Pushes what an interpreter would: answers to what was asked, moments that come, events. */
function drive(journey: Journey, run: Run, happens: Happening, now: number): number {
  const { wait, heard } = run.state;
  const number = heard + 1;
  if (happens.is === 'passes') return now + happens.hours * hour;
  if (happens.is === 'event') {
    const { event: name, unattributed } = happens;
    const body = { kind: 'event', event: name, id: `e${String(number)}`, data: {} } as const;
    give(
      journey,
      run,
      { kind: 'delivery', delivery: { number, at: now, body: unattributed ? { ...body, unattributed } : body } },
      now,
    );
    return now;
  }
  const how = 'how' in happens ? happens.how : 19;
  const asked = run.all
    .filter(isAsked)
    .findLast(({ id }) => nameOf(wait) === id || nameOf(run.state.interrupted?.wait) === id);
  if (asked && !(wait.for === 'person' && wait.opened)) {
    give(
      journey,
      run,
      answer(
        asked.id,
        possibleAnswer(
          asked,
          how,
          heard,
          now,
          Object.keys(journey.steps['step' in asked ? asked.step : '']?.goes ?? {}),
        ),
      ),
      now,
    );
    return now;
  }
  if (wait.for === 'person' || wait.for === 'conversation') {
    const body = { kind: 'outcome', of: wait.of, outcome: outcomes[how % outcomes.length] ?? '' } as const;
    give(journey, run, { kind: 'delivery', delivery: { number, at: now, body } }, now);
    return now;
  }
  const due = 'until' in wait && wait.until !== null ? Math.max(now, wait.until) : now;
  give(journey, run, { kind: 'due', wait: wait.id }, due);
  return due;
}
const nameOf = (wait: Wait | undefined): string | null =>
  wait === undefined || wait.for === 'place' || wait.for === 'news' ? null : 'finding' in wait ? wait.finding : wait.id;

const fits: Readonly<Record<Wait['for'], readonly TableStep['kind'][]>> = {
  events: ['listen'],
  time: ['pause', 'repeat'],
  touch: ['touch', 'ask', 'answer', 'offerCall'],
  place: ['touch', 'ask', 'answer', 'offerCall'],
  person: ['escalate', 'touch', 'ask', 'answer', 'offerCall'],
  conversation: ['ask', 'answer', 'offerCall'],
  arm: ['choose', 'lookUp', 'act'],
  news: ['escalate', 'touch', 'ask', 'answer', 'offerCall', 'end'],
  end: ['end'],
};
function valid(journey: Journey, state: RunState): void {
  const places: [StepId, Wait][] = [[state.step, state.wait]];
  if (state.interrupted) places.push([state.interrupted.step, state.interrupted.wait]);
  for (const silence of [state.silence, state.interrupted?.silence])
    if (silence) places.push([silence.step, silence.wait]);
  for (const [id, wait] of places) {
    const kind = journey.steps[id]?.kind;
    // Whatever ends does so where it stands.
    const isEnding = wait.for === 'end' || (wait.for === 'news' && wait.of.for === 'end');
    const isSound = kind !== undefined && (isEnding || fits[wait.for].includes(kind));
    if (!isSound)
      throw new Error(`It waits for ${wait.for} at '${id}', which is ${String(kind)}: ${JSON.stringify(state)}`);
  }
  const within = journey.steps[state.step]?.inside?.find((name) => name.startsWith('anyTime:'));
  const by = state.interrupted ? `anyTime:${state.interrupted.by}` : undefined;
  if (by !== undefined && within !== by && state.wait.for !== 'end')
    throw new Error(`It stands in ${String(within)} and was interrupted by ${by}: ${JSON.stringify(state)}`);
  const repeats = (journey.steps[state.step]?.inside ?? []).filter((name) => journey.steps[name]?.kind === 'repeat');
  for (const repeat of repeats)
    if (state.wait.for !== 'end' && !state.repeats?.[repeat])
      throw new Error(`It stands in ${repeat} without a round: ${JSON.stringify(state)}`);
}

function unique(all: readonly Command[]): void {
  const asks = all.flatMap((c) =>
    c.do === 'touch' || c.do === 'converse' ? [`${c.touch.id} ask ${String(c.touch.ask)}`] : [],
  );
  const ids = all.flatMap((c) => ('id' in c ? [c.id] : []));
  const keys = all.flatMap((c) => (c.do === 'act' ? [c.key] : []));
  for (const names of [asks, ids, keys])
    if (new Set(names).size !== names.length) throw new Error(`Twice: ${names.join(', ')}`);
}
