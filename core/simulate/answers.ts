/** Whoever was asked answers: a person of ours, another system, the customer in a conversation. */
import type { PersonActs } from './acts.ts';
import { deliver, tell, type Draft } from './draft.ts';
import { happens } from './hear.ts';
import { claim, decide, openTask } from './person.ts';
import { unknown, type Problem } from './problem.ts';

export function byPerson(d: Draft, what: PersonActs): Problem {
  const task = openTask(d);
  if (what.do === 'answer') {
    if (task?.state === 'open') claim(d, task);
    tell(d, 'heard', 'A person answers them (we-answered).');
    happens(d, 'we-answered', { by: 'person' });
    return null;
  }
  if (!task) return 'No person was asked.';
  if (what.do === 'claim') {
    if (task.state === 'claimed') return 'Somebody has taken it already.';
    claim(d, task);
    return null;
  }
  const offered = decide(d, task, what.outcome);
  return offered === null ? null : unknown('outcome', what.outcome, offered);
}

export function bySystem(d: Draft, answer: string): Problem {
  const { asked } = d;
  if (!asked) return 'No other system was asked.';
  if (!asked.answers.includes(answer)) return unknown('answer', answer, asked.answers);
  tell(d, 'system', `'${asked.system}' answers: ${answer}.`);
  d.asked = null;
  d.inputs.push({ kind: 'answer', to: asked.id, answer: { is: 'arm', arm: answer } });
  return null;
}

export function conversationEnds(d: Draft, outcome: string): Problem {
  const open = d.conversation;
  if (!open) return 'No conversation is open.';
  if (!open.outcomes.includes(outcome)) return unknown('outcome', outcome, open.outcomes);
  tell(d, 'system', `The conversation '${open.step}' ends: ${outcome}.`);
  d.conversation = null;
  deliver(d, { kind: 'outcome', of: open.of, outcome });
  return null;
}
