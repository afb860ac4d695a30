/** Two records that are one person: what the one budget is, gate by gate and wish by wish. */
import { describe, expect, it, test } from '@jest/globals';
import { mergeRows, stricterGates, stricterLimits } from '../../../core/budget/merge.ts';
import type { Gates, OwnLimits, SharedRow } from '../../../core/budget/row.ts';
import { day, gatesWith, hour, noon, rowWith, sent, waiting } from './fixtures.ts';

const nobodys = (): boolean => false;

describe('the touches of both records', () => {
  const kept = rowWith({
    version: 4,
    recent: [sent(noon - hour, { touchId: 'k' }), sent(noon, { touchId: 'k-place', state: 'reserved' })],
    waiting: [waiting({ touchId: 'k-waits' })],
  });
  const merged = rowWith({
    version: 9,
    recent: [sent(noon - 2 * hour, { touchId: 'm' }), sent(noon - 1, { touchId: 'm-place', state: 'reserved' })],
    waiting: [waiting({ touchId: 'm-waits' })],
  });
  const ids = (all: readonly { readonly touchId: string }[]): string[] => all.map(({ touchId }) => touchId);

  it('are those of one, oldest first, and all wait that waited', () => {
    const { row } = mergeRows(kept, merged, () => true, noon);
    expect(ids(row.recent)).toEqual(['m', 'k', 'm-place', 'k-place']);
    expect(ids(row.waiting)).toEqual(['k-waits', 'm-waits']);
    expect(row).toMatchObject({ customerId: kept.customerId, version: 5 });
    expect(row).not.toHaveProperty('shared');
  });
  it('give back every place that nobody has begun to send from, but for those that people have', () => {
    const { row, givenBack } = mergeRows(kept, merged, (touchId) => touchId === 'm-place', noon);
    expect(ids(givenBack)).toEqual(['k-place']);
    expect(ids(row.recent)).toEqual(['m', 'k', 'm-place']);
  });
  test.each([
    ['the kept record', rowWith(), merged, ['m', 'm-place']],
    ['the other record', kept, rowWith(), ['k', 'k-place']],
  ])('keep their places where %s has none: they were decided on all there is', (_, one, other, left) => {
    const { row, givenBack } = mergeRows(one, other, nobodys, noon);
    expect(givenBack).toEqual([]);
    expect(ids(row.recent)).toEqual(left);
  });
  it('are held by no wish that is over, which another that is not would revive', () => {
    const over = rowWith({}, { own: { less: { atMost: 0, in: '30 days', until: noon } } });
    const wish = { atMost: 2, in: '7 days', until: noon + day };
    for (const [one, other] of [
      [over, rowWith({}, { own: { less: wish } })],
      [rowWith({}, { own: { less: wish } }), over],
    ] as const)
      expect(mergeRows(one, other, nobodys, noon).row.gates.own).toEqual({ less: wish });
  });
  it('count in all that either record shares with others, each once and in the order of their keys', () => {
    const sharing = (key: string): SharedRow => ({ key, kind: 'phone', version: 1, recent: [], waiting: [] });
    const { row } = mergeRows(
      rowWith({ shared: [sharing('b'), sharing('d')] }),
      rowWith({ shared: [sharing('a'), sharing('b'), sharing('c')] }),
      nobodys,
      noon,
    );
    expect(row.shared?.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('the gates of both records', () => {
  const both = (kept: Partial<Gates>, other: Partial<Gates>): Gates => stricterGates(gatesWith(kept), gatesWith(other));
  const marketing = { channel: 'email', purpose: 'marketing' } as const;

  test.each<[string, Gates['consents'], Gates['consents'], Gates['consents']]>([
    [
      'a yes of both',
      [{ ...marketing, granted: true }],
      [{ ...marketing, granted: true }],
      [{ ...marketing, granted: true }],
    ],
    [
      'a no of the kept',
      [{ ...marketing, granted: false }],
      [{ ...marketing, granted: true }],
      [{ ...marketing, granted: false }],
    ],
    [
      'a no of the other',
      [{ ...marketing, granted: true }],
      [{ ...marketing, granted: false }],
      [{ ...marketing, granted: false }],
    ],
    [
      'a yes of one, and the other was not asked',
      [{ ...marketing, granted: true }],
      [],
      [{ ...marketing, granted: true }],
    ],
    [
      'words on other channels and purposes, which are about those',
      [{ ...marketing, granted: true }],
      [
        { channel: 'sms', purpose: 'marketing', granted: false },
        { channel: 'email', purpose: 'service', granted: false },
      ],
      [
        { ...marketing, granted: true },
        { channel: 'sms', purpose: 'marketing', granted: false },
        { channel: 'email', purpose: 'service', granted: false },
      ],
    ],
  ])('consent: %s', (_, kept, other, expected) => {
    expect(both({ consents: kept }, { consents: other }).consents).toEqual(expected);
  });

  it('every STOP holds, told once for each channel', () => {
    const stop = (channel: 'email' | 'sms', reason: string) => ({ channel, at: noon, reason });
    const { suppressions } = both(
      { suppressions: [stop('email', 'kept')] },
      { suppressions: [stop('email', 'other'), stop('sms', 'other')] },
    );
    expect(suppressions).toEqual([stop('email', 'kept'), stop('sms', 'other')]);
  });
  it('a fact of both contradicts what either said, until the later review', () => {
    const flood = (contradicts: string[], reviewAt: number) => ({ fact: 'flood-area', contradicts, reviewAt });
    const grief = { fact: 'bereaved', contradicts: ['celebratory'], reviewAt: noon };
    const { guards } = both({ guards: [flood(['a', 'b'], noon + 1), grief] }, { guards: [flood(['b', 'c'], noon)] });
    expect(guards).toEqual([flood(['a', 'b', 'c'], noon + 1), grief]);
  });
  it('the later end of a hold counts', () => {
    const hold = (taskId: string, until: number) => ({ hold: { taskId, until } });
    const cases = [
      both({}, {}),
      both(hold('k', noon), {}),
      both({}, hold('m', noon)),
      both(hold('k', noon), hold('m', noon + 1)),
      both(hold('k', noon + 1), hold('m', noon)),
      both(hold('k', noon), hold('m', noon)),
    ];
    expect(cases.map((gates) => gates.hold?.taskId)).toEqual([undefined, 'k', 'm', 'm', 'k', 'k']);
  });
  it('so does that of a hold by hand', () => {
    const held = (by: string, until: number) => ({ held: { by, until } });
    expect(both({}, {})).not.toHaveProperty('held');
    expect(both({}, held('ana', noon)).held?.by).toBe('ana');
    expect(both(held('ana', noon), held('ben', noon + 1)).held?.by).toBe('ben');
    expect(both(held('ana', noon + 1), held('ben', noon)).held?.by).toBe('ana');
  });
  test.each<[string, Partial<Gates>, Partial<Gates>, Partial<Gates>]>([
    ['one zone of both', { zone: 'UTC' }, { zone: 'UTC' }, { zone: 'UTC', zonesPlausible: [] }],
    [
      'one that the other does not know outweighs a guess',
      { zone: null, zonesPlausible: ['Asia/Tokyo'] },
      { zone: 'UTC' },
      { zone: 'UTC', zonesPlausible: [] },
    ],
    [
      'two are both plausible',
      { zone: 'UTC' },
      { zone: 'Asia/Tokyo', zonesPlausible: [] },
      { zone: null, zonesPlausible: ['UTC', 'Asia/Tokyo'] },
    ],
    [
      'all guesses are',
      { zone: null, zonesPlausible: ['UTC', 'Asia/Tokyo'] },
      { zone: null, zonesPlausible: ['Asia/Tokyo', 'Asia/Seoul'] },
      { zone: null, zonesPlausible: ['UTC', 'Asia/Tokyo', 'Asia/Seoul'] },
    ],
  ])('zones: %s', (_, kept, other, expected) => {
    expect(both(kept, other)).toMatchObject(expected);
  });
  it('the place of the kept record counts, without one the other’s, and the law of either', () => {
    expect(both({ place: { country: 'DE' } }, { place: { country: 'AT' } }).place).toEqual({ country: 'DE' });
    expect(both({}, { place: { country: 'AT' } }).place).toEqual({ country: 'AT' });
    expect(both({ jurisdictions: ['DE', 'AT'] }, { jurisdictions: ['AT', 'CH'] }).jurisdictions).toEqual([
      'DE',
      'AT',
      'CH',
    ]);
    expect(both({ jurisdictions: ['DE'] }, {}).jurisdictions).toEqual(['DE']);
    expect(both({}, { jurisdictions: ['CH'] }).jurisdictions).toEqual(['CH']);
    const nowhere = both({}, {});
    expect(nowhere).not.toHaveProperty('place');
    expect(nowhere).not.toHaveProperty('alsoAt');
    expect(nowhere).not.toHaveProperty('jurisdictions');
  });
  it('the newest check of an assumption counts, and the longest answer to what they wrote', () => {
    const checks = both(
      { checks: [{ assumption: 'a', at: noon }] },
      {
        checks: [
          { assumption: 'a', at: noon + 1 },
          { assumption: 'b', at: noon - 1 },
        ],
      },
    ).checks;
    expect(checks).toEqual([
      { assumption: 'a', at: noon + 1 },
      { assumption: 'b', at: noon - 1 },
    ]);
    expect(both({}, {}).checks).toEqual([]);
    const open = both(
      { inboundOpen: [{ channel: 'email', until: noon + 1 }] },
      {
        inboundOpen: [
          { channel: 'email', until: noon },
          { channel: 'sms', until: noon },
        ],
      },
    ).inboundOpen;
    expect(open).toEqual([
      { channel: 'email', until: noon + 1 },
      { channel: 'sms', until: noon },
    ]);
  });
  it('the wishes of both hold', () => {
    expect(both({ own: { pausedUntil: noon } }, { own: { channels: ['email'] } }).own).toEqual({
      pausedUntil: noon,
      channels: ['email'],
    });
  });
});

describe('of two wishes', () => {
  const less = (atMost: number, span: string, until: number): OwnLimits => ({ less: { atMost, in: span, until } });
  const nine = { from: '09:00', to: '18:00' };
  test.each<[string, OwnLimits | null, OwnLimits | null, OwnLimits | null]>([
    ['none', null, null, null],
    ['one of the kept record', less(1, '7 days', noon), null, less(1, '7 days', noon)],
    ['one of the other', null, less(1, '7 days', noon), less(1, '7 days', noon)],
    [
      'fewer, in a longer time, for longer',
      less(3, '30 days', noon),
      less(2, '7 days', noon + day),
      less(2, '30 days', noon + day),
    ],
    [
      'the same the other way round',
      less(2, '7 days', noon + day),
      less(3, '30 days', noon),
      less(2, '30 days', noon + day),
    ],
    [
      'a calendar month is longer than 31 days',
      less(1, '31 days', noon),
      less(1, 'calendar month', noon),
      less(1, 'calendar month', noon),
    ],
    ['two spans of one length', less(1, '7 days', noon), less(1, '168 hours', noon), less(1, '7 days', noon)],
    ['a span that nobody can read is none', less(1, 'a while', noon), less(1, '1 day', noon), less(1, '1 day', noon)],
    [
      'less, and a pause',
      less(1, '7 days', noon),
      { pausedUntil: noon },
      { ...less(1, '7 days', noon), pausedUntil: noon },
    ],
    ['two pauses', { pausedUntil: noon }, { pausedUntil: noon + 1 }, { pausedUntil: noon + 1 }],
    ['a pause of the kept record', { pausedUntil: noon + 1 }, {}, { pausedUntil: noon + 1 }],
    ['channels that both named', { channels: ['email', 'sms'] }, { channels: ['sms', 'push'] }, { channels: ['sms'] }],
    ['channels of one', { channels: ['email'] }, {}, { channels: ['email'] }],
    ['hours of one', {}, { hours: [nine] }, { hours: [nine] }],
    [
      'hours that both named',
      { hours: [nine] },
      {
        hours: [
          { from: '08:00', to: '12:00' },
          { from: '17:00', to: '20:00' },
        ],
      },
      {
        hours: [
          { from: '09:00', to: '12:00' },
          { from: '17:00', to: '18:00' },
        ],
      },
    ],
    [
      'days that both named',
      { hours: [{ ...nine, on: ['Monday', 'Tuesday'] }] },
      { hours: [{ ...nine, on: ['Tuesday', 'Friday'] }] },
      { hours: [{ ...nine, on: ['Tuesday'] }] },
    ],
    [
      'days of the kept one',
      { hours: [{ ...nine, on: ['Monday'] }] },
      { hours: [nine] },
      { hours: [{ ...nine, on: ['Monday'] }] },
    ],
    [
      'days of the other',
      { hours: [nine] },
      { hours: [{ ...nine, on: ['Monday'] }] },
      { hours: [{ ...nine, on: ['Monday'] }] },
    ],
    ['hours that only touch', { hours: [nine] }, { hours: [{ from: '18:00', to: '20:00' }] }, { hours: [nine] }],
    [
      'hours on no day of both',
      { hours: [{ ...nine, on: ['Monday'] }] },
      { hours: [{ ...nine, on: ['Friday'] }] },
      { hours: [{ ...nine, on: ['Monday'] }] },
    ],
  ])('%s', (_, one, other, expected) => {
    expect(stricterLimits(one, other)).toStrictEqual(expected);
  });
});
