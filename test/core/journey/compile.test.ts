import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../../core/journey/canonical.ts';
import { JourneyFaults } from '../../../core/journey/fault.ts';
import { hashOf } from '../../../core/journey/hash.ts';
import { hears } from '../../../core/journey/hears.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { end, goTo, is, journey, listen, pause, split, touch, when, choose } from '../../sketch/words.ts';
import { appointment } from '../../sketch/appointment.ts';
import { lateParcel } from '../../sketch/samples.ts';

const head = {
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care',
  goal: 'contract-renewed',
} as const;
const faultsOf = (write: () => Journey): JourneyFaults => {
  try {
    write();
  } catch (error) {
    if (error instanceof JourneyFaults) return error;
    throw error;
  }
  throw new Error('It compiled.');
};

test('an appointment is stored as the table the language document shows', () => {
  const shown = JSON.parse(readFileSync(new URL('appointment.table.json', import.meta.url), 'utf8')) as Journey;
  const { story, ...stored } = appointment;
  expect(story).toMatch(/^A visit is booked/);
  expect(stored).toEqual(shown);
  expect(Object.keys(stored.steps)).toEqual(Object.keys(shown.steps));
});

test('a journey hears what begins, ends, interrupts and answers it, and the dates it follows', () => {
  expect(hears(appointment)).toEqual([
    'appointment-cancelled',
    'appointment-set',
    'technician-left',
    'technician-named',
    'visit-finished',
  ]);
});

test('all faults are told at once, each with its step and a mend', () => {
  const error = faultsOf(() =>
    journey('twice', {
      ...head,
      steps: [
        pause('one', '1 day'),
        pause('one', '2 days'),
        pause('Two', '-1 days'),
        end('done'),
        pause('lost', '1 day'),
      ],
    }),
  );
  expect(error.message).toBe(
    `Journey 'twice' has 4 faults:
  Step 'one': Step 'one' is there twice. Give one of them another id: it is what statistics, diffs and moves know it by.
  Step 'Two': 'Two' is no id. Ids and endings are lower-case words joined by hyphens, at most 40 letters.
  Step 'Two': '-1 days' is not a moment. Moments read like '2 business days', 'next 09:00', '1 day before appointment-set.startsAt at 17:00'.
  Step 'lost': Step 'lost' can never be reached: it stands after an end or a goTo, and no goTo names it. Lead to it with goTo('lost'), move it up, or take it out.`,
  );
});

test('shares that are not 100 are a fault', () => {
  const { faults } = faultsOf(() =>
    journey('shares', { ...head, steps: [split('which', '45/45', { a: [], b: [], c: [goTo('which')] })] }),
  );
  expect(faults).toEqual([
    { step: 'which', problem: "'45/45' does not share out a, b, c.", mend: 'Write one share for each, 100 in all.' },
  ]);
});

test('names that every JavaScript object has are no ids', () => {
  const { faults } = faultsOf(() => journey('m', { ...head, steps: [pause('constructor', '1 day')] }));
  expect(faults).toHaveLength(1);
});

test('200 steps are allowed and 201 are not', () => {
  const steps = (count: number) => Array.from({ length: count }, (_, i) => pause(`s${String(i)}`, '1 day'));
  expect(Object.keys(journey('long', { ...head, steps: steps(200) }).steps)).toHaveLength(201);
  expect(faultsOf(() => journey('long', { ...head, steps: steps(201) })).faults).toEqual([
    {
      problem: 'It has 201 steps; a journey has at most 200.',
      mend: 'Let an event at its end begin a second journey, and move what comes later there.',
    },
  ]);
});

test('64 KB are the most a definition may take', () => {
  const story = (letters: number) => journey('m', { ...head, story: 'é'.repeat(letters), steps: [] });
  const room = 1 + Math.floor((64 * 1024 - Buffer.byteLength(canonical(story(1)))) / 2);
  expect(Buffer.byteLength(canonical(story(room)))).toBeLessThanOrEqual(64 * 1024);
  expect(faultsOf(() => story(room + 1)).message).toMatch(/bytes; a journey takes at most 65536/);
});

test('the table is frozen to its last leaf and equals what JSON makes of it', () => {
  for (const stored of [appointment, lateParcel]) {
    const walk = (value: unknown): void => {
      if (value === null || typeof value !== 'object') return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(walk);
    };
    walk(stored);
    expect(JSON.parse(JSON.stringify(stored))).toEqual(stored);
  }
});

test('the condition of an entry, of a choice and of a rule is stored as data', () => {
  const stored = journey('m', {
    ...head,
    entry: { ...head.entry, only: when('inquiry-received.topic', is('billing')) },
    purpose: 'marketing',
    reach: 'email',
    fate: 'drop',
    steps: [choose('c', when('customer.keyClient'), { yes: [touch('t', { say: 'still-there' })], no: [] })],
  });
  expect(stored.entry).toEqual({ ...head.entry, only: { path: 'inquiry-received.topic', is: ['billing'] } });
  expect(stored.steps['c']).toEqual({
    kind: 'choose',
    when: { path: 'customer.keyClient', is: [true] },
    next: 'end:finished',
    goes: { yes: 't', no: 'end:finished' },
  });
});

test('an interruption that runs out leads back to where the story was', () => {
  const stored = journey('m', {
    ...head,
    steps: [listen('l', '1 day', { silence: [] })],
    anyTime: { 'we-answered': [] },
  });
  expect(stored.anyTime).toEqual({ 'we-answered': 'resume' });
  expect(stored.steps['resume']).toEqual({ kind: 'resume', next: null });
});

test('canonical text and hash do not depend on the order in which keys were written', () => {
  const shuffled = (value: unknown, turn: number): unknown =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (turn % 2 ? a.localeCompare(b) : b.localeCompare(a)))
            .map(([key, part]) => [key, shuffled(part, turn + 1)]),
        );
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(canonical(shuffled(value, 0))).toBe(canonical(value));
      expect(hashOf(shuffled(value, 1))).toBe(hashOf(value));
      expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(hashOf({ b: 1, a: [2] })).toBe(createHash('sha256').update('{"a":[2],"b":1}').digest('hex'));
});
