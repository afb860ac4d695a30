/** Who makes a touch, how it reaches, and what becomes of it if it may not go, in words. */
import type { TableStep } from '../journey/table-steps.ts';
import type { Fate, Journey, Quiet, Reach, Rule } from '../journey/table.ts';
import type { Way } from '../journey/channels.ts';

/** 'by sms, else email', 'where they wrote, else by email'. */
export function sayReach(reach: Reach): string {
  const ways = typeof reach === 'string' ? [reach] : reach;
  return ways.map((way, n) => waySaid[way] ?? (n > 0 && isChannel(ways[n - 1]) ? way : `by ${way}`)).join(', else ');
}
const isChannel = (way: Way | undefined): boolean => way !== undefined && waySaid[way] === undefined;

const waySaid: Readonly<Partial<Record<Way, string>>> = {
  'wrote-on': 'where they wrote',
  preferred: 'what they prefer',
  'answers-on': 'where they answer',
};

export function sayFate(fate: Fate): string {
  if (fate === 'drop') return 'dropped';
  if (fate === 'toHuman') return 'to a person';
  if (fate.fate === 'toHuman') return `to a person (${fate.team})`;
  if (fate.fate === 'wait') return `waits up to ${fate.atMost}, then ${sayFate(fate.then)}`;
  return `by ${fate.channel} instead, else ${sayFate(fate.then)}`;
}

/** What touches have in common unless they say otherwise: in the picture it is said once. */
export type Manner = 'purpose' | 'reach' | 'quiet' | 'fate';
type Mannered = Extract<TableStep, { readonly reach: Reach }>;

export const isMannered = (step: TableStep): step is Mannered => 'reach' in step;
export const sayManner: Readonly<Record<Manner, (step: Mannered) => readonly string[]>> = {
  purpose: ({ purpose, cause }) => [cause === undefined ? purpose : `${purpose}, for ${cause}`],
  reach: ({ reach }) => [sayReach(reach)],
  quiet: ({ quiet }) => sayQuiet(quiet),
  fate: ({ fate }) => [`if refused: ${sayFate(fate)}`],
};
export const manners = ['purpose', 'reach', 'quiet', 'fate'] as const satisfies readonly Manner[];

/** For each manner what most of the touches say, if there are at least two that do. */
export function commonManners(journey: Journey): Readonly<Partial<Record<Manner, string>>> {
  const touches = Object.values(journey.steps).filter(isMannered);
  const common: Partial<Record<Manner, string>> = {};
  for (const manner of manners) {
    const said = touches.map((step) => sayManner[manner](step).join('; '));
    const most = said.toSorted((a, b) => times(said, b) - times(said, a))[0];
    if (most !== undefined && most !== '' && times(said, most) > 1) common[manner] = most;
  }
  return common;
}
const times = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;

/** The default, to wait, is not said. */
function sayQuiet(quiet: Quiet | undefined): string[] {
  if (quiet === 'wait') return ['in quiet hours: waits'];
  if (quiet === 'next-channel') return ['in quiet hours: the next channel'];
  return quiet === 'fate' ? ['in quiet hours: as if refused'] : [];
}

export function sayRule({ because, madeBy, within, team, reach, fate }: Rule): string {
  const changes = [
    ...(madeBy === undefined
      ? []
      : [`a person${team === undefined ? '' : ` of ${team}`}${within === undefined ? '' : ` within ${within}`}`]),
    ...(reach === undefined ? [] : [sayReach(reach)]),
    ...(fate === undefined ? [] : [`if refused: ${sayFate(fate)}`]),
  ];
  return `but ‘${because}’: ${changes.join('; ')}`;
}
