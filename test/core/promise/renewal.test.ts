import { describe, expect, it } from '@jest/globals';
import { starter } from '../../../journeys/starter.js';
import type { Spans } from '../../../core/promise/promise.ts';
import { isTold, longerStep, renewed } from '../../../core/promise/renewal.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-03-02T12:00:00Z');
const spans: Spans = (_team, from, span, direction) => from + direction * Number.parseInt(span, 10) * hour;
const renew = { say: 'takes-longer', ahead: '4 hours', more: '24 hours', times: 2 };
const promise = { step: 'first-answer', team: 'care', dueAt: noon, renew, renewed: 0, deadlineAt: noon - 4 * hour };

describe('the word that it takes longer', () => {
  it('is a service of the promise on the ways of the journey, and waits no longer than until it is due', () => {
    const step = longerStep(starter, promise, 'takes-longer', noon - 90_000);
    const like = Object.values(starter.steps).find((each) => each.kind === 'touch');
    expect(step).toMatchObject({
      purpose: 'service',
      cause: 'first-answer',
      say: 'takes-longer',
      quiet: 'next-channel',
    });
    expect(step.reach).toEqual(like?.reach);
    expect(step.fate).toEqual({ fate: 'wait', atMost: '1 minutes', then: 'drop' });
    expect(longerStep(starter, promise, 'takes-longer', noon - 59_999).fate).toBe('drop');
  });
  it('goes the usual ways in a journey without a service', () => {
    expect(longerStep({ ...starter, steps: {} }, promise, 'takes-longer', noon).reach).toEqual([
      'wrote-on',
      'preferred',
      'email',
      'sms',
    ]);
  });
  it('counts as said unless it certainly did not go out', () => {
    expect((['sent', 'unknown', 'dropped', 'with-person', 'withdrawn'] as const).map((is) => isTold({ is }))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a renewal', () => {
  const longer = { number: 1, dueAt: noon + 24 * hour };
  it('holds as it was told, and is looked at ahead of its new time', () => {
    expect(renewed(promise, { ...longer, told: true }, noon - 4 * hour, spans)).toEqual({
      ...promise,
      renewed: 1,
      dueAt: noon + 24 * hour,
      deadlineAt: noon + 20 * hour,
    });
  });
  it('that nobody could be told of leaves it due as it was, and is not tried again', () => {
    expect(renewed(promise, { ...longer, told: false }, noon - 4 * hour, spans)).toEqual({
      ...promise,
      renewed: 2,
      deadlineAt: noon,
    });
  });
});
