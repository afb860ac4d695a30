import { plainMs, readSpan } from '../journey/phrases.ts';

/** A plain span after an instant. What is published is read beforehand: another one is a bug of ours. */
export function addPlain(at: number, span: string): number {
  const read = readSpan(span);
  const ms = read && plainMs(read);
  if (ms === null) throw new RangeError(`'${span}' is no plain time such as '90 days'; publishing refuses others`);
  return at + ms;
}
