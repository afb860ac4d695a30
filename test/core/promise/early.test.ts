import { expect, it } from '@jest/globals';
import type { TableStep } from '../../../core/journey/table-steps.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { advance, startRun } from '../../../core/run/advance.ts';
import type { Advanced, Command } from '../../../core/run/commands.ts';
import type { RunState } from '../../../core/run/state.ts';

const monday = Date.parse('2026-03-02T09:00:00Z');
const minute = 60_000;
const end: TableStep = { kind: 'end', as: 'finished', next: null };

/** A pause, then a promise, then the answer is listened for; a customer who writes again interrupts with a new promise. */
const journey: Journey = {
  format: 1,
  name: 'inquiry',
  team: 'care',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  exits: {},
  start: 'breath',
  anyTime: { 'customer-replied': 'second-answer' },
  steps: {
    breath: { kind: 'pause', until: '1 hour', next: 'first-answer' },
    'first-answer': { kind: 'promise', team: 'care', due: '2 days', keptBy: ['we-answered'], next: 'our-answer' },
    'our-answer': {
      kind: 'listen',
      until: '1 day',
      next: 'end:finished',
      goes: { 'we-answered': 'end:finished', silence: 'end:finished' },
    },
    'second-answer': {
      kind: 'promise',
      team: 'care',
      due: '2 days',
      keptBy: ['we-answered'],
      next: 'resume',
      inside: ['anyTime:customer-replied'],
    },
    resume: { kind: 'resume', next: null },
    'end:finished': end,
  },
  expect: [],
};
const hears = (state: RunState, event: string, at: number): Advanced =>
  advance(
    journey,
    state,
    {
      kind: 'delivery',
      delivery: {
        number: state.heard + 1,
        at,
        body: { kind: 'event', event, id: `v${String(state.heard + 1)}`, data: {} },
      },
    },
    at,
  );
const pausing = (): RunState => startRun(journey, { run: 'R1', customer: 'ana' }, monday).state;
const over = (state: RunState): Advanced =>
  advance(journey, state, { kind: 'due', wait: state.wait.id }, monday + 60 * minute);
const promiseOf = (commands: readonly Command[]) => commands.find((command) => command.do === 'promise');

it('a promise is open if nothing that keeps it was heard', () => {
  const { state, commands } = over(pausing());
  expect(promiseOf(commands)).toMatchObject({ id: 'R1/first-answer/1', heard: 0, isKept: false });
  expect(state.customerWaitsSince).toBe(monday + 60 * minute);
});

it('a promise whose answer was heard before it was made is kept, and nobody waits', () => {
  const { state, commands } = over(hears(pausing(), 'we-answered', monday + minute).state);
  expect(promiseOf(commands)).toMatchObject({ heard: 1, isKept: true });
  expect(state.customerWaitsSince).toBeNull();
});

it('an answer from before the customer wrote again does not keep the promise of another one', () => {
  const { commands } = hears(
    hears(pausing(), 'we-answered', monday + minute).state,
    'customer-replied',
    monday + 2 * minute,
  );
  expect(promiseOf(commands)).toMatchObject({ id: 'R1/second-answer/1', heard: 2, isKept: false });
});
