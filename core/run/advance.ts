/**
 * The only place that knows what a journey means: `(definition, state, input, now) → { state, commands }`. Total and deterministic; stale
 * inputs change nothing; exactly one step and one wait. It is replayed code: its meaning may change only with `rules`.
 */
import type { Journey } from '../journey/table.ts';
import { applyAnswer, newsTaken, takeAnswer } from './answer.ts';
import { draftOf, finished, stepOf, type Draft, type Move } from './draft.ts';
import { hear, hearOfOthers } from './hear.ts';
import { leaveInterruption, nextInterruption, resume } from './interrupt.ts';
import { takeKept } from './kept.ts';
import { enterChoose } from './steps/choose.ts';
import { endNow, enterEnd } from './steps/end.ts';
import { enterEscalate, personDecided } from './steps/escalate.ts';
import { enterPromise } from './steps/promise.ts';
import { enterTimed, timeIsUp } from './steps/timed.ts';
import { askAgain, enterTouch } from './steps/touch.ts';
import { rules, type Advanced, type Delivery, type Input, type RunState, type Scalar } from './types.ts';

/** More steps at once than any journey has: it runs in a circle in which no time passes, which `check` refuses. */
const circle = 500;

export interface Entered {
  readonly run: string;
  readonly event?: { readonly name: string; readonly data: Readonly<Record<string, Scalar>> };
}

export function startRun(journey: Journey, { run, event }: Entered, now: number): Advanced {
  const d = draftOf(journey, blank(journey, run), now);
  if (event) d.facts = { [event.name]: event.data };
  goOn(d, journey.start);
  return finished(d);
}

const blank = (journey: Journey, run: string): RunState => ({
  rules,
  run,
  step: journey.start,
  wait: { for: 'arm', id: 'start' },
  heard: 0,
  visits: {},
  facts: {},
  kept: [],
  interrupted: null,
  queued: {},
  silence: null,
  customerWaitsSince: null,
  failures: 0,
  touches: 0,
  silences: 0,
  ended: null,
});

export function advance(journey: Journey, state: RunState, input: Input, now: number): Advanced {
  if (state.ended) return { state, commands: [] };
  const d = draftOf(journey, state, now);
  goOn(d, take(d, input));
  return finished(d);
}

function take(d: Draft, input: Input): Move {
  switch (input.kind) {
    case 'delivery':
      return takeDelivery(d, input.delivery);
    case 'answer':
      return takeAnswer(d, input);
    case 'due':
      return takeDue(d, input.wait);
    case 'freed':
      if (d.wait.for === 'place') askAgain(d, d.wait.touch);
      else if (d.interrupted?.wait.for === 'place')
        d.interrupted = { ...d.interrupted, wait: { ...d.interrupted.wait, until: d.now } };
      return null;
  }
}

function takeDue(d: Draft, id: string): Move {
  const wait = d.wait;
  if (wait.id !== id || !('until' in wait) || wait.until === null || d.now < wait.until) return null;
  if (wait.for !== 'place') return timeIsUp(d, wait);
  askAgain(d, wait.touch);
  return null;
}

function takeDelivery(d: Draft, delivery: Delivery): Move {
  if (delivery.number !== d.heard + 1) return null;
  d.heard = delivery.number;
  const move = takeBody(d, delivery);
  return move ?? newsTaken(d);
}

function takeBody(d: Draft, { body, at }: Delivery): Move {
  switch (body.kind) {
    case 'event':
      if (d.wait.for === 'end' && !d.silence) return null;
      if (body.unattributed) {
        hearOfOthers(d);
        return null;
      }
      return hear(d, { event: body.event, id: body.id, at, data: body.data });
    case 'outcome':
      if (d.wait.for === 'person' && d.wait.of === body.of) return personDecided(d, body.outcome);
      if (d.interrupted?.wait.for === 'person' && d.interrupted.wait.of === body.of)
        d.interrupted = { ...d.interrupted, result: { kind: 'delivery', delivery: { number: d.heard, at, body } } };
      return null;
    case 'settled':
      if (body.as === 'failed') d.failures += 1;
      return null;
    case 'cancel':
      return d.wait.for === 'end' && !d.silence ? null : endNow(d, 'cancelled');
  }
}

/** Follows the story until it waits; then, if another interruption waits, that one is next. */
function goOn(d: Draft, from: Move): void {
  let move = from ?? nextInterruption(d);
  for (let steps = 0; move !== null; steps++) {
    move = steps < circle ? enter(d, move) : enterEnd(d, 'circle');
    move ??= nextInterruption(d);
  }
}

function enter(d: Draft, id: string): Move {
  if (id === 'resume') return takeUp(d);
  leaveInterruption(d, id);
  d.step = id;
  d.visits = { ...d.visits, [id]: (d.visits[id] ?? 0) + 1 };
  const step = stepOf(d);
  switch (step.kind) {
    case 'touch':
      return enterTouch(d, step);
    case 'listen':
    case 'pause':
      return enterTimed(d, step);
    case 'choose':
      return enterChoose(d, step);
    case 'escalate':
      return enterEscalate(d);
    case 'promise':
      return enterPromise(d, step);
    case 'end':
      return enterEnd(d, step.as);
    case 'resume':
      return takeUp(d);
    default:
      throw new Error(`Rules ${String(rules)} cannot run '${step.kind}' (step '${id}'): publishing refuses it`);
  }
}

/** Where an interruption ran out: a result that came meanwhile counts, and so does what was kept. */
function takeUp(d: Draft): Move {
  const back = resume(d);
  if (back.to === 'nothing') return enterEnd(d, 'finished');
  if (back.to === 'interruption') return back.move;
  const { result } = back;
  if (result?.kind === 'answer') return applyAnswer(d, result.answer);
  if (result?.kind === 'delivery') return takeBody(d, result.delivery);
  const step = stepOf(d);
  if (d.wait.for === 'events' && step.kind === 'listen') return takeKept(d, step);
  return newsTaken(d);
}
