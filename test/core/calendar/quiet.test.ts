import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { quietFaults, quietHorizonMs, quietUntil, readQuiet, type QuietRule } from '../../../core/calendar/quiet.ts';
import { hourMs, minuteMs, wallMs } from '../../../core/calendar/zone.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
const until = (rules: QuietRule[], zones: string[], when: string): string => {
  const quiet = quietUntil(rules.map(readQuiet), zones, at(when));
  return quiet === null ? 'open' : quiet.until === 'never' ? 'never' : iso(quiet.until);
};

const night: QuietRule = { from: '21:00', to: '08:00' };
const evening: QuietRule = { from: '20:00', to: '22:00' };
const sunday: QuietRule = { from: '00:00', to: '24:00', on: ['Sunday'] };
const saturdayNight: QuietRule = { from: '22:00', to: '10:00', on: ['Saturday'] };

describe('quiet hours', () => {
  test.each([
    ['the last instant before', [night], 'Europe/Berlin', '2026-11-24T19:59:59.999Z', 'open'],
    ['the first instant', [night], 'Europe/Berlin', '2026-11-24T20:00:00Z', '2026-11-25T07:00:00Z'],
    ['after midnight', [night], 'Europe/Berlin', '2026-11-25T02:00:00Z', '2026-11-25T07:00:00Z'],
    ['the last instant', [night], 'Europe/Berlin', '2026-11-25T06:59:59.999Z', '2026-11-25T07:00:00Z'],
    ['the first instant after', [night], 'Europe/Berlin', '2026-11-25T07:00:00Z', 'open'],
    ['a span within a day', [evening], 'Europe/Berlin', '2026-11-24T20:30:00Z', '2026-11-24T21:00:00Z'],
    [
      'two spans that touch',
      [evening, { from: '22:00', to: '07:00' }],
      'Europe/Berlin',
      '2026-11-24T19:00:00Z',
      '2026-11-25T06:00:00Z',
    ],
    ['a whole day', [sunday], 'Europe/Berlin', '2026-11-22T12:00:00Z', '2026-11-22T23:00:00Z'],
    ['the day before a whole day', [sunday], 'Europe/Berlin', '2026-11-21T22:59:59Z', 'open'],
    [
      'a night that begins on a named day',
      [saturdayNight],
      'Europe/Berlin',
      '2026-11-22T08:00:00Z',
      '2026-11-22T09:00:00Z',
    ],
    ['the same hour of another day', [saturdayNight], 'Europe/Berlin', '2026-11-23T08:00:00Z', 'open'],
    [
      'the whole day from noon to noon',
      [{ from: '12:00', to: '12:00', on: ['Monday'] }],
      'UTC',
      '2026-11-24T11:00:00Z',
      '2026-11-24T12:00:00Z',
    ],
    // Berlin goes from 02:00 to 03:00 on 29 March, and from 03:00 back to 02:00 on 25 October.
    ['a night that loses an hour', [night], 'Europe/Berlin', '2026-03-28T20:00:00Z', '2026-03-29T06:00:00Z'],
    ['a night that gains an hour', [night], 'Europe/Berlin', '2026-10-24T19:00:00Z', '2026-10-25T07:00:00Z'],
    [
      'an end that is skipped: right after the gap',
      [{ from: '22:00', to: '02:30' }],
      'Europe/Berlin',
      '2026-03-28T22:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    [
      'an end that comes twice: the first is open',
      [{ from: '22:00', to: '02:30' }],
      'Europe/Berlin',
      '2026-10-24T22:00:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'and then it is quiet again until the second',
      [{ from: '22:00', to: '02:30' }],
      'Europe/Berlin',
      '2026-10-25T01:10:00Z',
      '2026-10-25T01:30:00Z',
    ],
    [
      'a beginning that is skipped',
      [{ from: '02:15', to: '04:00' }],
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
      '2026-03-29T02:00:00Z',
    ],
    ['a midnight that is skipped', [sunday], 'America/Havana', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
    ['a zone of 45 minutes', [night], 'Asia/Kathmandu', '2026-11-24T15:15:00Z', '2026-11-25T02:15:00Z'],
    ['a zone of 30 minutes', [night], 'Asia/Kolkata', '2026-11-24T15:29:59Z', 'open'],
    // By the rules of before 2026b this would be 16:00 in UTC.
    ["this year's rule in Vancouver", [night], 'America/Vancouver', '2026-12-01T12:00:00Z', '2026-12-01T15:00:00Z'],
  ] as const)('%s', (_, rules, zone, when, expected) => {
    expect(until([...rules], [zone], when)).toBe(expected);
  });

  it('must be open in every zone where somebody may be', () => {
    const zones = ['America/New_York', 'America/Los_Angeles'];
    // 08:00 in New York is 05:00 in Los Angeles: the day begins when the western one does, and ends with the eastern one.
    expect(until([night], zones, '2026-11-24T13:00:00Z')).toBe('2026-11-24T16:00:00Z');
    expect(until([night], zones, '2026-11-25T01:59:59Z')).toBe('open');
    expect(until([night], zones, '2026-11-25T02:00:00Z')).toBe('2026-11-25T16:00:00Z');
  });
  it('is never open where zones leave no hour, where all is quiet, and where we know no zone', () => {
    const everywhere = ['America/Los_Angeles', 'Europe/Berlin', 'Asia/Tokyo'];
    expect(until([night], everywhere, '2026-11-24T13:00:00Z')).toBe('never');
    expect(until([{ from: '00:00', to: '24:00' }], ['UTC'], '2026-11-24T13:00:00Z')).toBe('never');
    expect(until([night], [], '2026-11-24T13:00:00Z')).toBe('never');
    expect(until([night], ['Mars/Olympus'], '2026-11-24T13:00:00Z')).toBe('never');
    expect(until([], [], '2026-11-24T13:00:00Z')).toBe('open');
  });
  it('tells which span it was', () => {
    expect(quietUntil([readQuiet(sunday)], ['UTC'], at('2026-11-22T12:00:00Z'))?.said).toBe('00:00–24:00 on Sunday');
  });
  it('tells every fault of a rule', () => {
    expect(quietFaults({ from: '25:00', to: '8', on: ['Sonntag'] })).toHaveLength(3);
    expect(quietFaults({ from: '24:00', to: '08:00', on: [] })).toHaveLength(2);
    expect(quietFaults(night)).toEqual([]);
  });
});

describe('quiet hours against an oracle that looks at every quarter of an hour', () => {
  // From the prose: a moment is quiet if the customer's clock shows a time within a span; one that ends at or before its
  // beginning goes on after midnight, and belongs to the day it began on.
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const isQuiet = (rule: QuietRule, zone: string, when: number): boolean => {
    const shown = new Date(wallMs(zone, when));
    const time = shown.toISOString().slice(11, 16);
    const on = (day: number): boolean => !rule.on || rule.on.includes(names[(day + 7) % 7] ?? '');
    if (rule.from < rule.to) return on(shown.getUTCDay()) && time >= rule.from && time < rule.to;
    return (on(shown.getUTCDay()) && time >= rule.from) || (on(shown.getUTCDay() - 1) && time < rule.to);
  };
  const clock = fc
    .integer({ min: 0, max: 95 })
    .map((q) => `${String(q >> 2).padStart(2, '0')}:${['00', '15', '30', '45'][q & 3] ?? ''}`);
  const rules = fc.array(
    fc
      .record({
        from: clock,
        to: clock,
        on: fc.option(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), { nil: undefined }),
      })
      .map(({ from, to, on }): QuietRule => ({ from, to, ...(on ? { on } : {}) })),
    { minLength: 1, maxLength: 3 },
  );
  const zones = fc.uniqueArray(
    fc.constantFrom(
      'Europe/Berlin',
      'America/Havana',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/Vancouver',
      'Africa/Casablanca',
    ),
    { minLength: 1, maxLength: 3 },
  );
  // Days around changes of the clock, as well as ordinary ones.
  const days = [
    '2026-03-07',
    '2026-03-28',
    '2026-04-04',
    '2026-09-19',
    '2026-10-03',
    '2026-10-24',
    '2026-10-31',
    '2027-03-27',
    '2026-06-10',
  ];
  const when = fc
    .tuple(fc.constantFrom(...days), fc.integer({ min: 0, max: 2 * 96 }))
    .map(([day, q]) => at(`${day}T00:00:00Z`) + q * 15 * minuteMs);

  it('finds the first quarter that is open in every zone', () => {
    fc.assert(
      fc.property(rules, zones, when, (said, where, start) => {
        const open = (t: number): boolean => where.every((zone) => said.every((rule) => !isQuiet(rule, zone, t)));
        let t = start;
        while (!open(t) && t - start <= quietHorizonMs) t += 15 * minuteMs;
        const expected = t === start ? null : t - start > quietHorizonMs ? 'never' : t;
        expect(quietUntil(said.map(readQuiet), where, start)?.until ?? null).toBe(expected);
      }),
      { seed: 20261124, numRuns: 3000 },
    );
  });
  it('is never later than a day for one span in one zone without weekdays', () => {
    fc.assert(
      fc.property(clock, clock, when, (from, to, start) => {
        fc.pre(from !== to);
        const quiet = quietUntil([readQuiet({ from, to })], ['Europe/Berlin'], start);
        expect(quiet === null || (quiet.until !== 'never' && quiet.until - start <= 25 * hourMs)).toBe(true);
      }),
      { seed: 20261124, numRuns: 1000 },
    );
  });
});
