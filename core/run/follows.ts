import { readMoment } from '../journey/phrases.ts';
import type { TableStep } from '../journey/table-steps.ts';
import type { Heard } from './state.ts';

/** Whether this tells the date anew that a step's time hangs on. A change of the customer says which fields it changed; if it does not, any. */
export function hangsOn(step: TableStep, { event, data }: Pick<Heard, 'event' | 'data'>): boolean {
  if (!('follows' in step) || step.follows !== event) return false;
  const moment = readMoment(saidBy(step));
  if (event !== 'customer' || !moment || !('field' in moment)) return true;
  const changed = Object.keys(data);
  return changed.length === 0 || changed.includes(moment.field.slice('customer.'.length));
}

/** A step's time as it was said. */
const saidBy = (step: Extract<TableStep, { follows?: string }>): string =>
  'until' in step ? step.until : 'due' in step ? step.due : step.at;
