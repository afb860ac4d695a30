import { killSwitches } from '../../store/budget/kill-switches.ts';
import type { Db } from '../../store/open.ts';

/** By the switch for everything, or for its journey. One for a channel is a gate like others: another way may be open. */
export const isSwitchedOff = async (db: Db, journey: string): Promise<boolean> =>
  (await killSwitches(db)).some(({ scope }) => scope === 'all' || scope === `journey:${journey}`);
