/** Parts of a stored journey as a designer would say them. */
import { readMoment, readSpan } from '../phrases.ts';
import type { ConditionData, Fate, Reach, Rule } from '../table.ts';

/** 'a', 'a or b', 'a, b or c'. */
export function listed(names: readonly string[], last: 'or' | 'and' | 'then' = 'or'): string {
  const head = names.slice(0, -1);
  const end = names.at(-1) ?? 'nothing';
  return head.length === 0 ? end : `${head.join(', ')}${last === 'then' ? ', then' : ` ${last}`} ${end}`;
}

export const quoted = (name: string): string => `'${name}'`;
/** A step is set apart from the words around it. */
export const star = (step: string): string => `*${step}*`;

export const reachInWords = (reach: Reach): string => listed(typeof reach === 'string' ? [reach] : reach, 'then');

export function fateInWords(fate: Fate): string {
  if (fate === 'drop') return 'be dropped';
  if (fate === 'toHuman') return 'go to a person';
  switch (fate.fate) {
    case 'toHuman':
      return `go to a person of team '${fate.team}'`;
    case 'wait':
      return `wait at most ${fate.atMost}, then ${fateInWords(fate.then)}`;
    case 'substitute':
      return `go by ${fate.channel} instead, then ${fateInWords(fate.then)}`;
  }
}

export function conditionInWords(condition: ConditionData): string {
  if ('all' in condition) return condition.all.map(inner).join(' and ');
  if ('any' in condition) return condition.any.map(inner).join(' or ');
  if ('not' in condition) return `not (${conditionInWords(condition.not)})`;
  const { path } = condition;
  if ('is' in condition) return `${path} is ${listed(condition.is.map(String))}`;
  if ('atLeast' in condition) return `${path} is at least ${String(condition.atLeast)}`;
  if ('atMost' in condition) return `${path} is at most ${String(condition.atMost)}`;
  return `${path} is known`;
}
const inner = (condition: ConditionData): string =>
  'all' in condition || 'any' in condition ? `(${conditionInWords(condition)})` : conditionInWords(condition);

export function ruleInWords({ when, madeBy, within, team, reach, fate }: Rule): string {
  const does = [
    ...(madeBy
      ? [`a person${team === undefined ? '' : ` of team '${team}'`} makes it${within ? ` within ${within}` : ''}`]
      : []),
    ...(reach === undefined ? [] : [`it goes by ${reachInWords(reach)}`]),
    ...(fate === undefined ? [] : [`what may not go will ${fateInWords(fate)}`]),
  ];
  return `if ${conditionInWords(when)}, ${listed(does, 'and')}`;
}

/** '3 days instead of 2', where only the number differs; else '3 days instead of 8 hours'. */
export function instead(after: string, before: string): string {
  const [is, was] = [readSpan(after), readSpan(before)];
  const isSameUnit = is?.unit === was?.unit && is?.business === was?.business;
  return `${after} instead of ${was && isSameUnit ? String(was.count) : before}`;
}

/** 'wait 3 days', 'wait until 1 day before appointment-set.startsAt'. */
export function waiting(said: string): string {
  const moment = readMoment(said);
  return moment && 'in' in moment ? said : `until ${said}`;
}

/** Whatever has no words of its own: names are listed, and of a record each part that it has: "tech 4 and human 2". */
export function plainly(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : listed(value.map(plainly), 'and');
  if (typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, part]) => `${name} ${plainly(part)}`);
  return parts.length === 0 ? 'nothing in it' : listed(parts, 'and');
}
