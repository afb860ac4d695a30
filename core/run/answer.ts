/** What comes back for what we asked: for the step at hand, or for the one that was interrupted. */
import { armOf, type Draft, type Move } from './draft.ts';
import { goBackToListening, isBeingDecided, offer } from './hear.ts';
import { openTask, taskOpened } from './steps/escalate.ts';
import { enterEnd } from './steps/end.ts';
import { momentFound } from './steps/timed.ts';
import { answerTouch, askAgain, overtaken, waitAfter } from './steps/touch.ts';
import type { Answer, Input, Wait } from './types.ts';

type Answered = Extract<Input, { kind: 'answer' }>;

export function takeAnswer(d: Draft, input: Answered): Move {
  if (isFor(d.wait, input.to)) return applyAnswer(d, input.answer);
  if (d.interrupted && isFor(d.interrupted.wait, input.to)) answerInterrupted(d, input);
  return null;
}
const isFor = (wait: Wait, to: string): boolean =>
  wait.for === 'events' || wait.for === 'time'
    ? wait.finding === to
    : wait.for !== 'place' && wait.for !== 'news' && wait.id === to;

export function applyAnswer(d: Draft, answer: Answer): Move {
  const wait = d.wait;
  switch (wait.for) {
    case 'events':
    case 'time':
      return answer.is === 'moment' ? momentFound(d, wait, answer.at) : null;
    case 'touch':
      return isTouchAnswer(answer) ? answerTouch(d, wait, answer) : null;
    case 'arm':
      return answer.is === 'arm' ? armOf(d, answer.arm) : null;
    case 'person':
      if (answer.is === 'overtaken') return newsFirst(d, answer.upTo);
      return answer.is === 'opened' && !wait.opened ? opened(d, wait) : null;
    case 'end':
      if (answer.is === 'overtaken') return newsFirst(d, answer.upTo);
      if (answer.is === 'ended') d.ended = { as: wait.as, at: d.now };
      return null;
    default:
      return null;
  }
}

/** The silence stood; what came while that was being decided is offered now. */
function opened(d: Draft, wait: Extract<Wait, { for: 'person' }>): Move {
  taskOpened(d, wait);
  const [first] = d.kept.filter((k) => d.journey.anyTime[k.event] !== undefined);
  if (!first) return null;
  d.kept = d.kept.filter((k) => k !== first);
  return offer(d, first);
}

/** The silence was none: something had come before we acted on it. */
function newsFirst(d: Draft, upTo: number): Move {
  const wait = d.wait;
  if (!isBeingDecided(wait)) return null;
  if (wait.for === 'person' || wait.for === 'end') overtaken(d, wait, upTo);
  for (const early of d.kept) {
    goBackToListening(d, early.event);
    if (d.wait.for !== 'events') continue;
    d.kept = d.kept.filter((k) => k !== early);
    return offer(d, early);
  }
  return newsTaken(d);
}

/** Everything the answer spoke of has been taken and led nowhere else: ask anew. */
export function newsTaken(d: Draft): Move {
  const wait = d.wait;
  if (wait.for !== 'news' || d.heard < wait.upTo) return null;
  if (wait.of.for === 'touch') askAgain(d, wait.of.touch);
  else if (wait.of.for === 'person') openTask(d);
  else return enterEnd(d, wait.of.as);
  return null;
}

/** The interrupted step keeps its answer for the return; answers that only change its wait change it. */
function answerInterrupted(d: Draft, input: Answered): void {
  const under = d.interrupted;
  if (!under) return;
  const { wait } = under;
  const { answer } = input;
  if ((wait.for === 'events' || wait.for === 'time') && answer.is === 'moment')
    d.interrupted = { ...under, wait: { ...wait, until: answer.at, finding: null } };
  else if (wait.for === 'touch' && (answer.is === 'deferred' || answer.is === 'with-person'))
    d.interrupted = { ...under, wait: waitAfter(wait, answer) };
  else if (wait.for === 'person' && answer.is === 'opened')
    d.interrupted = { ...under, wait: { ...wait, opened: true } };
  else d.interrupted = { ...under, result: input };
}

const isTouchAnswer = (answer: Answer): answer is Parameters<typeof answerTouch>[2] =>
  answer.is !== 'moment' && answer.is !== 'arm' && answer.is !== 'opened' && answer.is !== 'ended';
