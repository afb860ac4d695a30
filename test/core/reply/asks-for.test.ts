import { describe, expect, it } from '@jest/globals';
import { asksFor, limitsFor } from '../../../core/reply/asks-for.ts';

const day = 86_400_000;
const policy = { less: { atMost: 1, in: '30 days', for: '90 days' } };

describe('A reply', () => {
  it.each([
    ['less', 'less'],
    ['Less, please!', 'less'],
    ['WENIGER', 'less'],
    ['Pause.', 'pause'],
    ['Less is more, as they say', null],
    ['Can we make it a little later?', null],
    ['stop', null],
    ['', null],
  ])("'%s' asks for %s", (text, expected) => {
    expect(asksFor(text)).toBe(expected);
  });
  it('for less is held to what the policy means by it, and takes nothing back', () => {
    expect(limitsFor('less', { channels: ['email'] }, policy, 0)).toEqual({
      channels: ['email'],
      less: { atMost: 1, in: '30 days', until: 90 * day },
    });
  });
  it('for a pause never shortens one', () => {
    expect(limitsFor('pause', null, policy, 0)).toEqual({ pausedUntil: 30 * day });
    expect(limitsFor('pause', { pausedUntil: 99 * day }, policy, 0)).toEqual({ pausedUntil: 99 * day });
  });
});
