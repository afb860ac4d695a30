import { expect, test } from '@jest/globals';
import { drawn, murmur3 } from '../../../core/run/draw.ts';
import { startRun } from '../../../core/run/advance.ts';
import type { Journey } from '../../../core/journey/table.ts';
import { begin, day, monday } from './drive.ts';
import { journey, listen, manners, pause, remind, split, touch } from './words.ts';

const hinting = (more: readonly ReturnType<typeof pause>[] = []): Journey =>
  journey('hinting', {
    ...manners,
    goal: 'inquiry-solved',
    steps: [
      ...more,
      split('hint', '45/45/10', {
        one: [touch('one', { say: 'hello' })],
        other: [touch('other', { say: 'still-there' })],
        nothing: [],
      }),
      pause('rest', '1 day'),
    ],
  });
const armOf = (definition: Journey, customer: string, run = 'R1') =>
  startRun(definition, { run, customer }, monday).commands.find((command) => command.do === 'split');

test('the draw is MurmurHash3 as its author published it', () => {
  // SMHasher's and others' vectors for seed 0.
  expect(['', 'test', 'Hello, world!', 'The quick brown fox jumps over the lazy dog'].map(murmur3)).toEqual([
    0, 0xba6bd213, 0xc0363e43, 0x2e4ff723,
  ]);
  expect(murmur3('\u00e9\u20ac\u{1f600}')).toBe(murmur3('\u00e9\u20ac\u{1f600}'));
});

test('a customer falls into the same arm in every run and in every version', () => {
  for (let n = 0; n < 200; n++) {
    const customer = `c-${n}`;
    const now = armOf(hinting(), customer);
    expect(armOf(hinting(), customer, 'R2')?.arm).toBe(now?.arm);
    const later = { ...hinting(), story: 'Another version', expect: [] };
    expect(armOf(later, customer)?.arm).toBe(now?.arm);
  }
});

test('arms get their shares, and two splits are drawn independently of each other', () => {
  const shares = { one: 45, other: 45, nothing: 10 };
  const counts: Record<string, number> = {};
  let both = 0;
  for (let n = 0; n < 10_000; n++) {
    const arm = drawn(`c-${n}/hinting/hint`, shares) ?? '';
    counts[arm] = (counts[arm] ?? 0) + 1;
    if (arm === 'one' && drawn(`c-${n}/hinting/another`, shares) === 'one') both += 1;
  }
  // Four standard deviations of a fair draw.
  expect(Math.abs((counts['one'] ?? 0) - 4_500)).toBeLessThan(200);
  expect(Math.abs((counts['nothing'] ?? 0) - 1_000)).toBeLessThan(120);
  expect(Math.abs(both - 2_025)).toBeLessThan(160);
});

test('in which order the arms were written or stored says nothing, and an arm without a share is never drawn', () => {
  for (let n = 0; n < 100; n++) {
    expect(drawn(`c-${n}`, { a: 30, b: 70 })).toBe(drawn(`c-${n}`, { b: 70, a: 30 }));
    expect(drawn(`c-${n}`, { a: 0, b: 100 })).toBe('b');
  }
  expect(drawn('c', {})).toBeNull();
});

test('which way was drawn is said once and not waited for', () => {
  const { state, commands } = startRun(hinting(), { run: 'R1', customer: 'ana' }, monday);
  expect(commands[0]).toMatchObject({ do: 'split', id: 'R1/hint/1', step: 'hint' });
  expect(['one', 'other', 'rest']).toContain(state.step);
});

const reminding = journey('reminding', {
  ...manners,
  steps: [
    remind('terms', { at: '1 day before appointment-set.startsAt', about: 'Are the terms agreed?', team: 'leads' }),
    pause('until-then', '1 day before customer.renewsOn'),
    listen('visit', '1 day after customer.renewsOn', { 'visit-finished': [], silence: [] }),
  ],
  anyTime: { 'technician-named': [touch('meet', { say: 'meet-your-technician' })], 'appointment-set': [] },
});

test('a note is written down with what its moment hangs on, and the story goes on', () => {
  const run = begin(reminding);
  expect(run.newest('remind')).toMatchObject({
    ...{ id: 'R1/terms/1', team: 'leads', at: '1 day before appointment-set.startsAt', about: 'Are the terms agreed?' },
    from: monday,
  });
  expect(run.state.step).toBe('until-then');
});

test('a change of the field of the customer that a wait hangs on is followed, also beneath an interruption; others are not', () => {
  const run = begin(reminding);
  run.answers({ is: 'moment', at: monday + 5 * day });
  expect(run.hears('customer', { plan: true })).toEqual([]);
  expect(run.state.wait).toMatchObject({ until: monday + 5 * day });
  expect(run.hears('customer', { renewsOn: true })).toEqual(['find-moment until-then']);
  expect(run.state.wait).toMatchObject({ until: null, was: monday + 5 * day });
  run.answers({ is: 'moment', at: monday + 7 * day });
  run.hears('technician-named');
  expect(run.hears('customer', { renewsOn: true })).toEqual(['find-moment until-then']);
  run.answers({ is: 'moment', at: monday + 9 * day });
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.state).toMatchObject({ step: 'until-then', wait: { until: monday + 9 * day } });
  expect('customer' in run.state.facts).toBe(false);
});

test('a moment of the customer that moves takes back the silence that hung on it', () => {
  const run = begin(reminding);
  run.answers({ is: 'moment', at: monday });
  run.timeComes();
  run.answers({ is: 'moment', at: monday + day });
  run.timeComes();
  expect(run.state).toMatchObject({ wait: { for: 'end' } });
  run.hears('customer', { renewsOn: true });
  run.answers({ is: 'overtaken', upTo: 1 }, run.newest('end'));
  expect(run.state).toMatchObject({ step: 'visit', wait: { for: 'events', until: null }, silences: 0 });
});
