/** What ops read in the Temporal UI: where a run stands and why it waits. Ids, instants and reasons; no personal data. */
import type { Journey } from '../core/journey/table.ts';
import type { RunState } from '../core/run/state.ts';

export interface Told {
  readonly step: string;
  readonly madeBy: 'tech' | 'human';
  readonly state: 'running' | 'waiting' | 'with a person' | 'ended';
  readonly waitingFor: string;
  readonly wakeAt: number | null;
}

export function tell(journey: Journey, state: RunState): Told {
  const { step, wait } = state;
  if (state.ended) return { step, madeBy: 'tech', state: 'ended', waitingFor: state.ended.as, wakeAt: null };
  switch (wait.for) {
    case 'events': {
      const arms = Object.keys(journey.steps[step]?.goes ?? {}).filter((arm) => arm !== 'silence');
      return { step, madeBy: 'tech', state: 'waiting', waitingFor: arms.join(' or ') || 'silence', wakeAt: wait.until };
    }
    case 'time':
      return { step, madeBy: 'tech', state: 'waiting', waitingFor: 'time', wakeAt: wait.until };
    case 'place':
      return { step, madeBy: 'tech', state: 'waiting', waitingFor: `budget: ${wait.because}`, wakeAt: wait.until };
    case 'person':
      return { step, madeBy: 'human', state: 'with a person', waitingFor: 'a person', wakeAt: null };
    default:
      return { step, madeBy: 'tech', state: 'running', waitingFor: wait.for, wakeAt: null };
  }
}

export const summaryOf = ({ step, waitingFor, wakeAt }: Told): string =>
  `${step}: ${waitingFor}${at(' until ', wakeAt)}`;

export function detailsOf(journey: Journey, state: RunState, told: Told): string {
  const lines = [
    `**${journey.name}** · step \`${told.step}\` · ${told.state}`,
    `Waits for ${told.waitingFor}${at(' until ', told.wakeAt)}.`,
    `Touches ${state.touches}, failures ${state.failures}, silences ${state.silences}; heard ${state.heard}.`,
    ...(state.interrupted ? [`Interrupted by \`${state.interrupted.by}\` at \`${state.interrupted.step}\`.`] : []),
  ];
  return lines.join('\n\n');
}
const at = (word: string, instant: number | null): string =>
  instant === null ? '' : `${word}${new Date(instant).toISOString()}`;
