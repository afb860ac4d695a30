/** Whether a condition holds. Pure and total, and may enter a workflow. */
import type { ConditionData, Scalar } from './table.ts';

/**
 * An unknown field (undefined) passes no test; `not` turns the outcome round, so `not(when('customer.plan', is('gold')))`
 * holds for somebody whose plan we do not know.
 */
export function holds(condition: ConditionData, valueOf: (path: string) => Scalar | undefined): boolean {
  if ('all' in condition) return condition.all.every((c) => holds(c, valueOf));
  if ('any' in condition) return condition.any.some((c) => holds(c, valueOf));
  if ('not' in condition) return !holds(condition.not, valueOf);
  const value = valueOf(condition.path);
  if (value === undefined) return false;
  if ('is' in condition) return condition.is.includes(value);
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast;
  if ('atMost' in condition) return typeof value === 'number' && value <= condition.atMost;
  return true;
}

/** The paths whose values a condition reads, each once, in the order they are read. */
export function valuesRead(condition: ConditionData): readonly string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(valuesRead))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(valuesRead))];
  if ('not' in condition) return valuesRead(condition.not);
  return [condition.path];
}
