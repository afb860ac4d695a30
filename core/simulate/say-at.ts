import { sayInstant } from '../budget/explain.ts';
import type { Sim } from './types.ts';

/** An instant on the customer's clock. */
export const sayAt = ({ row }: Pick<Sim, 'row'>, at: number): string => sayInstant(at, row.gates.zone);
