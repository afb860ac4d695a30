/**
 * Quiet hours and calendar windows where clocks are changed, days are skipped and offsets are odd: against Node's own clock, which has its
 * zone rules from elsewhere. Both tables agree on all instants up to 2025; what changed since is probed in test/core/calendar/zone.test.ts.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, stopsNow } from '../../../core/budget/decide.ts';
import type { ReadPolicy } from '../../../core/budget/read-policy.ts';
import { fence, reserve } from '../../../core/budget/reserve.ts';
import type { TouchRequest } from '../../../core/budget/decision.ts';
import type { Policy, PolicyWindow } from '../../../core/budget/policy.ts';
import type { BudgetRow } from '../../../core/budget/row.ts';
import { nextChange } from '../../../core/calendar/zone.ts';
import { at, bare, day, hour, request, rowWith } from './fixtures.ts';

/** All of them: DST_CASES=100000. */
const cases = Number(process.env['DST_CASES'] ?? 600);
const seed = process.env['BUDGET_SEED'] === undefined ? 20261124 : Number(process.env['BUDGET_SEED']);
const minute = 60_000;
const grid = 15 * minute;

const zones = [
  ...['Europe/Berlin', 'Europe/London', 'Europe/Dublin', 'Europe/Istanbul', 'Atlantic/Azores', 'America/Nuuk'],
  ...['America/New_York', 'America/Los_Angeles', 'America/St_Johns', 'America/Havana', 'America/Santiago'],
  ...['America/Asuncion', 'America/Sao_Paulo', 'America/Caracas', 'Africa/Cairo', 'Africa/Casablanca'],
  ...['Asia/Beirut', 'Asia/Amman', 'Asia/Gaza', 'Asia/Tehran', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Pyongyang'],
  ...['Australia/Sydney', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Chatham'],
  ...['Pacific/Norfolk', 'Pacific/Apia', 'Pacific/Kwajalein', 'Antarctica/Troll'],
];

// ── Node's clock ────────────────────────────────────────────────────────────
const clocks = new Map<string, { readonly format: Intl.DateTimeFormat; readonly seen: Map<number, string> }>();
/** '2011-12-31 00:15 Saturday' */
function shown(zone: string, t: number): string {
  const clock = clocks.get(zone) ?? {
    format: new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
    seen: new Map<number, string>(),
  };
  clocks.set(zone, clock);
  const bucket = Math.floor(t / minute);
  if (clock.seen.size > 200_000) clock.seen.clear();
  const known = clock.seen.get(bucket) ?? clock.format.format(t);
  clock.seen.set(bucket, known);
  return known;
}
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const date = (zone: string, t: number): string => shown(zone, t).slice(0, 10);
const daysFrom = (said: string, n: number): string =>
  new Date(Date.parse(`${said}T00:00:00Z`) + n * day).toISOString().slice(0, 10);
const weekday = (said: string): string => weekdayNames[new Date(`${said}T00:00:00Z`).getUTCDay()] ?? '';

/** On the wall that zone shows, is this a quiet instant? */
function isQuiet(rule: Policy['quiet'][number], zone: string, t: number): boolean {
  const [today, time] = [date(zone, t), shown(zone, t).slice(11, 16)];
  const begins = (said: string): boolean => !rule.on || rule.on.includes(weekday(said));
  const overnight = rule.from >= rule.to;
  return (
    (begins(today) && time >= rule.from && (overnight || time < rule.to)) ||
    (overnight && begins(daysFrom(today, -1)) && time < rule.to)
  );
}
function periodName(kind: string, zone: string, t: number): string {
  const today = date(zone, t);
  if (kind === 'calendar day') return today;
  if (kind === 'calendar month') return today.slice(0, 7);
  return daysFrom(today, -((weekdayNames.indexOf(weekday(today)) + 6) % 7));
}
const used = (window: PolicyWindow, zone: string, recent: BudgetRow['recent'], t: number): number =>
  recent
    .filter((touch) => periodName(window.in, zone, touch.at) === periodName(window.in, zone, t))
    .reduce((sum, touch) => sum + touch.cost, 0);

// ── what is generated ───────────────────────────────────────────────────────
/** Every change of the clock from 1993 to 2025, and days on which calendars trip. */
const eventful = new Map(
  zones.map((zone) => {
    const found = ['1996-02-29', '2000-02-29', '2024-02-29', '2024-12-31', '2025-03-01'].map(at);
    for (let t = nextChange(zone, at('1993-01-01')); t < at('2025-12-01'); t = nextChange(zone, t)) found.push(t);
    return [zone, found];
  }),
);
const start = fc
  .record({ zone: fc.constantFrom(...zones), nth: fc.nat(), off: fc.integer({ min: -40 * 4, max: 30 * 4 }) })
  .map(({ zone, nth, off }) => {
    const found = eventful.get(zone) ?? [];
    return { zone, from: (found[nth % found.length] ?? 0) + off * grid };
  });
const clock = fc
  .integer({ min: 0, max: 95 })
  .map((q) => `${String(q >> 2).padStart(2, '0')}:${String((q & 3) * 15).padStart(2, '0')}`);
const quiet = fc.record({
  from: clock,
  to: clock,
  on: fc.constantFrom(undefined, undefined, ['Sunday'], ['Friday', 'Saturday']),
});
const window = fc.record({
  in: fc.constantFrom('calendar day', 'calendar day', 'calendar week', 'calendar month'),
  atMost: fc.integer({ min: 1, max: 3 }),
});
const setting = fc
  .record({
    quiet: fc.array(quiet, { maxLength: 2 }),
    windows: fc.array(window, { maxLength: 2 }),
    other: fc.option(fc.constantFrom(...zones), { freq: 4 }),
  })
  .map(({ quiet: hours, windows, other }) => ({
    other,
    quiet: hours.filter(({ from, to }) => from !== to).map(({ from, to, on }) => ({ from, to, ...(on ? { on } : {}) })),
    windows: windows.map((w, n): PolicyWindow => ({ name: `w${String(n)}`, ...w })),
  }));
const asks = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 4 * 30 }), sendsAfter: fc.integer({ min: 0, max: 15 }) }),
  { minLength: 1, maxLength: 4 },
);

/** In all zones where the customer may be. */
type Open = (recent: BudgetRow['recent'], t: number) => boolean;

/**
 * St John's went from 00:01 back to 23:01 until 2011: the last hour of a day came again after a minute of the next. It counts in both days, so
 * that neither is exceeded whatever one calls it; then a wait may be longer than it must be.
 */
const goesBackOverMidnight = (where: readonly string[], now: number): boolean =>
  where.includes('America/St_Johns') && now < at('2011-12-01');

function expectMinimal(
  open: Open,
  where: readonly string[],
  row: BudgetRow,
  asked: TouchRequest,
  rules: ReadPolicy,
  now: number,
): number | null {
  const decision = decide(row, asked, rules, [], now);
  if (decision.decided === 'allowed') {
    expect(open(row.recent, now)).toBe(true);
    return now;
  }
  const until = decision.decided === 'deferred' ? decision.until : now + 14 * day;
  expect(until).toBeGreaterThan(now);
  const step = until - now > 3 * day ? hour : grid;
  if (!goesBackOverMidnight(where, now)) {
    for (let t = now; t < until; t += step)
      if (open(row.recent, t)) expect(`open at ${new Date(t).toISOString()}`).toBe('closed');
    if (decision.decided === 'deferred') expect(open(row.recent, until - 1)).toBe(false);
  }
  if (decision.decided !== 'deferred') return null;
  expect(open(row.recent, until)).toBe(true);
  return until;
}

describe('where clocks are changed', () => {
  it('nothing is sent in quiet hours, no calendar window is exceeded, and no deferral is longer than it must be', () => {
    const reached = { allowed: 0, deferred: 0, never: 0 };
    fc.assert(
      fc.property(start, setting, asks, ({ zone, from }, { other, quiet: hours, windows }, all) => {
        const rules = bare({ quiet: hours, windows });
        const where = other === null ? [zone] : [zone, other];
        const open: Open = (recent, t) =>
          where.every(
            (z) =>
              !hours.some((rule) => isQuiet(rule, z, t)) && windows.every((w) => used(w, z, recent, t) + 1 <= w.atMost),
          );
        let row = rowWith({}, other === null ? { zone } : { zone: null, zonesPlausible: where });
        let now = from;
        for (const [n, { after, sendsAfter }] of all.entries()) {
          now += after * grid;
          const asked = request({ touchId: `t${String(n)}`, askedAt: now });
          const goes = expectMinimal(open, where, row, asked, rules, now);
          reached[goes === null ? 'never' : goes === now ? 'allowed' : 'deferred'] += 1;
          if (goes === null) continue;
          row = reserve(row, asked, rules, [], goes).row;
          now = goes + sendsAfter * minute;
          if (stopsNow(row, asked, rules, [], now) !== null) continue;
          const fenced = fence(row, asked.touchId, now);
          if (!fenced.fenced) continue;
          row = fenced.row;
          for (const z of where) {
            expect(hours.filter((rule) => isQuiet(rule, z, fenced.at))).toEqual([]);
            for (const w of windows) expect(used(w, z, row.recent, fenced.at)).toBeLessThanOrEqual(w.atMost);
          }
        }
      }),
      { seed, numRuns: cases },
    );
    expect(Math.min(...Object.values(reached))).toBeGreaterThan(cases / 100);
  });
});
