/** What comes back for what we asked: for the step at hand, or for the one that was interrupted. */
import { isConversation, stepOf, type Draft, type Move } from './draft.ts';
import { forgetReplies, joinTask } from './joins.ts';
import { enterEnd } from './steps/end.ts';
import { armAnswered } from './steps/other-systems.ts';
import { openTask, taskOpened } from './steps/escalate.ts';
import { conversationOpened, openConversation } from './steps/converse.ts';
import { momentFound, withMoment } from './steps/timed.ts';
import { answerTouch, askAgain, overtaken, waitAfter } from './steps/touch.ts';
import type { Answer, Input, TouchAnswer } from './inputs.ts';
import type { Wait } from './state.ts';

type Answered = Extract<Input, { kind: 'answer' }>;

export function takeAnswer(d: Draft, input: Answered): Move {
  if (isFor(d.wait, input.to)) return applyAnswer(d, input.answer);
  if (d.interrupted && isFor(d.interrupted.wait, input.to)) answerBeneath(d, input);
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
      if (answer.is === 'opened') return isConversation(stepOf(d)) ? conversationOpened(d, wait) : null;
      return isTouchAnswer(answer) ? answerTouch(d, wait, answer) : null;
    case 'arm':
      return answer.is === 'arm' ? armAnswered(d, answer.arm) : null;
    case 'person':
      if (wait.opened) return null;
      if (answer.is === 'opened') taskOpened(d, wait);
      return answer.is === 'overtaken' && d.silence ? overtaken(d, wait, answer.upTo) : null;
    case 'end':
      if (answer.is === 'ended') d.ended = { as: wait.as, at: d.now };
      return answer.is === 'overtaken' && d.silence ? overtaken(d, wait, answer.upTo) : null;
    default:
      return null;
  }
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
function answerBeneath(d: Draft, input: Answered): void {
  const under = d.interrupted;
  if (!under) return;
  const { wait } = under;
  const { answer } = input;
  const waits = (next: Wait): void => {
    d.interrupted = { ...under, wait: next };
  };
  switch (wait.for) {
    case 'events':
    case 'time':
      if (answer.is === 'moment') waits(withMoment(wait, answer.at, d.now));
      return;
    case 'touch':
      if (isConversation(stepOf(d, under.step)) && isOut(answer)) {
        d.touches += 1;
        waits(openConversation(wait));
        forgetReplies(d);
        return;
      }
      if (answer.is === 'deferred' || answer.is === 'with-person') waits(waitAfter(wait, answer));
      else if (isTouchAnswer(answer)) remember(d, input);
      break;
    case 'person':
      if (answer.is === 'opened') waits({ ...wait, opened: true });
      break;
    case 'arm':
      if (answer.is === 'arm') remember(d, input);
      return;
    default:
      return;
  }
  if (answer.is === 'with-person' || answer.is === 'opened') joinTask(d);
}

const isOut = ({ is }: Answer): boolean => is === 'opened' || is === 'sent' || is === 'unknown';

/** The first counts: whatever comes twice changes nothing. */
function remember(d: Draft, result: Input): void {
  if (d.interrupted && !d.interrupted.result) d.interrupted = { ...d.interrupted, result };
}

const isTouchAnswer = (answer: Answer): answer is TouchAnswer =>
  answer.is !== 'moment' && answer.is !== 'arm' && answer.is !== 'opened' && answer.is !== 'ended';
