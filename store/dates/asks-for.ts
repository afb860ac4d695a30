import { holds } from '../../core/journey/holds.ts';
import type { ConditionData } from '../../core/journey/table.ts';
import type { Scalar } from '../../core/run/inputs.ts';

/** Nobody has entered yet, so only the customer's record is known. */
export function asksFor(only: ConditionData | undefined, fields: Readonly<Record<string, Scalar>>): boolean {
  return (
    only === undefined ||
    holds(only, (path) => (path.startsWith('customer.') ? fields[path.slice('customer.'.length)] : undefined))
  );
}
