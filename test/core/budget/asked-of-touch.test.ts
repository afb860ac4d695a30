import { describe, expect, it } from '@jest/globals';
import { askOf } from '../../../core/budget/ask-of.ts';
import { mannerOf } from '../../../core/budget/manner-of.ts';
import {
  checked,
  consented,
  heldBy,
  stoppedFor,
  suppressed,
  unheld,
  withOwn,
  wroteBy,
} from '../../../core/budget/move-gates.ts';
import { addPlain } from '../../../core/budget/less-until.ts';
import type { Fate } from '../../../core/journey/table.ts';
import { day, noon, rowWith } from './fixtures.ts';

type Touching = Parameters<typeof askOf>[0];

const fate: Fate = {
  fate: 'wait',
  atMost: '2 days',
  then: { fate: 'substitute', channel: 'sms', then: { fate: 'substitute', channel: 'push', then: 'toHuman' } },
};
const step: Touching['step'] = {
  kind: 'touch',
  team: 'care',
  madeBy: 'tech',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: ['preferred', 'email', 'voice'],
  fate,
  quiet: 'next-channel',
  say: 'inquiry-arrived',
  next: 'end:finished',
  prefer: [{ when: { path: 'customer.plan', is: ['gold'] }, because: 'Gold waits for nobody', fate: 'toHuman' }],
};
const unknown = (): undefined => undefined;
const touching: Touching = {
  journey: 'starter',
  step,
  touch: { id: 'run/arrived/1', ask: 2, since: noon, fate, failed: [] },
  manner: mannerOf(step, fate, unknown).manner,
  template: {
    name: 'inquiry-arrived',
    locale: 'en',
    purpose: 'service',
    assumes: ['alive'],
    needs: [],
    channels: { email: {}, sms: {} },
    body: 'Hello',
  },
  customer: {
    id: 'ana',
    wroteOn: null,
    wroteAt: noon - day,
    preferred: null,
    addresses: { email: 'ana@example.com', sms: '+4915112345678' },
  },
  configured: ['email', 'sms', 'voice', 'push'],
};

describe('a touch asks the budget', () => {
  it('by the ways of its reach, with those that are none behind them, and by what its fate may substitute', () => {
    const { ask, skipped } = askOf(touching);
    expect(ask).toEqual({
      touchId: 'run/arrived/1',
      ask: 2,
      customerId: 'ana',
      journey: 'starter',
      purpose: 'service',
      madeBy: 'tech',
      cause: 'inquiry-received',
      assumes: ['alive'],
      candidates: [
        { channel: 'email', way: 'email', address: 'ana@example.com' },
        { channel: 'voice', skipped: 'voice: no number' },
      ],
      substitutes: [{ channel: 'sms', way: 'sms', address: '+4915112345678' }],
      quiet: 'next-channel',
      fate,
      firstAskedAt: noon,
      answersInboundAt: noon - day,
    });
    expect(skipped).toEqual(['preferred: they named no preference', 'voice: no number']);
  });
  it('by no channel where there is nothing to say', () => {
    const { ask } = askOf({ ...touching, template: null });
    expect(ask.assumes).toEqual([]);
    expect(ask.candidates.map(({ skipped }) => skipped)).toEqual([
      'email: the template is not written for it',
      'voice: no number',
    ]);
  });
  it('with no word of what its step does not say', () => {
    const { cause: _, quiet: __, ...plain } = step;
    const { ask } = askOf({ ...touching, step: plain });
    expect(ask).not.toHaveProperty('cause');
    expect(ask).not.toHaveProperty('quiet');
  });
  it('by no substitute where its fate is a person of some team', () => {
    const manner = { ...touching.manner, fate: { fate: 'toHuman', team: 'leads' } } as const;
    expect(askOf({ ...touching, manner }).ask.substitutes).toEqual([]);
  });
  it('as an answer to what they wrote only where it is a service', () => {
    const silent = askOf({ ...touching, customer: { ...touching.customer, wroteAt: null } }).ask;
    expect(silent).not.toHaveProperty('answersInboundAt');
    expect(askOf({ ...touching, step: { ...step, purpose: 'marketing' } }).ask).not.toHaveProperty('answersInboundAt');
  });
});

describe('the manner of a touch', () => {
  const gold = (): string => 'gold';
  it("is the step's, unless a rule has another", () => {
    expect(mannerOf(step, fate, unknown).manner).toEqual({ madeBy: 'tech', team: 'care', reach: step.reach, fate });
    expect(mannerOf(step, fate, gold).manner.fate).toBe('toHuman');
  });
  it('has the time in which a person makes it', () => {
    const byPerson = { ...step, madeBy: 'human', within: '1 business day' } as const;
    expect(mannerOf(byPerson, fate, unknown).manner).toMatchObject({ madeBy: 'human', within: '1 business day' });
    expect(mannerOf(step, fate, unknown).manner).not.toHaveProperty('within');
  });
  it('has what is left of its fate once part of it was waited for, and no rule begins it again', () => {
    expect(mannerOf(step, 'drop', gold).manner.fate).toBe('drop');
  });
});

describe('what happens to a customer moves their gates', () => {
  const { gates } = rowWith({}, { inboundOpen: [{ channel: 'sms', until: noon - 1 }] });
  it('their writing opens its channel for 14 days, and STOP ends that', () => {
    const open = wroteBy(wroteBy(gates, 'email', noon - day), 'email', noon);
    expect(open.inboundOpen).toEqual([{ channel: 'email', until: noon + 14 * day }]);
    const stop = { at: noon, reason: 'they asked us to stop' };
    expect(suppressed(open, { channel: 'sms', ...stop }).inboundOpen).toEqual(open.inboundOpen);
    expect(suppressed(open, { channel: 'email', ...stop }).inboundOpen).toEqual([]);
    const all = suppressed(suppressed(open, { channel: 'all', ...stop }), { channel: 'all', ...stop, at: noon + 1 });
    const other = { channel: 'sms', ...stop } as const;
    expect(suppressed(suppressed(open, other), { channel: 'email', ...stop }).suppressions).toEqual([
      other,
      { channel: 'email', ...stop },
    ]);
    expect(all).toMatchObject({ inboundOpen: [], suppressions: [{ channel: 'all', at: noon + 1 }] });
  });
  it('the last word on a consent holds, and a hold is ended by its own task alone', () => {
    const one = { channel: 'email', purpose: 'marketing' } as const;
    const twice = consented(consented({ ...gates, consents: [] }, { ...one, granted: true }), {
      ...one,
      granted: false,
    });
    expect(twice.consents).toEqual([{ ...one, granted: false }]);
    const held = { ...gates, hold: { until: noon, taskId: 't-1' } };
    expect(unheld(held, 't-2')).toBe(held);
    expect(unheld(held, 't-1').hold).toBeNull();
    expect(unheld(gates, 't-1')).toBe(gates);
  });
  it('a consent to one purpose by one channel leaves the others alone', () => {
    const others = [
      { channel: 'email', purpose: 'service', granted: true },
      { channel: 'sms', purpose: 'marketing', granted: true },
    ] as const;
    const no = { channel: 'email', purpose: 'marketing', granted: false } as const;
    expect(consented({ ...gates, consents: others }, no).consents).toEqual([...others, no]);
  });
  it('their writing closes what is over on other channels, and leaves open what is not', () => {
    const inboundOpen = [
      { channel: 'sms', until: noon },
      { channel: 'chat', until: noon + 1 },
    ] as const;
    expect(wroteBy({ ...gates, inboundOpen }, 'email', noon).inboundOpen).toEqual([
      { channel: 'chat', until: noon + 1 },
      { channel: 'email', until: noon + 14 * day },
    ]);
  });
  it('the newest check of an assumption counts, beside those of others', () => {
    const other = { assumption: 'celebratory', at: noon - day };
    const once = checked({ ...gates, checks: [other] }, { assumption: 'home-is-fine', at: noon });
    const twice = checked(once, { assumption: 'home-is-fine', at: noon + 1 });
    expect(twice.checks).toEqual([other, { assumption: 'home-is-fine', at: noon + 1 }]);
    expect(checked(gates, other).checks).toEqual([other]);
  });
  it('a hold by hand begins, changes and is over', () => {
    const held = heldBy(gates, { until: noon, by: 'ana' });
    expect(heldBy(held, { until: noon + 1, by: 'ben' }).held).toEqual({ until: noon + 1, by: 'ben' });
    expect(heldBy(held, null)).toEqual(gates);
    expect(heldBy(held, undefined)).not.toHaveProperty('held');
  });
  it('a journey is stopped for them, otherwise, and no longer', () => {
    const other = { journey: 'renewal', until: null, by: 'ana' };
    const once = stoppedFor(stoppedFor(gates, 'renewal', { until: null, by: 'ana' }), 'offer', {
      until: noon,
      by: 'ana',
    });
    expect(once.stopped).toEqual([other, { journey: 'offer', until: noon, by: 'ana' }]);
    const twice = stoppedFor(once, 'offer', { until: null, by: 'ben' });
    expect(twice.stopped).toEqual([other, { journey: 'offer', until: null, by: 'ben' }]);
    expect(stoppedFor(twice, 'offer', null).stopped).toEqual([other]);
    expect(stoppedFor(stoppedFor(twice, 'offer', null), 'renewal', null)).not.toHaveProperty('stopped');
    expect(stoppedFor(gates, 'offer', null)).toEqual(gates);
  });
  it('what they asked for is kept for as long as it holds', () => {
    const asked = {
      less: { atMost: 1, in: '30 days', until: noon + 1 },
      pausedUntil: noon + 1,
      hours: [{ from: '09:00', to: '18:00' }],
      channels: ['email'],
    } as const;
    expect(withOwn(gates, asked, noon).own).toEqual(asked);
    expect(withOwn(gates, asked, noon + 1).own).toEqual({ hours: asked.hours, channels: asked.channels });
    expect(withOwn(gates, { pausedUntil: noon }, noon).own).toBeNull();
    expect(withOwn(gates, null, noon).own).toBeNull();
  });
  it('less is asked for until a plain time later', () => {
    expect(addPlain(noon, '90 days')).toBe(noon + 90 * day);
    for (const span of ['2 business days', 'a while'])
      expect(() => addPlain(noon, span)).toThrow(
        `'${span}' is no plain time such as '90 days'; publishing refuses others`,
      );
  });
});
