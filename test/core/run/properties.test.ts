import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Journey } from '../../../core/journey/table.ts';
import { advance } from '../../../core/run/advance.ts';
import type { Advanced, Command } from '../../../core/run/commands.ts';
import type { Input } from '../../../core/run/inputs.ts';
import type { RunState, Wait } from '../../../core/run/state.ts';
import { isTimed, nameOf, play } from './play.ts';
import { randomJourney } from './random-journey.ts';
import { keepsRulesOfVerbs, met, must, opensConversation, same, type Step } from './verb-rules.ts';
import { happening, reasonsIn, waitsIn, type Happening } from './random-run.ts';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const begun = { run: 'R', customer: 'ana', event: { name: 'begun', data: { urgent: true } } };
const seen = {
  ...{ steps: 0, ended: 0, interrupted: 0, takenBack: 0, held: 0, confirmed: 0, beneath: 0, circles: 0 },
};

test('whatever happens to a run, in whatever order, it keeps to its rules', () => {
  const happenings = fc.array(happening, { minLength: 30, maxLength: 60 });
  fc.assert(
    fc.property(randomJourney, fc.tuple(happenings, happenings, happenings), (journey, runs) => {
      for (const run of runs) walk(journey, run);
    }),
    { seed: 20_260_302, numRuns: 700 },
  );
  // What is asserted must also have been met.
  const { steps, circles, ...rare } = { ...seen, ...met };
  expect({ circles, enough: steps > 40_000, rare: Object.entries(rare).filter(([, often]) => often < 10) }).toEqual({
    circles: 0,
    enough: true,
    rare: [],
  });
});

function walk(journey: Journey, happenings: readonly Happening[]): void {
  const rules = rulesOfARun(journey);
  const all: Command[] = [];
  for (const { step, state, commands } of play(journey, begun, happenings, take)) {
    all.push(...commands);
    rules.after(step, state, all);
    if (!step) continue;
    seen.steps += 1;
    // What comes twice changes nothing, except that a second free place is a second chance.
    const { input, now } = step;
    const again = advance(journey, state, input, now);
    if (input.kind !== 'freed') must(same(again, { state, commands: [] }), 'Twice is not once', input, state, again);
  }
}

/** The same from a copy through JSON: a replay, or a run that was continued as new. */
function take(journey: Journey, state: RunState, input: Input, now: number): Advanced {
  const next = advance(journey, state, input, now);
  must(same(advance(journey, copy(state), copy(input), now), next), 'A copy goes another way', state, input);
  return next;
}

function rulesOfARun(journey: Journey) {
  const gone = new Set<string>();
  const decided = new Set<string>();
  const given = new Set<string>();

  const after = (step: Step | null, state: RunState, all: readonly Command[]): void => {
    must(Object.hasOwn(journey.steps, state.step), 'It stands at no step', state.step);
    stillness(state);
    if (state.wait.for === 'end' && state.wait.as === 'circle') seen.circles += 1;
    if (state.interrupted) seen.interrupted += 1;
    if (state.held.length > 0) seen.held += 1;
    if (state.ended) seen.ended += 1;
    unique(all);
    if (step) {
      const { before, input, commands } = step;
      heardInOrder(step, state);
      const isUnchanged = commands.length === 0 && same(state, before);
      must(!before.ended || isUnchanged, 'Something happened after the end', input, state);
      must(!isStale(step) || isUnchanged, 'A stale input changed something', input, before, state);
      silenceOnce(before, input, state);
      keepsRulesOfVerbs(journey, step, state);
      remember(before, input, state);
    }
    nothingLeftOpen(state, all);
  };

  /** A listen or a pause that is left never comes back: a silence is taken or taken back, not both. */
  const silenceOnce = (before: RunState, input: Input, state: RunState): void => {
    const now = new Set(
      waitsIn(state)
        .filter(isTimed)
        .map(({ id }) => id),
    );
    for (const { id } of waitsIn(before).filter(isTimed)) if (!now.has(id)) gone.add(id);
    for (const id of now) must(!gone.has(id), 'It waits again for what it had left', id, before, input);
    const { silence, wait } = before;
    if (!silence) return;
    const id = silence.wait.id;
    if (state.wait.id === id) seen.takenBack += 1;
    const acted =
      input.kind === 'answer' &&
      input.to === wait.id &&
      ['sent', 'unknown', 'opened', 'with-person', 'ended'].includes(input.answer.is);
    const fits =
      acted &&
      (input.answer.is === 'opened'
        ? wait.for === 'person' || opensConversation(journey, wait)
        : input.answer.is === 'ended'
          ? wait.for === 'end'
          : wait.for === 'touch');
    if (!fits) return;
    seen.confirmed += 1;
    must(wait.for === 'end' || !now.has(id), 'A silence was taken, and taken back', before, input);
  };

  const remember = (before: RunState, input: Input, state: RunState): void => {
    if (
      input.kind === 'delivery' &&
      input.delivery.number === before.heard + 1 &&
      input.delivery.body.kind === 'outcome'
    )
      decided.add(input.delivery.body.of);
    if (input.kind !== 'answer') return;
    for (const wait of [before.wait, before.interrupted?.wait])
      if (wait?.for === 'touch' && wait.id === input.to) {
        if (input.answer.is === 'with-person') given.add(wait.touch.id);
        const over = [
          'needless',
          'dropped',
          'withdrawn',
          ...(opensConversation(journey, wait) ? [] : ['sent', 'unknown']),
        ];
        if (over.includes(input.answer.is)) decided.add(wait.touch.id);
        if (state.interrupted?.result) seen.beneath += 1;
      }
  };

  /** Every touch asked for and every reason for a task is waited for, decided, withdrawn or closed. */
  const nothingLeftOpen = (state: RunState, all: readonly Command[]): void => {
    const waited = new Set(waitsIn(state).flatMap(waitedFor));
    const givenUp = new Set(
      all.flatMap((c) => (c.do === 'withdraw' ? [c.touch] : c.do === 'close-reason' ? [c.of] : [])),
    );
    for (const reason of reasonsIn(all))
      if (!waited.has(reason) && !decided.has(reason) && !givenUp.has(reason))
        throw new Error(`${reason} is neither waited for, decided nor given up, at ${JSON.stringify(state)}`);
  };
  return { after };
}

/** What must hold whenever a run waits. */
function stillness(state: RunState): void {
  const { wait, silence, interrupted } = state;
  const isDeciding =
    silence !== null && (wait.for === 'touch' || wait.for === 'end' || (wait.for === 'person' && !wait.opened));
  const isOpening = wait.for === 'touch' && state.held.every(({ event }) => event === 'customer-replied');
  must(
    state.ended !== null || isDeciding || isOpening || state.held.length === 0,
    'It holds what it could take',
    state,
  );
  must(wait.for !== 'news' || state.heard < wait.upTo, 'It waits for news it has', state);
  if (!interrupted && wait.for !== 'end' && !isDeciding)
    must(Object.keys(state.queued).length === 0, 'Nothing keeps the next interruption waiting', state);
  if (isTimed(wait) || (wait.for === 'person' && wait.opened))
    must(silence === null, 'The silence was acted on', state);
  for (const timed of waitsIn(state).filter(isTimed))
    must((timed.until === null) === (timed.finding !== null), 'A moment is known or being found', timed);
  must(new Set(state.kept.map(({ event }) => event)).size === state.kept.length, 'Kept twice', state.kept);
}

function heardInOrder({ before, input }: Step, state: RunState): void {
  const isNext = input.kind === 'delivery' && input.delivery.number === before.heard + 1 && !before.ended;
  must(state.heard === before.heard + (isNext ? 1 : 0), 'Heard out of order', before.heard, input);
}

function isStale({ before, input, now }: Step): boolean {
  const { wait, interrupted } = before;
  switch (input.kind) {
    case 'delivery':
      return input.delivery.number !== before.heard + 1;
    case 'due':
      return input.wait !== wait.id || !('until' in wait) || wait.until === null || now < wait.until;
    case 'freed':
      return wait.for !== 'place' && interrupted?.wait.for !== 'place';
    case 'answer':
      return [wait, interrupted?.wait].every((w) => w === undefined || nameOf(w) !== input.to);
  }
}
function waitedFor(wait: Wait): string[] {
  const asked = wait.for === 'news' ? wait.of : wait;
  if (asked.for === 'person') return [asked.of];
  if (asked.for === 'conversation') return [asked.of];
  return asked.for === 'touch' || asked.for === 'place' ? [asked.touch.id] : [];
}

function unique(all: readonly Command[]): void {
  const ids = all.flatMap((c) => ('id' in c ? [c.id] : []));
  if (new Set(ids).size !== ids.length) throw new Error(`Asked twice under one id: ${ids.join(', ')}`);
  const touches = all.flatMap((c) =>
    c.do === 'touch' || c.do === 'converse' ? [`${c.touch.id} ask ${c.touch.ask}`] : [],
  );
  const keys = all.flatMap((c) => (c.do === 'act' ? [c.key] : []));
  if (new Set(keys).size !== keys.length) throw new Error(`Done twice: ${keys.join(', ')}`);
  if (new Set(touches).size !== touches.length) throw new Error(`One ask of a touch twice: ${touches.join(', ')}`);
}
