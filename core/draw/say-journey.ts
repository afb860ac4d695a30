/** How a journey is entered and left, in words. */
import type { Entry, Journey } from '../journey/table.ts';
import { sayCondition } from './say-condition.ts';

export function sayEntry(entry: Entry): string[] {
  const only = entry.only === undefined ? [] : [`only if ${sayCondition(entry.only)}`];
  if ('event' in entry) {
    const each = entry.oncePer === 'customer' ? 'once for each customer' : `once for each ${entry.oncePer}`;
    return [entry.event, each, ...(entry.again === undefined ? [] : [`again ${entry.again}`]), ...only];
  }
  if ('date' in entry) return [entry.date, ...only];
  return [`everybody in ${entry.audience}`, entry.at, ...only];
}

export function sayExits({ goal, exits }: Journey): string[] {
  const goals = goal === undefined ? [] : [`${goal} → goal`];
  return [...goals, ...Object.entries(exits).map(([event, as]) => `${event} → ${as}`)];
}
