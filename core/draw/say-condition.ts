/** A condition as a person would say it: 'customer.plan is gold, or inquiry-received.urgent'. */
import type { ConditionData } from '../journey/table.ts';

export const sayCondition = (condition: ConditionData): string => say(condition, false);

function say(condition: ConditionData, isPart: boolean): string {
  if ('all' in condition) return together(condition.all, 'and', isPart);
  if ('any' in condition) return together(condition.any, 'or', isPart);
  if ('not' in condition) return `not (${say(condition.not, false)})`;
  const { path } = condition;
  if ('isKnown' in condition) return `${path} is known`;
  if ('atLeast' in condition) return `${path} is at least ${String(condition.atLeast)}`;
  if ('atMost' in condition) return `${path} is at most ${String(condition.atMost)}`;
  const [first] = condition.is;
  if (condition.is.length === 1 && first === true) return path;
  if (condition.is.length === 1 && first === false) return `not ${path}`;
  return `${path} is ${condition.is.map(String).join(' or ')}`;
}

function together(parts: readonly ConditionData[], word: 'and' | 'or', isPart: boolean): string {
  const said = parts.map((part) => say(part, parts.length > 1)).join(`, ${word} `);
  return isPart ? `(${said})` : said;
}
