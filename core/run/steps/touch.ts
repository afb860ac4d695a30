import type { ConversationStep } from '../../journey/table-conversations.ts';
import type { TouchStep } from '../../journey/table-steps.ts';
import { countsOf, derivedId, isConversation, stepOf, visitOf, waitId, type Draft, type Move } from '../draft.ts';
import { joinTask } from '../joins.ts';
import type { TouchAnswer } from '../inputs.ts';
import type { AskingWait, TouchProgress, Wait } from '../state.ts';
import { conversationOpened } from './converse.ts';

/** A conversation is opened as a touch is made, and refused as a touch is. */
export function enterTouch(d: Draft, step: TouchStep | ConversationStep): Move {
  ask(d, { id: derivedId(d), ask: 1, since: d.now, fate: step.fate, failed: [] });
  return null;
}

/** Asks for the touch, or asks afresh after a deferral, a failure or news. */
export function ask(d: Draft, touch: TouchProgress): void {
  const id = waitId(d, `/${touch.ask}`);
  d.wait = { for: 'touch', id, touch };
  const step = stepOf(d);
  const what = {
    ...{ id, step: d.step, visit: visitOf(d), touch, seen: d.heard, facts: d.facts },
    counts: countsOf(d),
  };
  d.commands.push(isConversation(step) ? { do: 'converse', what: step.kind, ...what } : { do: 'touch', ...what });
}
export const askAgain = (d: Draft, touch: TouchProgress): void => {
  ask(d, { ...touch, ask: touch.ask + 1 });
};

export function answerTouch(d: Draft, wait: Extract<AskingWait, { for: 'touch' }>, answer: TouchAnswer): Move {
  const step = stepOf(d) as TouchStep | ConversationStep;
  const goOn = step.next;
  switch (answer.is) {
    case 'sent':
    case 'unknown':
      if (isConversation(step)) return conversationOpened(d, wait);
      d.touches += 1;
      d.silence = null;
      return goOn;
    case 'failed':
      d.failures += 1;
      // Its channel is out; whoever decides takes the next one, or lets its fate hold when none is left.
      return overtaken(
        d,
        { ...wait, touch: { ...wait.touch, failed: [...wait.touch.failed, answer.channel] } },
        d.heard,
      );
    case 'needless':
    case 'dropped':
    case 'withdrawn':
      // Nothing went out, so the silence is still open, and what was held comes first.
      return d.held.length > 0 ? overtaken(d, wait, d.heard) : goOn;
    case 'overtaken':
      return overtaken(d, wait, answer.upTo);
    case 'with-person':
      d.silence = null;
      joinTask(d);
      d.wait = waitAfter(wait, answer);
      return null;
    case 'deferred':
      d.wait = waitAfter(wait, answer);
      return null;
  }
}

/** The wait that an answer leads to when the step is not over with it. */
export function waitAfter(
  wait: Extract<AskingWait, { for: 'touch' }>,
  answer: Extract<TouchAnswer, { is: 'with-person' | 'deferred' }>,
): Wait {
  if (answer.is === 'with-person')
    return { for: 'person', id: wait.id, of: wait.touch.id, opened: true, touch: wait.touch };
  const { until, because, fate } = answer;
  return { for: 'place', id: wait.id, touch: { ...wait.touch, fate }, until, because };
}

/** Something newer was there when we acted: take it first, then ask anew, unless it led elsewhere. */
export function overtaken(d: Draft, of: AskingWait, upTo: number): Move {
  d.wait = { for: 'news', id: of.id, upTo, of };
  return null;
}
