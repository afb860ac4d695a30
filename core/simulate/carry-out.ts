/** What the reducer asks for is done at once; what only the world could answer is waited for. */
import { valuesRead } from '../journey/holds.ts';
import type { ConversationStep } from '../journey/table-conversations.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import { armFor } from '../run/steps/choose.ts';
import type { Command } from '../run/commands.ts';
import type { Answer } from '../run/inputs.ts';
import { tell, type Draft } from './draft.ts';
import { closeReason, giveToPerson } from './person.ts';
import { makePromise } from './promise.ts';
import { sayAt } from './say-at.ts';
import { makeTouch, withdraw } from './touch.ts';
import type { SystemAsked } from './types.ts';
import { instantOf, valueOf } from './values.ts';

export function carryOut(d: Draft, command: Command): void {
  const answered = (answer: Answer | null): void => {
    if (answer) d.inputs.push({ kind: 'answer', to: 'id' in command ? command.id : '', answer });
  };
  switch (command.do) {
    case 'touch':
      return answered(makeTouch(d, touchAt(d, command.step), command));
    case 'withdraw':
      if (d.conversation?.of === command.touch) d.conversation = null;
      return withdraw(d, command.touch);
    case 'find-moment':
      return answered({ is: 'moment', at: instantOf(d, command) ?? command.from });
    case 'find-arm':
      return answered({ is: 'arm', arm: findArm(d, command) });
    case 'look-up':
      return answered(
        askSystem(d, {
          id: command.id,
          step: command.step,
          system: command.find,
          answers: [...answersOf(d, command.find), 'unsure'],
        }),
      );
    case 'act':
      return answered(
        askSystem(d, {
          id: command.id,
          step: command.step,
          system: command.action,
          answers: ['done', ...(d.setting.words.actions[command.action]?.declines ?? []), 'failed'],
        }),
      );
    case 'split':
      return tell(d, 'way', `${command.step}: this customer is drawn to '${command.arm}'.`);
    case 'remind':
      return leaveNote(d, command);
    case 'open-task':
      giveToPerson(d, command);
      return answered({ is: 'opened' });
    case 'close-reason':
      return closeReason(d, command.of);
    case 'promise':
      return makePromise(d, command);
    case 'converse':
      return answered(converse(d, command));
    case 'end':
      tell(d, 'over', `Over: ${command.as}.`);
      return answered({ is: 'ended' });
  }
}

function findArm(d: Draft, { step, by, arms, facts, counts, team }: Extract<Command, { do: 'find-arm' }>): string {
  const value = (path: string) => valueOf(d, { facts, counts, team }, path);
  const arm = armFor(by, arms, value) ?? 'unknown';
  const paths = typeof by === 'string' ? [by] : valuesRead(by);
  const saw = paths.map((path) => `${path} is ${String(value(path) ?? 'not known')}`).join(', ');
  tell(d, 'way', `${step}: ${arm} (${saw}).`);
  return arm;
}

const answersOf = (d: Draft, system: string): readonly string[] => d.setting.words.lookUps[system]?.answers ?? [];

function askSystem(d: Draft, asked: SystemAsked): Answer | null {
  const answer = d.systems[asked.system];
  if (answer === undefined || !asked.answers.includes(answer)) {
    d.asked = asked;
    tell(d, 'system', `'${asked.system}' is asked. It may answer: ${asked.answers.join(', ')}.`);
    return null;
  }
  tell(d, 'system', `'${asked.system}' is asked, and answers: ${answer}.`);
  return { is: 'arm', arm: answer };
}

function leaveNote(d: Draft, { step, team, at: said, about, from, facts }: Extract<Command, { do: 'remind' }>): void {
  const at = instantOf(d, { said, from, team, facts }) ?? from;
  d.notes = [...d.notes, { step, said, from, team, about, at }];
  tell(d, 'note', `A note to ${team} for ${sayAt(d, at)}: “${about}”.`);
}

/** The engine cannot hold one yet; here its opening counts as a touch, and somebody says how it ends. */
function converse(d: Draft, command: Extract<Command, { do: 'converse' }>): Answer {
  const step = d.setting.journey.steps[command.step] as ConversationStep;
  const said = step.kind === 'answer' ? null : (step.say ?? null);
  const outcomes = [...Object.keys(step.goes), ...(step.kind === 'ask' ? ['done'] : [])];
  if (said !== null) {
    const { team, purpose, cause, reach, fate, quiet, prefer } = step;
    const touch: TouchStep = {
      kind: 'touch',
      team,
      madeBy: 'tech',
      purpose,
      reach,
      fate,
      say: said,
      next: step.next,
      ...(cause === undefined ? {} : { cause }),
      ...(quiet === undefined ? {} : { quiet }),
      ...(prefer === undefined ? {} : { prefer }),
    };
    const answer = makeTouch(d, touch, command);
    if (answer.is !== 'sent' && answer.is !== 'unknown') return answer;
  }
  d.conversation = { of: command.touch.id, step: command.step, outcomes };
  tell(d, 'system', `The conversation '${command.step}' is open. It may end as: ${outcomes.join(', ')}.`);
  return { is: 'opened' };
}

function touchAt(d: Draft, id: string): TouchStep {
  const step = d.setting.journey.steps[id];
  if (step?.kind !== 'touch') throw new Error(`Step '${id}' of '${d.setting.journey.name}' is no touch`);
  return step;
}
