/** What people can set: areas, checks, holds by hand, and what a customer asked of us. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayBeIn, readArea, sayArea } from '../../../core/budget/area.ts';
import { underAreas } from '../../../core/budget/area-guards.ts';
import { decide, stopsNow } from '../../../core/budget/decide.ts';
import { explain } from '../../../core/budget/explain.ts';
import { stricterGates } from '../../../core/budget/merge.ts';
import type { Decision } from '../../../core/budget/decision.ts';
import type { Gates, Killed, OwnLimits } from '../../../core/budget/row.ts';
import { bare, day, gatesWith, hour, iso, noon, policyWith, request, rowWith, sent } from './fixtures.ts';

const said = (decision: Decision): string =>
  decision.decided === 'allowed'
    ? 'allowed'
    : decision.decided === 'suppressed'
      ? `suppressed: ${decision.because}`
      : `deferred: ${decision.because} until ${iso(decision.until)}`;

describe('an area', () => {
  it.each(['DE', 'DE-NW', 'DE:535', 'US-FL:331', 'GB:SW1A'])('is written %s', (written) => {
    const area = readArea(written);
    expect(area && sayArea(area)).toBe(written);
  });
  it.each(['', 'de', 'DEU', 'DE-', 'DE:', 'DE:a', 'DE-NWXX', '*'])("is not written '%s'", (written) => {
    expect(readArea(written)).toBeNull();
  });
  it('means the same postal code however it is spaced', () => {
    expect(readArea('NL:1012 AB')).toStrictEqual({ country: 'NL', postal: '1012AB' });
    expect(readArea('DE')).toStrictEqual({ country: 'DE' });
  });
  it.each<[string, string, Pick<Gates, 'place' | 'jurisdictions'>, boolean]>([
    ['the country', 'DE', { place: { country: 'DE', postal: '10115' } }, true],
    ['another country', 'DE', { place: { country: 'AT' } }, false],
    ['a postal code that begins so', 'DE:535', { place: { country: 'DE', postal: '53501' } }, true],
    ['one that does not', 'DE:535', { place: { country: 'DE', postal: '53601' } }, false],
    ['the same code in another country', 'DE:535', { place: { country: 'FR', postal: '53501' } }, false],
    ['the country, and no postal code is on record', 'DE:535', { place: { country: 'DE' } }, true],
    ['another part of the country', 'DE-NW', { place: { country: 'DE', region: 'BY' } }, false],
    ['no part is on record', 'DE-NW', { place: { country: 'DE', postal: '53501' } }, true],
    ['a number of that country and nothing on record', 'DE:535', { jurisdictions: ['DE'] }, true],
    ['a number of another state', 'US-FL', { jurisdictions: ['US-NY'] }, false],
    ['a number of that state', 'US-FL:331', { jurisdictions: ['US-NY', 'US-FL'] }, true],
    [
      'on record elsewhere, whatever their number says',
      'US-FL',
      { place: { country: 'US', region: 'NY' }, jurisdictions: ['US-FL'] },
      false,
    ],
    ['nothing is known', 'DE', {}, false],
  ])('%s', (_, area, gates, expected) => {
    const read = readArea(area);
    expect(read && mayBeIn(read, gates)).toBe(expected);
  });
});

describe('a journey that was stopped for this customer', () => {
  const decided = (stopped: Gates['stopped'], over: Partial<Parameters<typeof request>[0]> = {}, at = noon): string =>
    said(
      decide(rowWith({}, { ...(stopped && { stopped }) }), request({ journey: 'offer', ...over }), bare({}), [], at),
    );
  const paused = [{ journey: 'offer', until: noon + hour, by: 'ana' }] as const;
  const ended = [{ journey: 'offer', until: null, by: 'ana' }] as const;
  it('waits for the end of its pause, services too, to the millisecond', () => {
    expect(decided(paused)).toBe(`deferred: hold until ${iso(noon + hour)}`);
    expect(decided(paused, { purpose: 'service' })).toBe(`deferred: hold until ${iso(noon + hour)}`);
    expect(decided(paused, {}, noon + hour - 1)).toBe(`deferred: hold until ${iso(noon + hour)}`);
    expect(decided(paused, {}, noon + hour)).toBe('allowed');
  });
  it('is refused when it was stopped for good', () => {
    expect(decided(ended)).toBe('suppressed: kill switch');
    expect(decided(ended, { purpose: 'service' })).toBe('suppressed: kill switch');
  });
  it('stops no other journey, and no person', () => {
    for (const stopped of [paused, ended]) {
      expect(decided(stopped, { journey: 'inquiry' })).toBe('allowed');
      expect(decided(stopped, { madeBy: 'human' })).toBe('allowed');
    }
  });
  it('is stopped for both when two records are one person, by the longer of two stops', () => {
    const of = (kept: Gates['stopped'], other: Gates['stopped']): Gates['stopped'] =>
      stricterGates(gatesWith(kept && { stopped: kept }), gatesWith(other && { stopped: other })).stopped;
    expect(of(paused, ended)).toEqual(ended);
    expect(of(ended, paused)).toEqual(ended);
    expect(of(undefined, paused)).toEqual(paused);
    expect(of(undefined, undefined)).toBeUndefined();
  });
});

describe('a kill switch', () => {
  const reason = 'fire';
  it.each<[Killed[number]['scope'], string]>([
    ['all', 'suppressed: kill switch'],
    ['journey:offer', 'suppressed: kill switch'],
    ['journey:inquiry', 'allowed'],
    ['channel:email', 'suppressed: kill switch'],
    ['channel:sms', 'allowed'],
    ['area:DE', 'suppressed: kill switch'],
    ['area:DE:535', 'suppressed: kill switch'],
    ['area:DE:1', 'allowed'],
    ['segment:gold', 'suppressed: kill switch'],
    ['area:nowhere', 'allowed'],
  ])('for %s: an offer by e-mail to somebody in 53501 is %s', (scope, expected) => {
    const row = rowWith({}, { place: { country: 'DE', postal: '53501' } });
    const decision = decide(row, request(), bare({}), [{ scope, reason }], noon);
    expect(said(decision)).toBe(expected);
    const stops = stopsNow(row, request(), bare({}), [{ scope, reason }], noon);
    expect(stops === null ? 'allowed' : said(stops)).toBe(expected);
  });
});

describe('a guard for an area', () => {
  const flood = {
    fact: 'flood-area',
    contradicts: ['home-is-fine'],
    reviewAt: noon - day,
    areas: ['DE:535', 'DE:536'],
  };
  const asked = request({ assumes: ['home-is-fine'] });
  it('holds for whoever is there, until it is lifted and not until its review', () => {
    const there = gatesWith({ place: { country: 'DE', postal: '53604' } });
    const decision = decide({ ...rowWith(), gates: underAreas(there, [flood]) }, asked, bare({}), [], noon);
    expect(explain(decision)).toBe(
      'Not sent: a guard stands against it: flood-area (DE:535, DE:536) contradicts home-is-fine.',
    );
    const elsewhere = gatesWith({ place: { country: 'DE', postal: '10115' } });
    expect(underAreas(elsewhere, [flood])).toBe(elsewhere);
    expect(underAreas(there, [{ ...flood, areas: ['nowhere'] }])).toBe(there);
  });
  it('lets through what assumes nothing of the kind', () => {
    const gates = underAreas(gatesWith({ place: { country: 'DE', postal: '53604' } }), [flood]);
    expect(said(decide({ ...rowWith(), gates }, request(), bare({}), [], noon))).toBe('allowed');
  });
});

describe('what a template may assume only if somebody looked', () => {
  const policy = bare({ assumeOnlyIfChecked: { 'home-is-fine': '60 days' } });
  const asked = request({ assumes: ['home-is-fine'] });
  it.each<[string, Gates['checks'], string]>([
    ['nobody did', [], 'suppressed: guard'],
    ['nobody ever looked for anything', undefined, 'suppressed: guard'],
    ['somebody looked for something else', [{ assumption: 'celebratory', at: noon }], 'suppressed: guard'],
    ['somebody did, 60 days ago to the millisecond', [{ assumption: 'home-is-fine', at: noon - 60 * day }], 'allowed'],
    ['a millisecond before that', [{ assumption: 'home-is-fine', at: noon - 60 * day - 1 }], 'suppressed: guard'],
  ])('%s', (_, checks, expected) => {
    const decision = decide(rowWith({}, checks && { checks }), asked, policy, [], noon);
    expect(said(decision)).toBe(expected);
    if (expected !== 'allowed')
      expect(explain(decision)).toBe(
        'Not sent: a guard stands against it: home-is-fine was not checked within 60 days.',
      );
  });
  it('a guard outweighs a check', () => {
    const guards = [{ fact: 'flood-area', contradicts: ['home-is-fine'], reviewAt: noon }];
    const checks = [{ assumption: 'home-is-fine', at: noon }];
    expect(said(decide(rowWith({}, { guards, checks }), asked, policy, [], noon))).toBe('suppressed: guard');
  });
  it('other policies ask for no check', () => {
    expect(said(decide(rowWith(), asked, bare({}), [], noon))).toBe('allowed');
  });
});

describe('a hold by hand', () => {
  it('holds what is automated and no service, and the longest of several counts', () => {
    const held = { until: noon + 2 * hour, by: 'ana' };
    const row = rowWith({}, { held });
    expect(said(decide(row, request(), bare({}), [], noon))).toBe('deferred: hold until 2026-11-24T12:00:00Z');
    expect(explain(decide(row, request(), bare({}), [], noon))).toContain(
      'a person has the conversation (held by ana)',
    );
    expect(said(decide(row, request({ purpose: 'service' }), bare({}), [], noon))).toBe('allowed');
    const both = rowWith({}, { held, hold: { until: noon + hour, taskId: 'K' } });
    expect(said(decide(both, request(), bare({}), [], noon))).toBe('deferred: hold until 2026-11-24T12:00:00Z');
    expect(said(decide(row, request(), bare({}), [], noon + 2 * hour))).toBe('allowed');
  });
});

describe('what a customer asked of us', () => {
  const ask = (
    own: OwnLimits,
    more: Parameters<typeof request>[0] = {},
    now = noon,
    gates: Partial<Gates> = {},
  ): string => said(decide(rowWith({}, { own, ...gates }), request(more), bare({}), [], now));
  it('their hours are of their own clock, and leave services alone', () => {
    const hours = [{ from: '17:00', to: '20:00', on: ['Monday', 'Tuesday'] }];
    expect(ask({ hours })).toBe('deferred: quiet hours until 2026-11-24T16:00:00Z');
    expect(ask({ hours }, {}, noon + 9 * hour)).toBe('deferred: quiet hours until 2026-11-30T16:00:00Z');
    expect(ask({ hours }, { purpose: 'service' })).toBe('allowed');
  });
  it('their channels hold services too, unless they wrote elsewhere', () => {
    const channels = ['sms'] as const;
    expect(ask({ channels })).toBe('suppressed: consent');
    expect(ask({ channels }, { purpose: 'service' })).toBe('suppressed: consent');
    expect(ask({ channels }, { channel: 'sms' })).toBe('allowed');
    const inboundOpen = [{ channel: 'email', until: noon + day }] as const;
    expect(ask({ channels }, { purpose: 'service' }, noon, { inboundOpen })).toBe('allowed');
    expect(ask({ channels }, {}, noon, { inboundOpen })).toBe('suppressed: consent');
  });

  const clock = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:00`);
  const own = fc.record(
    {
      less: fc.record({
        atMost: fc.integer({ min: 0, max: 3 }),
        in: fc.constantFrom('1 day', '7 days', 'calendar week'),
        until: fc.integer({ min: -2, max: 40 }).map((days) => noon + days * day),
      }),
      pausedUntil: fc.integer({ min: -2, max: 40 }).map((days) => noon + days * day),
      hours: fc.array(
        fc.record({ from: clock, to: clock, on: fc.constant(['Tuesday', 'Friday']) }, { requiredKeys: ['from', 'to'] }),
        { maxLength: 2 },
      ),
      channels: fc.uniqueArray(fc.constantFrom('email' as const, 'sms' as const), { minLength: 1 }),
    },
    { requiredKeys: [] },
  );
  const touches = fc.array(
    fc.record({ ago: fc.integer({ min: 0, max: 200 }), channel: fc.constantFrom('email' as const, 'sms' as const) }),
    { maxLength: 6 },
  );
  it('tightens the policy and never loosens it', () => {
    const policy = policyWith({});
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        own,
        touches,
        fc.constantFrom('service', 'marketing', 'relationship'),
        fc.constantFrom('email' as const, 'sms' as const),
        fc.integer({ min: 0, max: 47 }),
        (limits, before, purpose, channel, halfHours) => {
          const recent = before.map(({ ago, channel: by }) => sent(noon - ago * hour, { channel: by }));
          const now = noon + halfHours * (hour / 2);
          const asked = request({ purpose, channel });
          const alone = decide(rowWith({ recent }), asked, policy, [], now);
          const withOwn = decide(rowWith({ recent }, { own: limits }), asked, policy, [], now);
          seen.add(`${alone.decided} ${withOwn.decided}`);
          const earliest = (decision: Decision): number =>
            decision.decided === 'allowed' ? now : decision.decided === 'deferred' ? decision.until : Infinity;
          expect(earliest(withOwn)).toBeGreaterThanOrEqual(earliest(alone));
        },
      ),
      { seed: 20261124, numRuns: Number(process.env['RT_CASES'] ?? 4_000) },
    );
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['allowed allowed', 'allowed deferred', 'allowed suppressed', 'deferred deferred']),
    );
  });
});
