import { expect, test } from '@jest/globals';
import { starter } from '../../../journeys/starter.ts';

test('the starter is stored as the table the language document shows', () => {
  expect(starter).toEqual({
    format: 1,
    name: 'starter',
    story: 'Somebody wrote to us. They hear that it arrived and when we answer; if we stay silent, a person takes it.',
    team: 'care',
    entry: {
      event: 'inquiry-received',
      oncePer: 'inquiryId',
      only: { path: 'inquiry-received.topic', is: ['other'] },
    },
    exits: {},
    start: 'first-answer',
    anyTime: {},
    expect: [],
    steps: {
      'first-answer': {
        kind: 'promise',
        team: 'care',
        due: '2 business days',
        keptBy: 'we-answered',
        next: 'arrived',
      },
      arrived: {
        kind: 'touch',
        team: 'care',
        madeBy: 'tech',
        purpose: 'service',
        reach: ['sms', 'email'],
        fate: 'toHuman',
        say: 'inquiry-arrived',
        cause: 'inquiry-received',
        next: 'our-answer',
      },
      'our-answer': {
        kind: 'listen',
        until: '1 business day',
        next: 'end:finished',
        goes: { 'we-answered': 'end:answered', silence: 'forgotten' },
      },
      forgotten: {
        kind: 'escalate',
        team: 'care',
        because: 'Nobody has answered yet',
        within: '4 business hours',
        next: 'end:finished',
        goes: { answered: 'end:finished', nobody: 'end:finished' },
      },
      'end:answered': { kind: 'end', as: 'answered', next: null },
      'end:finished': { kind: 'end', as: 'finished', next: null },
    },
  });
  expect(JSON.parse(JSON.stringify(starter))).toEqual(starter);
});
