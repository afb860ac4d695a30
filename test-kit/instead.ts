/** What happened instead of what was expected: sentences without their full stop. */
import { sayWait, type Setting, type Sim, type SimTask, type SimTouch } from '../core/simulate/simulate.ts';

export const sayWaits = (setting: Setting, sim: Sim): string => sayWait({ ...sim, setting }).replace(/\.$/, '');

export const sayTask = (task: SimTask): string =>
  `${task.askedTeam} is asked: ${task.reasons.map(({ because }) => `“${because}”`).join(', ')}`;

/** What became of the last touch that says this. */
export function sayTouch(setting: Setting, sim: Sim, say: string): string {
  const touch = sim.touches.findLast((t) => t.say === say);
  if (!touch) return `nobody has asked for it. ${sayWaits(setting, sim)}`;
  return `it ${sayState(touch)}${touch.channel === null ? '' : ` by ${touch.channel}`}: ${lastWord(touch)}`;
}

export function whyNothing(setting: Setting, sim: Sim): string {
  const stopped = sim.touches.findLast(({ state }) => state !== 'sent' && state !== 'unknown');
  return stopped
    ? `nothing more went out; '${stopped.say}' ${sayState(stopped)}: ${lastWord(stopped)}`
    : `nothing more went out. ${sayWaits(setting, sim)}`;
}

const sayState = ({ state }: SimTouch): string => (state === 'waits' ? state : `is ${state}`);
const lastWord = ({ asks }: SimTouch): string => asks.at(-1)?.says.replace(/\.$/, '') ?? '';
