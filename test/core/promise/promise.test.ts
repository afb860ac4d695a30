import { describe, expect, it } from '@jest/globals';
import { deadlineOf, lookAt, type Promised, type Spans } from '../../../core/promise/promise.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-03-02T12:00:00Z');
const spans: Spans = (_team, from, span, direction) => from + direction * Number.parseInt(span, 10) * hour;
const renew = { say: 'takes-longer', ahead: '4 hours', more: '24 hours', times: 1 };
const made = (change: Partial<Promised> = {}): Promised => {
  const promise = { team: 'care', dueAt: noon + 48 * hour, renew, renewed: 0, ...change };
  return { ...promise, deadlineAt: deadlineOf(promise, noon, spans) };
};

describe('a promise', () => {
  it('waits until the customer has to hear that it takes longer, and says so ahead of its time', () => {
    const promise = made();
    expect(promise.deadlineAt).toBe(noon + 44 * hour);
    expect(lookAt(promise, noon + 44 * hour - 1, spans)).toEqual({ what: 'waits', until: noon + 44 * hour });
    expect(lookAt(promise, noon + 44 * hour, spans)).toEqual({
      what: 'renew',
      say: 'takes-longer',
      dueAt: noon + 72 * hour,
      number: 1,
    });
  });

  it('is broken at its time when it was renewed as often as it may be, or cannot be', () => {
    for (const promise of [made({ renewed: 1 }), made({ renew: null })]) {
      expect(lookAt(promise, noon + 48 * hour - 1, spans)).toEqual({ what: 'waits', until: noon + 48 * hour });
      expect(lookAt(promise, noon + 48 * hour, spans)).toEqual({ what: 'broken' });
    }
  });

  it('is not renewed once its time has passed: then nobody was told in time', () => {
    expect(lookAt(made(), noon + 48 * hour, spans)).toEqual({ what: 'broken' });
  });

  it('is looked at at once when it is due sooner than they would have to hear of it', () => {
    expect(made({ dueAt: noon + 2 * hour }).deadlineAt).toBe(noon);
  });

  it('asks for nothing once it is settled', () => {
    expect(lookAt({ ...made(), deadlineAt: null }, noon + 99 * hour, spans)).toEqual({ what: 'settled' });
  });
});
