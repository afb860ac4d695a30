import { describe, expect, it } from '@jest/globals';
import { nextStep, type Seen } from '../../desk/task/next-step.ts';

const now = Date.parse('2026-11-24T09:00:00Z');
const minute = 60_000;
const iso = (at: number): string => new Date(at).toISOString();
const mine: Seen = {
  task: { state: 'claimed', claimedBy: 'ben', dueAt: iso(now + 90 * minute) },
  me: 'ben',
  now,
  isAnswered: false,
  ways: ['email', 'sms'],
  hasPhone: true,
  promisedAt: null,
  busy: [],
};
const of = (over: Partial<Omit<Seen, 'task'>> = {}, task: Partial<Seen['task']> = {}) =>
  nextStep({ ...mine, ...over, task: { ...mine.task, ...task } });

describe('The suggested next step', () => {
  it('is to answer where they wrote, by what is due first', () => {
    expect(of()).toEqual({ is: 'answer', channel: 'email', leftMs: 90 * minute });
    expect(of({ promisedAt: now + minute })).toEqual({ is: 'answer', channel: 'email', leftMs: minute });
    expect(of({ promisedAt: now })).toEqual({ is: 'late', channel: 'email', lateMs: 0 });
    expect(of({}, { dueAt: iso(now - minute) })).toEqual({ is: 'late', channel: 'email', lateMs: minute });
  });
  it('is to call where nothing can be written, and to ask for a way where there is none', () => {
    expect(of({ ways: [] })).toEqual({ is: 'call' });
    expect(of({ ways: [], hasPhone: false })).toEqual({ is: 'no-way' });
  });
  it('is to finish once they have an answer, unless a promise is due within the hour', () => {
    expect(of({ isAnswered: true })).toEqual({ is: 'finish' });
    expect(of({ isAnswered: true, promisedAt: now + 60 * minute })).toEqual({ is: 'finish' });
    expect(of({ isAnswered: true, promisedAt: now + 60 * minute - 1 })).toEqual({
      is: 'longer',
      leftMs: 60 * minute - 1,
    });
  });
  it('is a colleague’s business while they are at it, and whoever has it', () => {
    expect(of({ busy: ['cleo', 'dora'] })).toEqual({ is: 'colleague', agent: 'cleo' });
    expect(of({}, { claimedBy: 'cleo' })).toEqual({ is: 'theirs', by: 'cleo' });
  });
  it('is to take what nobody has, and nothing while it sleeps or when it is done', () => {
    expect(of({}, { state: 'open', claimedBy: null })).toEqual({ is: 'take' });
    expect(of({}, { state: 'snoozed' })).toEqual({ is: 'asleep', leftMs: 90 * minute });
    expect(of({}, { state: 'done', dueAt: null })).toEqual({ is: 'done' });
  });
});
