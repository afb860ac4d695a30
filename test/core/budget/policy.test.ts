import { describe, expect, it } from '@jest/globals';
import { rankOf } from '../../../core/budget/rank.ts';
import type { Policy } from '../../../core/budget/policy.ts';
import { saidSentAfter } from '../../../core/budget/unknown-is-sent.ts';
import { costOf, policyFaults, readPolicy } from '../../../core/budget/read-policy.ts';
import { justEnough } from './fixtures.ts';

describe('a stored policy', () => {
  it('without fault is read', () => {
    expect(policyFaults(justEnough)).toEqual([]);
    expect(readPolicy(justEnough, 3)).toMatchObject({ name: 'just-enough', version: 3, risesEveryMs: 3 * 86_400_000 });
  });
  it('names classes of journeys, which stand for their journeys in every rule and rank', () => {
    const read = readPolicy(
      {
        ...justEnough,
        classes: { campaigns: ['offer', 'renewal'], calm: ['renewal'] },
        windows: [{ name: 'w', atMost: 2, in: '7 days', journeys: ['campaigns', 'offer', 'story'] }],
        spacing: [{ apart: '1 day', journeys: ['calm'] }],
        first: ['service', 'calm', 'campaigns'],
      },
      1,
    );
    expect(read.windows[0]?.journeys).toEqual(['offer', 'renewal', 'story']);
    expect(read.spacing[0]?.journeys).toEqual(['renewal']);
    const rank = (purpose: string, journey: string): number =>
      rankOf(read, { touchId: 't', purpose, journey, askedAt: 0 }, 0);
    expect([rank('service', 'x'), rank('a', 'renewal'), rank('a', 'offer'), rank('a', 'x')]).toEqual([0, 1, 2, 3]);
    expect(rank('service', 'offer')).toBe(0);
  });
  it('says after what time an unknown touch counts as sent, for all channels or each; too soon or too late is a fault', () => {
    const after = (unknownIsSentAfter: Policy['unknownIsSentAfter']) =>
      ({ ...justEnough, unknownIsSentAfter }) as Policy;
    expect(policyFaults(after('1 hour'))).toEqual([]);
    expect(policyFaults(after({ email: '90 days', sms: '3 days' }))).toEqual([]);
    expect(policyFaults(after({ email: '59 minutes', sms: '2 business days', voice: '91 days' }))).toEqual(
      [
        ['email', '59 minutes'],
        ['sms', '2 business days'],
        ['voice', '91 days'],
      ].map(
        ([channel, said]) =>
          `unknownIsSentAfter.${String(channel)}: expected a plain time of 1 hour to 90 days, such as '3 days', found "${String(said)}"`,
      ),
    );
    expect([saidSentAfter(after('3 days'), 'push'), saidSentAfter(after({ sms: '3 days' }), 'push')]).toEqual([
      '3 days',
      null,
    ]);
    expect(saidSentAfter(justEnough, 'email')).toBeNull();
  });
  it('prices a contact by its channel and, where it says so, by who makes it', () => {
    const read = readPolicy({ ...justEnough, cost: { ...justEnough.cost, voice: { tech: 4, human: 2 } } }, 1);
    expect([costOf(read, 'voice', 'tech'), costOf(read, 'voice', 'human'), costOf(read, 'sms', 'human')]).toEqual([
      4, 2, 2,
    ]);
    const wrong = { ...justEnough, cost: { ...justEnough.cost, voice: { tech: 4, human: -2 } } };
    expect(policyFaults(wrong)).toEqual([
      'cost.voice: expected a number of 0 or more, or one for tech and one for human, found {"tech":4,"human":-2}',
    ]);
  });
  it('tells all its faults, each with its place, what was expected and what is there', () => {
    const faults = policyFaults({
      ...justEnough,
      cost: { ...justEnough.cost, sms: -1 },
      windows: [
        { name: 'a', atMost: 2, in: '91 days' },
        { name: 'a', atMost: -1, in: 'calendar year' },
        { name: 'b', atMost: 2, in: '2 business days', keep: { cost: 3, for: ['service'] } },
        { name: 'c', atMost: 2, in: '90 days' },
        { name: 'd', atMost: 2, in: '0 days' },
      ],
      spacing: [{ apart: 'a while' }],
      quiet: [{ from: '9pm', to: '08:00' }],
      risesEvery: '3 business days',
      maxSilence: 'long',
      holdAtMost: '2 business days',
      less: { atMost: 1, in: '1 year', for: 'ever' },
    });
    expect(faults).toEqual([
      'cost.sms: expected a number of 0 or more, or one for tech and one for human, found -1',
      `window 'a'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "91 days"`,
      `window 'a': expected a name that is there once, found "a"`,
      `window 'a'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "calendar year"`,
      `window 'a'.atMost: expected a number of 0 or more, found -1`,
      `window 'b'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "2 business days"`,
      `window 'b'.keep.cost: expected a number from 0 to 2, found 3`,
      `window 'd'.in: expected a plain time up to 90 days, or 'calendar day', 'week' or 'month', found "0 days"`,
      `spacing.apart: expected a plain time up to 90 days, such as '1 hour', found "a while"`,
      `quiet.from is '9pm', and should be a time such as '21:00'`,
      `risesEvery: expected a plain time such as '3 days', found "3 business days"`,
      `maxSilence: expected a time such as '4 business hours', found "long"`,
      `less.in: expected a plain time up to 90 days, found "1 year"`,
      `less.for: expected a plain time such as '90 days', found "ever"`,
    ]);
    expect(() => readPolicy({ ...justEnough, risesEvery: 'x' }, 3)).toThrow(
      "Policy 'just-enough' version 3: risesEvery",
    );
  });
  it('tells the faults of what it need not say', () => {
    const { sms: _, ...unpriced } = { ...justEnough.cost, push: '1' };
    const faults = policyFaults({
      ...justEnough,
      cost: unpriced as unknown as typeof justEnough.cost,
      windows: [
        { name: 'a', atMost: 0, in: 'calendar month', keep: { cost: 0, for: ['service'] } },
        { name: 'b', atMost: 2, in: '1 minute', keep: { cost: 2, for: ['service'] } },
        { name: 'c', atMost: 2, in: '1 day', keep: { cost: -1, for: ['service'] } },
      ],
      spacing: [{ apart: '0 days' }, { apart: '90 days' }, { apart: '91 days' }],
      quiet: [],
      risesEvery: '0 days',
      holdAtMost: 'soon',
      assumeOnlyIfChecked: { fine: '60 days', never: '0 days', later: '2 business days' },
      legalHours: ['US-FL', 'XX'],
    });
    expect(faults).toEqual([
      'cost.sms: expected a number of 0 or more, or one for tech and one for human, found nothing',
      'cost.push: expected a number of 0 or more, or one for tech and one for human, found "1"',
      `window 'c'.keep.cost: expected a number from 0 to 2, found -1`,
      `spacing.apart: expected a plain time up to 90 days, such as '1 hour', found "91 days"`,
      `risesEvery: expected a plain time such as '3 days', found "0 days"`,
      `holdAtMost: expected a time such as '4 business hours', found "soon"`,
      `assumeOnlyIfChecked.never: expected a plain time such as '60 days', found "0 days"`,
      `assumeOnlyIfChecked.later: expected a plain time such as '60 days', found "2 business days"`,
      `legalHours: expected 'all', 'none', or some of everywhere, EU, FR, ES, US, US-FL, US-OK, US-WA, found "XX"`,
    ]);
  });
  it('with faults is not read, and all of them are told', () => {
    expect(() => readPolicy({ ...justEnough, risesEvery: 'x', maxSilence: 'y' }, 3)).toThrow(
      `risesEvery: expected a plain time such as '3 days', found "x"; maxSilence: expected a time such as '4 business hours', found "y"`,
    );
  });
  it('is read whole: what it says, and what is meant where it says nothing', () => {
    const { legalHours: _, ...silent } = justEnough;
    const read = readPolicy(
      {
        ...silent,
        classes: { campaigns: ['offer', 'renewal'] },
        theyWaitAfter: ['order-placed'],
        windows: [
          { name: 'plain', atMost: 6, in: '7 days' },
          {
            name: 'full',
            atMost: 4,
            in: 'calendar week',
            over: 'alert',
            keep: { cost: 2, for: ['service'] },
            per: 'account',
            channels: ['sms'],
            purposes: ['service'],
            journeys: ['campaigns', 'story'],
          },
        ],
        spacing: [
          { apart: '90 minutes' },
          { apart: '1 day', per: 'address', channels: ['email'], purposes: ['marketing'] },
        ],
        quiet: [{ from: '21:00', to: '08:00', channels: ['sms'], purposes: ['service'] }],
        assumeOnlyIfChecked: { fine: '60 days' },
      },
      3,
    );
    const day = 86_400_000;
    const plain = { classes: [], alert: false, keep: null, except: [], per: 'customer' };
    expect(read.windows).toEqual([
      { ...plain, name: 'plain', atMost: 6, span: { rollingMs: 7 * day }, said: '7 days' },
      {
        name: 'full',
        atMost: 4,
        span: { calendar: 'week' },
        said: 'calendar week',
        classes: ['campaigns'],
        alert: true,
        keep: { cost: 2, for: ['service'] },
        except: [],
        per: 'account',
        channels: ['sms'],
        purposes: ['service'],
        journeys: ['offer', 'renewal', 'story'],
      },
    ]);
    expect(read.spacing).toEqual([
      { apartMs: 90 * 60_000, said: '90 minutes apart', per: 'customer' },
      { apartMs: day, said: '1 day apart', per: 'address', channels: ['email'], purposes: ['marketing'] },
    ]);
    expect(read.quiet).toMatchObject([{ said: '21:00–08:00', channels: ['sms'], purposes: ['service'] }]);
    expect(read).toMatchObject({
      lastPlace: 4,
      legalHours: 'all',
      less: justEnough.less,
      maxSilence: '4 business hours',
    });
    expect([read.theyWaitAfter, readPolicy(silent, 3).theyWaitAfter]).toEqual([['order-placed'], []]);
    expect(read.checkedWithin).toEqual(new Map([['fine', { ms: 60 * day, said: '60 days' }]]));
    expect(readPolicy({ ...justEnough, legalHours: ['US-FL'] }, 3)).toMatchObject({ legalHours: ['US-FL'] });
  });
  it('ranks by the best of the places that a journey has, whatever its class is called', () => {
    // A class may have a name that objects have of themselves.
    const read = readPolicy({ ...justEnough, first: ['toString', 'service'] }, 1);
    expect(read.places).toEqual(
      new Map([
        ['toString', 0],
        ['service', 1],
      ]),
    );
  });
});
