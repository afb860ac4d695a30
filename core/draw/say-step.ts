/** What stands in a step's shape: what it is, and what a reader has to know of it. */
import { sayRung } from '../journey/ladder.ts';
import type { ConversationStep } from '../journey/table-conversations.ts';
import type { ChooseStep, TableStep, TouchStep } from '../journey/table-steps.ts';
import { waiting } from '../journey/diff/say.ts';
import { sayCondition } from './say-condition.ts';
import { isMannered, manners, sayManner, sayRule, type Manner } from './say-manner.ts';

/** One for each way in which a step is anything to a customer or to us. */
export type Shape = 'message' | 'person' | 'wait' | 'choice' | 'promise' | 'note' | 'system' | 'talk' | 'repeat';

export interface Said {
  readonly shape: Shape;
  readonly head: string;
  readonly lines: readonly string[];
}

/** What all touches have in common is left out here: it is said once. */
export type Common = Readonly<Partial<Record<Manner, string>>>;

export function sayStep(step: TableStep, common: Common): Said {
  switch (step.kind) {
    case 'touch':
      return sayTouch(step, common);
    case 'listen':
      return { shape: 'wait', head: 'LISTEN', lines: [`for ${step.until}`] };
    case 'pause':
      return { shape: 'wait', head: 'PAUSE', lines: [waiting(step.until)] };
    case 'choose':
      return { shape: 'choice', head: 'CHOOSE', lines: [sayChoice(step)] };
    case 'split':
      return { shape: 'choice', head: 'TRY', lines: ['equal customers, different ways'] };
    case 'repeat':
      return {
        shape: 'repeat',
        head: 'REPEAT',
        lines: [`${String(step.times)} times`, ...(step.every === undefined ? [] : [`every ${step.every}`])],
      };
    case 'escalate':
      return {
        shape: 'person',
        head: 'A PERSON',
        lines: [
          `${step.team}, within ${step.within}`,
          ...(step.ladder === undefined ? [] : [`then ${step.ladder.map(sayRung).join(', then ')}`]),
          `“${step.because}”`,
        ],
      };
    case 'promise':
      return { shape: 'promise', head: 'PROMISE', lines: sayPromise(step) };
    case 'remind':
      return { shape: 'note', head: 'NOTE TO US', lines: [`${step.team}: ${step.about}`, step.at] };
    case 'lookUp':
      return { shape: 'system', head: 'LOOK UP', lines: [step.find] };
    case 'act':
      return { shape: 'system', head: 'DO', lines: [step.do] };
    case 'ask':
    case 'answer':
    case 'offerCall':
      return sayConversation(step, common);
    case 'end':
      return { shape: 'note', head: 'OVER', lines: [step.as] };
    case 'resume':
      return { shape: 'note', head: 'BACK', lines: [] };
  }
}

function sayTouch(step: TouchStep, common: Common): Said {
  const isHuman = step.madeBy === 'human';
  const owner = isHuman ? [`${step.team}${step.within === undefined ? '' : `, within ${step.within}`}`] : [];
  return {
    shape: isHuman ? 'person' : 'message',
    head: isHuman ? 'A PERSON WRITES OR CALLS' : 'MESSAGE BY TECH',
    lines: [
      ...owner,
      `says ${step.say}`,
      ...(step.introduces === undefined ? [] : [`introduces ${step.introduces}`]),
      ...ownManners(step, common),
      ...(step.prefer ?? []).map(sayRule),
    ],
  };
}

/** Where it differs from the others. A manner the others have and this one has not is the default. */
function ownManners(step: TableStep, common: Common): string[] {
  if (!isMannered(step)) return [];
  return manners.flatMap((manner) => {
    const said = sayManner[manner](step);
    if (said.length === 0 && common[manner] !== undefined) return ['in quiet hours: waits'];
    return said.join('; ') === common[manner] ? [] : [...said];
  });
}

const sayChoice = (step: ChooseStep): string => ('by' in step ? `by ${step.by}` : `${sayCondition(step.when)}?`);

function sayPromise({ team, due, keptBy, renew }: Extract<TableStep, { kind: 'promise' }>): string[] {
  const kept = typeof keptBy === 'string' ? keptBy : keptBy.join(' or ');
  const longer =
    renew === undefined
      ? []
      : [
          `if it takes longer: ${renew.more} more, said ${renew.ahead} ahead (${renew.say}), ${renew.times === 1 ? 'once' : `${String(renew.times)} times`}`,
        ];
  return [`${team}, within ${due}`, `kept by ${kept}`, ...longer];
}

function sayConversation(step: ConversationStep, common: Common): Said {
  const how = [...ownManners(step, common), `silent for ${step.waits} at most`];
  switch (step.kind) {
    case 'ask':
      return {
        shape: 'talk',
        head: 'ASK',
        lines: [
          ...step.questions.map(({ text, only }) => `“${text}”${only ? ` if ${sayCondition(only)}` : ''}`),
          ...how,
        ],
      };
    case 'answer':
      return { shape: 'talk', head: 'ANSWER', lines: [`from ${step.from}, if sure (${String(step.sureAt)})`, ...how] };
    case 'offerCall':
      return {
        shape: 'talk',
        head: 'OFFER A CALL',
        lines: [
          `${String(step.slots)} times to choose from${step.length === undefined ? '' : `, ${step.length}`}`,
          ...how,
        ],
      };
  }
}
