import { gaugesOf, type Gauge } from '../budget/gauges.ts';
import type { Setting, Sim } from './types.ts';

/** What the windows hold now, in a try. */
export const windowsNow = ({ policy }: Setting, { row, now }: Sim): Gauge[] => gaugesOf(row, policy, now);
