/** Something is so from now on: with the customer, the policy's budget, our providers. */
import { checked, consented, suppressed } from '../budget/move-gates.ts';
import { costOf } from '../budget/read-policy.ts';
import { isZone } from '../calendar/zone.ts';
import type { Channel } from '../journey/channels.ts';
import { hears } from '../journey/hears.ts';
import { readCustomerFields } from '../journey/values.ts';
import type { Change } from './acts.ts';
import { changeGates, deliver, tell, type Draft } from './draft.ts';
import { goOn } from './go-on.ts';
import { longestMs } from './pass-time.ts';
import { unknown, type Problem } from './problem.ts';
import { movePromises } from './promise.ts';

export function change(d: Draft, what: Change): Problem {
  switch (what.do) {
    case 'guard':
      return guard(d, what.fact);
    case 'lift':
      changeGates(d, (gates) => ({ ...gates, guards: gates.guards.filter(({ fact }) => fact !== what.fact) }));
      tell(d, 'changed', `The guard '${what.fact}' is lifted.`);
      return null;
    case 'checked':
      return check(d, what.assumption);
    case 'zone':
      return moveToZone(d, what.zone);
    case 'fields':
      return changeFields(d, what.fields);
    case 'consent': {
      const { channel, purpose, granted } = what;
      changeGates(d, (gates) => consented(gates, { channel, purpose, granted }));
      tell(d, 'changed', `They ${granted ? 'consent to' : 'decline'} ${purpose} by ${channel}.`);
      return null;
    }
    case 'stop': {
      const suppression = { channel: what.channel, at: d.now, reason: 'they asked us to stop' };
      changeGates(d, (gates) => suppressed(gates, suppression));
      tell(d, 'changed', `They say STOP${what.channel === 'all' ? '' : ` to ${what.channel}`}.`);
      return null;
    }
    case 'kill':
      d.killed = [...d.killed, { scope: what.scope, reason: 'tried' }];
      tell(d, 'changed', `The kill switch is on for ${what.scope}.`);
      return null;
    case 'spend':
      spend(d, what.purpose, what.channel);
      return null;
    case 'provider':
      d.provider = [...d.provider, what.next];
      tell(d, 'changed', `The next message that is handed over: ${what.next}.`);
      return null;
    case 'systems':
      d.systems = { ...d.systems, [what.system]: what.answer };
      return null;
  }
}

function guard(d: Draft, fact: string): Problem {
  const { guards } = d.setting.words;
  const contradicts = Object.hasOwn(guards, fact) ? guards[fact] : undefined;
  if (!contradicts) return unknown('guard', fact, Object.keys(guards));
  const placed = { fact, contradicts, reviewAt: d.now + longestMs };
  changeGates(d, (gates) => ({ ...gates, guards: [...gates.guards.filter((g) => g.fact !== fact), placed] }));
  tell(d, 'changed', `They are under the guard '${fact}'.`);
  return null;
}

function check(d: Draft, assumption: string): Problem {
  const { words, templates, policy } = d.setting;
  const known = new Set([
    ...templates.flatMap(({ assumes }) => assumes),
    ...Object.values(words.guards).flat(),
    ...policy.checkedWithin.keys(),
  ]);
  if (!known.has(assumption)) return unknown('assumption', assumption, [...known]);
  changeGates(d, (gates) => checked(gates, { assumption, at: d.now }));
  tell(d, 'changed', `Somebody looked: '${assumption}' is so.`);
  return null;
}

function moveToZone(d: Draft, zone: string | null): Problem {
  if (zone !== null && !isZone(zone)) return `'${zone}' is no zone. A zone reads like 'Europe/Berlin'.`;
  changeGates(d, (gates) => ({ ...gates, zone }));
  tell(d, 'changed', zone === null ? 'Where they are is not known.' : `They are in ${zone}.`);
  return null;
}

function changeFields(d: Draft, given: Readonly<Record<string, unknown>>): Problem {
  const read = readCustomerFields(d.setting.words, given);
  if (!read.ok) return read.faults.map(({ problem, mend }) => `${problem} ${mend}`).join(' ');
  d.customer = { ...d.customer, fields: { ...d.customer.fields, ...read.fields } };
  const known = Object.entries(read.fields).map(([field, value]) => `${field} ${String(value)}`);
  tell(d, 'changed', `Of them we know: ${known.join(', ')}.`);
  if (!d.run || d.run.ended || !hears(d.setting.journey).includes('customer')) return null;
  const data = Object.fromEntries(Object.keys(read.fields).map((field) => [field, true]));
  deliver(d, { kind: 'event', event: 'customer', id: `fields-${String(d.story.length)}`, data });
  goOn(d);
  movePromises(d, 'customer', d.run.facts);
  return null;
}

function spend(d: Draft, purpose: string, channel: Channel): void {
  const touchId = `other/${String(d.row.recent.length + 1)}`;
  const cost = costOf(d.setting.policy, channel, 'tech');
  const place = {
    touchId,
    reservedAt: d.now,
    at: d.now,
    cost,
    channel,
    purpose,
    journey: 'another',
    state: 'sent',
  } as const;
  d.row = { ...d.row, version: d.row.version + 1, recent: [...d.row.recent, place] };
  tell(d, 'changed', `Another journey touched them: ${purpose} by ${channel}, which costs ${String(cost)}.`);
}
