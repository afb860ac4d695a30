/** What a step is, in a few words: for steps that come and go. */
import { keptBy } from '../hears.ts';
import type { ListenStep, TableStep } from '../table-steps.ts';
import { conditionInWords, listed, quoted, reachInWords, waiting } from './say.ts';

export const heardBy = ({ goes }: Pick<ListenStep, 'goes'>): readonly string[] =>
  Object.keys(goes).filter((arm) => arm !== 'silence');

export function inWords(step: TableStep): string {
  switch (step.kind) {
    case 'touch':
      return step.madeBy === 'human'
        ? `a contact that a person of team '${step.team}' makes within ${step.within ?? 'a time'} (${quoted(step.say)})`
        : `a message, ${quoted(step.say)}, by ${reachInWords(step.reach)}`;
    case 'listen':
      return `listens for ${listed(heardBy(step))}, for ${waiting(step.until)}`;
    case 'pause':
      return `waits ${waiting(step.until)}`;
    case 'choose':
      return 'by' in step ? `chooses by ${step.by}` : `asks whether ${conditionInWords(step.when)}`;
    case 'escalate':
      return `gives them to team '${step.team}' because ${quoted(step.because)}`;
    case 'promise':
      return `promises ${listed(keptBy(step))} within ${step.due}`;
    case 'remind':
      return `reminds team '${step.team}' at ${step.at}`;
    case 'split':
      return `splits into ${listed(
        Object.entries(step.shares).map(([arm, share]) => `${arm} (${String(share)} %)`),
        'and',
      )}`;
    case 'repeat':
      return `repeats ${String(step.times)} times${step.every === undefined ? '' : `, every ${step.every}`}`;
    case 'lookUp':
      return `looks up ${quoted(step.find)}`;
    case 'act':
      return `does ${quoted(step.do)}`;
    case 'end':
      return `ends as ${quoted(step.as)}`;
    case 'resume':
      return 'goes back to where they were';
    default:
      return `a step of kind '${step.kind}'`;
  }
}
