/**
 * The only place that knows what a journey means: `(definition, state, input, now) → { state, commands }`. Total and deterministic; stale
 * inputs change nothing; exactly one step and one wait. It is replayed code: its meaning may change only with `rules`.
 */
import type { Journey } from '../journey/table.ts';
import { applyAnswer, newsTaken, takeAnswer } from './answer.ts';
import { draftOf, finished, stepOf, type Draft, type Move } from './draft.ts';
import { hear, takeHeld } from './hear.ts';
import { leaveInterruption, nextInterruption, resume } from './interrupt.ts';
import { keepRounds } from './rounds.ts';
import { enterChoose } from './steps/choose.ts';
import { conversationEnded, isOfConversation } from './steps/converse.ts';
import { endNow, enterEnd } from './steps/end.ts';
import { enterEscalate, personDecided, reasonOf } from './steps/escalate.ts';
import { enterAct, enterLookUp } from './steps/other-systems.ts';
import { enterPromise } from './steps/promise.ts';
import { enterRemind } from './steps/remind.ts';
import { enterRepeat } from './steps/repeat.ts';
import { enterSplit } from './steps/split.ts';
import { enterTimed, ifMissed, timeIsUp } from './steps/timed.ts';
import { askAgain, enterTouch } from './steps/touch.ts';
import type { Advanced } from './commands.ts';
import type { Delivery, Input, Scalar } from './inputs.ts';
import { rules, type RunState } from './state.ts';

/** More steps at once than a journey takes, also in a hundred rounds: it runs in a circle in which no time passes, which `check` refuses. */
const circle = 5_000;

export interface Entered {
  readonly run: string;
  /** An opaque id, no personal data: what `split` draws on. */
  readonly customer: string;
  readonly event?: { readonly name: string; readonly data: Readonly<Record<string, Scalar>> };
}

export function startRun(journey: Journey, { run, customer, event }: Entered, now: number): Advanced {
  const d = draftOf(journey, blank(journey, run, customer), now);
  if (event) d.facts = { [event.name]: event.data };
  goOn(d, journey.start);
  return finished(d);
}

const blank = (journey: Journey, run: string, customer: string): RunState => ({
  rules,
  run,
  customer,
  step: journey.start,
  wait: { for: 'arm', id: 'start' },
  heard: 0,
  repeats: {},
  visits: {},
  facts: {},
  kept: [],
  held: [],
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
  if (wait.for !== 'place') return timeIsUp(d);
  askAgain(d, wait.touch);
  return null;
}

function takeDelivery(d: Draft, delivery: Delivery): Move {
  if (delivery.number !== d.heard + 1) return null;
  d.heard = delivery.number;
  return takeBody(d, delivery);
}

function takeBody(d: Draft, { number, body, at }: Delivery): Move {
  const isOver = d.wait.for === 'end' && !d.silence;
  switch (body.kind) {
    case 'event': {
      if (isOver) return null;
      const { event, id, data, unattributed } = body;
      return hear(d, { number, event, id, at, data, ...(unattributed ? { unattributed } : {}) });
    }
    case 'outcome':
      return takeOutcome(d, body, { kind: 'delivery', delivery: { number, at, body } });
    case 'settled':
      if (body.as === 'failed') d.failures += 1;
      return null;
    case 'cancel':
      return isOver ? null : endNow(d, 'cancelled');
    case 'move':
      return null;
  }
}

/** It may come before the answer that the task or the conversation is open: then it says that too. */
function takeOutcome(d: Draft, { of, outcome }: { of: string; outcome: string }, input: Input): Move {
  const isOfPerson = !isOfConversation(d, of);
  if (isOfPerson && outcome !== 'nobody') d.customerWaitsSince = null;
  if (reasonOf(d.wait) === of) return isOfPerson ? personDecided(d, outcome) : conversationEnded(d, outcome);
  // A conversation has one outcome. Of a task the newest counts: somebody may take it after nobody did.
  const under = d.interrupted;
  if (under && reasonOf(under.wait) === of && (isOfPerson || !under.result))
    d.interrupted = { ...under, result: input };
  return null;
}

/** Follows the story until it waits and nothing that was heard is left to take. */
export function goOn(d: Draft, from: Move): void {
  let move = from ?? unprompted(d);
  for (let steps = 0; move !== null; steps++) {
    move = steps < circle ? enter(d, move) : enterEnd(d, 'circle');
    move ??= unprompted(d);
  }
}

/** What a waiting run goes on to by itself. */
function unprompted(d: Draft): Move {
  return takeHeld(d) ?? newsTaken(d) ?? nextInterruption(d);
}

function enter(d: Draft, id: string): Move {
  if (id === 'resume') return takeUp(d);
  leaveInterruption(d, id);
  keepRounds(d, id);
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
    case 'remind':
      return enterRemind(d, step);
    case 'split':
      return enterSplit(d, step);
    case 'repeat':
      return enterRepeat(d, step);
    case 'lookUp':
      return enterLookUp(d, step);
    case 'act':
      return enterAct(d, step);
    case 'ask':
    case 'answer':
    case 'offerCall':
      return enterTouch(d, step);
    case 'end':
      return enterEnd(d, step.as);
    case 'resume':
      return takeUp(d);
  }
}

/** Where an interruption ran out. */
function takeUp(d: Draft): Move {
  const back = resume(d);
  if (back.to === 'nothing') return enterEnd(d, 'finished');
  if (back.to === 'step') return back.step;
  const { result } = back;
  if (result?.kind === 'answer') return applyAnswer(d, result.answer);
  if (result?.kind === 'delivery') return takeBody(d, result.delivery);
  return ifMissed(d);
}
