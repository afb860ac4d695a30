import { describe, expect, it } from '@jest/globals';
import { batchMs, tellAt } from '../../../core/task/attention.ts';
import { forecastOf, slowedUntil, saySlowed } from '../../../core/task/forecast.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const minute = 60_000;
const hour = 60 * minute;

describe('Somebody is told', () => {
  const at = (
    kind: Parameters<typeof tellAt>[0]['kind'],
    lastToldAt: number | null,
    focusUntil: number | null = null,
  ) => tellAt({ kind, now, lastToldAt, focusUntil }) - now;
  it('of calm news once in five minutes, and at once of what waits for this very person', () => {
    expect([at('new', null), at('new', now - batchMs), at('climbing', now - minute)]).toEqual([0, 0, 4 * minute]);
    expect([at('given', now), at('replied', now), at('warning', now)]).toEqual([0, 0, 0]);
  });
  it('after their focus time, but for what is lost unless they hear it now', () => {
    const focus = now + hour;
    expect([at('new', null, focus), at('replied', null, focus)]).toEqual([hour, hour]);
    expect([at('warning', null, focus), at('unanswered', null, focus)]).toEqual([0, 0]);
    expect(at('new', null, now - 1)).toBe(0);
    // Both hold.
    expect(at('new', now, now + minute)).toBe(batchMs);
  });
});

describe('A team’s forecast', () => {
  it('is tasks ahead × median handling time, shared by those on shift', () => {
    expect(forecastOf({ ahead: 12, onShift: 3, medianMs: 20 * minute, finished: 5 }).waitMs).toBe(80 * minute);
    // Nobody is there, and too few tasks were done to tell.
    expect(forecastOf({ ahead: 4, onShift: 0, medianMs: 20 * minute, finished: 4 }).waitMs).toBe(60 * minute);
  });
  it('slows what would be given to it beyond what customers may wait, for two days at most', () => {
    const forecast = forecastOf({ ahead: 12, onShift: 2, medianMs: 20 * minute, finished: 5 });
    const slowed = (waitAtMost: string | null, since = now) => slowedUntil({ forecast, waitAtMost, since, now });
    expect([slowed(null), slowed('2 hours')]).toEqual([null, null]);
    expect(slowed('1 hour')).toBe(now + hour);
    expect(slowed('119 minutes')).toBe(now + 15 * minute);
    expect(slowed('1 hour', now - 47.5 * hour)).toBe(now + hour / 2);
    expect(slowed('1 hour', now - 48 * hour)).toBeNull();
    expect(saySlowed('care', forecast, '1 hour')).toBe(
      'Not yet: care has 12 tasks ahead for 2 people on shift, 20 min each: 120 min, and customers may wait 1 hour.',
    );
  });
});
