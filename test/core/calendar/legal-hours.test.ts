import { describe, expect, it } from '@jest/globals';
import { laws, legalHours, legalSpans, quietOutside } from '../../../core/calendar/legal-hours.ts';
import { quietUntil } from '../../../core/calendar/quiet.ts';
import { readWeekday } from '../../../core/calendar/day-names.ts';
import { dayOf, readClock } from '../../../core/calendar/zone.ts';

const next = (
  where: readonly string[],
  zones: readonly string[],
  from: string,
  channel = 'sms',
  purpose = 'marketing',
) => {
  const at = Date.parse(from);
  const spans = legalSpans({ channel: channel as 'sms', purpose }, where, 'all', at);
  const quiet = quietUntil(spans, zones, at);
  return quiet === null ? 'now' : quiet.until === 'never' ? 'never' : new Date(quiet.until).toISOString().slice(0, 16);
};

describe('the files', () => {
  it.each(legalHours.map((law) => [law.jurisdiction, law] as const))(
    '%s says what it is, whence, and since when',
    (_, law) => {
      for (const { from, to, on } of law.allowed) {
        expect(readClock(from)).not.toBeNull();
        expect(readClock(to)).toBeGreaterThan(readClock(from) ?? Infinity);
        for (const name of on ?? []) expect(readWeekday(name)).not.toBeNull();
      }
      for (const day of [law.validFrom, law.validUntil ?? '2026-01-01', law.source.checkedOn])
        expect(dayOf(day)).not.toBeNull();
      expect(law.source.law + law.source.section).not.toBe('');
      expect(law.notice).toMatch(/No legal advice/);
      expect(law.covers.length).toBeGreaterThan(0);
    },
  );
  it('are named once', () => {
    expect(new Set(laws).size).toBe(laws.length);
  });
});

describe('a law', () => {
  const york = ['America/New_York'];
  it.each([
    ['US federal, 7:59', ['US-NY'], york, '2026-11-24T12:59:00Z', '2026-11-24T13:00'],
    ['US federal, 8:00', ['US-NY'], york, '2026-11-24T13:00:00Z', 'now'],
    ['US federal, 20:59', ['US-NY'], york, '2026-11-25T01:59:00Z', 'now'],
    ['US federal, 21:00', ['US-NY'], york, '2026-11-25T02:00:00Z', '2026-11-25T13:00'],
    ['Florida, 19:59', ['US-FL'], york, '2026-11-25T00:59:00Z', 'now'],
    ['Florida, 20:00', ['US-FL'], york, '2026-11-25T01:00:00Z', '2026-11-25T13:00'],
    ['of two plausible states the stricter', ['US-NY', 'US-FL'], york, '2026-11-25T01:00:00Z', '2026-11-25T13:00'],
    ['a state that nobody knows may be any', ['US'], york, '2026-11-25T01:00:00Z', '2026-11-25T13:00'],
    ['Oklahoma, 20:00', ['US-OK'], ['America/Chicago'], '2026-11-25T02:00:00Z', '2026-11-25T14:00'],
    ['Washington, 20:00', ['US-WA'], ['America/Los_Angeles'], '2026-11-25T04:00:00Z', '2026-11-25T16:00'],
    [
      'a state on two clocks: both',
      ['US-FL'],
      ['America/New_York', 'America/Chicago'],
      '2026-11-24T13:30:00Z',
      '2026-11-24T14:00',
    ],
    ['Germany on a Sunday', ['DE'], ['Europe/Berlin'], '2026-11-22T11:00:00Z', '2026-11-23T08:00'],
    ['Germany on a Saturday, 17:59', ['DE'], ['Europe/Berlin'], '2026-11-21T16:59:00Z', 'now'],
    ['a country without a file', ['CH'], ['Europe/Zurich'], '2026-11-22T03:00:00Z', 'now'],
    ['nothing known', [], york, '2026-11-25T08:00:00Z', 'now'],
  ] as const)('%s', (_, where, zones, from, expected) => {
    expect(next(where, zones, from)).toBe(expected);
  });
  it('France leaves an hour for lunch to those who are called, and no weekend', () => {
    const paris = ['Europe/Paris'];
    expect(next(['FR'], paris, '2026-11-24T12:00:00Z', 'voice')).toBe('2026-11-24T13:00');
    expect(next(['FR'], paris, '2026-11-27T19:00:00Z', 'voice')).toBe('2026-11-30T09:00');
  });
  it('is about telephones, and about no service; what a customer needs waits for waking hours', () => {
    expect(next(['US-FL'], york, '2026-11-25T01:30:00Z', 'email')).toBe('now');
    expect(next(['US-FL'], york, '2026-11-25T01:30:00Z', 'sms', 'service')).toBe('now');
    expect(next([], york, '2026-11-25T02:00:00Z', 'sms', 'service')).toBe('2026-11-25T13:00');
    expect(next([], york, '2026-11-25T02:00:00Z', 'email', 'service')).toBe('now');
  });
  it('holds from its first day, wherever that begins', () => {
    expect(next(['US-FL'], york, '2021-07-01T00:30:00Z')).toBe('2021-07-01T12:00');
    expect(next(['US-FL'], york, '2021-06-29T00:30:00Z')).toBe('now');
  });
  it('is kept unless the policy says otherwise', () => {
    const touch = { channel: 'sms', purpose: 'marketing' } as const;
    expect(legalSpans(touch, ['US-FL'], 'none', 0)).toEqual([]);
    const at = Date.parse('2026-11-24T13:00:00Z');
    expect(legalSpans(touch, ['US-FL'], ['US'], at)[0]?.said).toContain('47 CFR 64.1200(c)(1)');
    expect(legalSpans(touch, ['US-FL'], ['US'], at)).toHaveLength(2);
  });
});

describe('the hours outside of open ones', () => {
  it('are quiet all day where a day has none', () => {
    const spans = quietOutside([{ from: '09:00', to: '12:00', on: ['Monday'] }], 'x');
    expect(
      spans.map(({ fromMs, toMs, begins }) => [fromMs / 3_600_000, toMs / 3_600_000, begins.filter(Boolean).length]),
    ).toEqual([
      [0, 24, 6],
      [0, 9, 1],
      [12, 24, 1],
    ]);
  });
  it('of hours that touch or overlap there is nothing between', () => {
    expect(
      quietOutside(
        [
          { from: '00:00', to: '12:00' },
          { from: '11:00', to: '24:00' },
        ],
        'x',
      ),
    ).toEqual([]);
  });
});
