/** What stood in the way of a customer's touches at an instant of the past, from the records that have a history. */
import type { Gates, OwnLimits } from '../../core/budget/row.ts';
import { channels, type Channel } from '../../core/journey/channels.ts';
import { runOn } from '../budget/run.ts';
import type { Db } from '../open.ts';

export const channelOf = (said: string | null): Channel | null => channels.find((known) => known === said) ?? null;

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
const statement = `
  select
    (select json_agg(json_build_object('channel', channel, 'purpose', purpose, 'granted', granted)) from (
      select distinct on (channel, purpose) channel, purpose, granted from consents
      where customer_id = $1 and at <= $2 order by channel, purpose, id desc) c) as consents,
    (select json_agg(json_build_object('channel', channel, 'reason', reason, 'at', ${ms('at')})) from suppressions
      where customer_id = $1 and at <= $2 and coalesce(lifted_at > $2, true)) as suppressions,
    (select json_agg(json_build_object('fact', fact, 'contradicts', contradicts, 'reviewAt', ${ms('review_at')})) from guards
      where customer_id = $1 and at <= $2 and coalesce(lifted_at > $2, true)) as guards,
    (select limits from own_limits where customer_id = $1 and at <= $2 order by id desc limit 1) as own,
    (select json_build_object('until', ${ms('until_at')}, 'by', actor) from holds
      where customer_id = $1 and at <= $2 and until_at > $2 and coalesce(lifted_at > $2, true) order by id desc limit 1) as held,
    (select json_agg(json_build_object('journey', journey, 'until', ${ms('until_at')}, 'by', actor)) from journey_stops
      where customer_id = $1 and at <= $2 and coalesce(until_at > $2, true) and coalesce(lifted_at > $2, true)) as stopped,
    (select json_agg(json_build_object('assumption', assumption, 'at', ${ms('at')})) from (
      select distinct on (assumption) assumption, at from checks
      where customer_id = $1 and at <= $2 order by assumption, id desc) k) as checks`;

interface Found {
  readonly consents: readonly { channel: string; purpose: string; granted: boolean }[] | null;
  readonly suppressions: readonly { channel: string; reason: string; at: number }[] | null;
  readonly guards: Gates['guards'] | null;
  readonly own: OwnLimits | null;
  readonly held: NonNullable<Gates['held']> | null;
  readonly stopped: NonNullable<Gates['stopped']> | null;
  readonly checks: NonNullable<Gates['checks']> | null;
}
type Then = Pick<Gates, 'consents' | 'suppressions' | 'guards' | 'own' | 'held' | 'stopped' | 'checks'>;

export async function gatesThen(db: Db, customerId: string, at: number): Promise<Then> {
  const [found] = await runOn(db)<Found>(statement, [customerId, new Date(at).toISOString()]);
  if (!found) throw new Error('A statement that always answers with one row answered with none');
  const { consents, suppressions, guards, own, held, stopped, checks } = found;
  return {
    consents: (consents ?? []).flatMap(({ channel, ...rest }) => {
      const known = channelOf(channel);
      return known ? [{ ...rest, channel: known }] : [];
    }),
    suppressions: (suppressions ?? []).flatMap(({ channel, ...rest }) => {
      const known = channel === 'all' ? ('all' as const) : channelOf(channel);
      return known ? [{ ...rest, channel: known }] : [];
    }),
    guards: guards ?? [],
    own,
    ...(held ? { held } : {}),
    ...(stopped ? { stopped } : {}),
    checks: checks ?? [],
  };
}
