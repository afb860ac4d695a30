import type { Policy, PolicyWindow } from '../../../../core/budget/policy.ts';
import type { TouchRequest } from '../../../../core/budget/decision.ts';

/** What rules tell touches apart by. */
export type Kind = Pick<TouchRequest, 'channel' | 'purpose' | 'journey'>;
type Rule = Pick<PolicyWindow, 'channels' | 'purposes' | 'journeys'>;

export function about(rule: Rule, { channel, purpose, journey }: Kind, { classes = {} }: Pick<Policy, 'classes'>) {
  const journeys = rule.journeys?.flatMap((name) => classes[name] ?? [name]);
  return (
    rule.channels?.includes(channel) !== false &&
    rule.purposes?.includes(purpose) !== false &&
    journeys?.includes(journey) !== false
  );
}

export const wayOf = (channel: string): string =>
  channel === 'email' ? 'mailbox' : ['sms', 'whatsapp', 'voice'].includes(channel) ? 'phone' : channel;

export const costOf = ({ cost }: Pick<Policy, 'cost'>, channel: keyof Policy['cost'], madeBy: 'tech' | 'human') => {
  const said = cost[channel];
  return typeof said === 'number' ? said : said[madeBy];
};
