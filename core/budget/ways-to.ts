/** The channels one touch is asked by: those of its reach, those its fate may substitute, and why the others are none. */
import type { Channel } from '../journey/channels.ts';
import type { Fate } from '../journey/table.ts';
import type { Template } from '../journey/template.ts';
import type { Candidate } from './touch-ask.ts';
import { chooseReach, type ReachFacts } from './choose-reach.ts';
import type { Manner } from './prefer.ts';

export interface Ways {
  /** Best first; behind them those that are no way to this customer. */
  readonly candidates: readonly Candidate[];
  readonly substitutes: readonly Candidate[];
  /** 'sms: no number'. */
  readonly skipped: readonly string[];
}

/** Without a template no channel is a way: there would be nothing to send by it. */
export function waysTo(
  { reach, fate }: Pick<Manner, 'reach' | 'fate'>,
  template: Template | null,
  known: Omit<ReachFacts, 'template'>,
): Ways {
  const facts = { ...known, template: Object.keys(template?.channels ?? {}) as Channel[] };
  const { candidates, skipped } = chooseReach(reach, facts);
  const left = skipped.flatMap(({ channel, because }) => (channel ? [{ channel, skipped: because }] : []));
  return {
    candidates: [...candidates, ...left],
    substitutes: chooseReach(substitutesIn(fate), facts).candidates,
    skipped: skipped.map(({ because }) => because),
  };
}

function substitutesIn(fate: Fate): Channel[] {
  if (typeof fate === 'string' || fate.fate === 'toHuman') return [];
  return [...(fate.fate === 'substitute' ? [fate.channel] : []), ...substitutesIn(fate.then)];
}
