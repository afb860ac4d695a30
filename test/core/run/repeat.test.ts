import { expect, test } from '@jest/globals';
import { begin, day, hour, monday } from './drive.ts';
import { escalate, goTo, journey, listen, manners, pause, repeat, touch } from './words.ts';

const hints = journey('hints', {
  ...manners,
  steps: [
    repeat('hints', { times: 3, every: '10 days' }, [touch('hint', { say: 'hello' })]),
    touch('last', { say: 'still-there' }),
  ],
  anyTime: { 'technician-named': [touch('meet', { say: 'meet-your-technician' }), pause('breath', '1 hour')] },
});

test('a round follows the other from beginning to beginning, and after the last the story goes on at once', () => {
  const run = begin(hints);
  expect(run.asked).toEqual(['touch R1/hint/1 ask 1']);
  run.passes(2 * day).answers({ is: 'sent', channel: 'sms' });
  expect(run.state.wait).toMatchObject({ for: 'time', since: monday, until: monday + 10 * day });
  expect(run.timeComes()).toEqual(['touch R1/hint/2 ask 1']);
  run.passes(day).answers({ is: 'sent', channel: 'sms' });
  expect(run.state.wait).toMatchObject({ since: monday, until: monday + 20 * day });
  expect(run.timeComes()).toEqual(['touch R1/hint/3 ask 1']);
  expect(run.answers({ is: 'sent', channel: 'sms' })).toEqual(['touch R1/last/1 ask 1']);
  expect(run.state.repeats).toEqual({});
});

test('a round that took too long is followed by the next at once', () => {
  const run = begin(hints);
  expect(run.passes(11 * day).answers({ is: 'sent', channel: 'sms' })).toEqual(['touch R1/hint/2 ask 1']);
});

test('without a time between them, rounds follow one another as they end', () => {
  const twice = journey('twice', {
    ...manners,
    steps: [repeat('twice', { times: 2 }, [touch('hint', { say: 'hello' })])],
  });
  const run = begin(twice).goesWell();
  expect(run.asked).toEqual(['touch R1/hint/1 ask 1', 'touch R1/hint/2 ask 1', 'end finished']);
});

test('business time between rounds is counted on the calendar, from the first beginning', () => {
  const working = journey('working', {
    ...manners,
    steps: [repeat('hints', { times: 3, every: '4 business hours' }, [touch('hint', { say: 'hello' })])],
  });
  const run = begin(working);
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.newest('find-moment')).toMatchObject({ said: '4 business hours', from: monday, step: 'hints' });
  run.answers({ is: 'moment', at: monday + 4 * hour });
  run.timeComes();
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.newest('find-moment')).toMatchObject({ said: '8 business hours', from: monday });
  // The moment is over already when it is found: the round begins as soon as that is known.
  run.passes(2 * day).answers({ is: 'moment', at: monday + 8 * hour });
  expect(run.timeComes()).toEqual(['touch R1/hint/3 ask 1']);
});

test('an interruption between two rounds changes neither their count nor their time', () => {
  const run = begin(hints);
  run.answers({ is: 'sent', channel: 'sms' });
  run.passes(day).hears('technician-named');
  expect(run.state).toMatchObject({ repeats: {}, interrupted: { repeats: { hints: { round: 1, since: monday } } } });
  run.answers({ is: 'sent', channel: 'sms' });
  run.timeComes();
  expect(run.state).toMatchObject({
    step: 'hints',
    repeats: { hints: { round: 1 } },
    wait: { until: monday + 10 * day },
  });
  expect(run.timeComes()).toEqual(['touch R1/hint/2 ask 1']);
});

test('a touch that is answered while its round is interrupted counts when the story is taken up', () => {
  const run = begin(hints);
  const hint = run.open[0];
  run.hears('technician-named');
  run.answers({ is: 'sent', channel: 'sms' }, hint);
  run.answers({ is: 'sent', channel: 'sms' });
  run.timeComes();
  expect(run.state).toMatchObject({ step: 'hints', touches: 2, repeats: { hints: { round: 1 } } });
});

const leaving = journey('leaving', {
  ...manners,
  steps: [
    repeat('outer', { times: 2 }, [
      repeat('inner', { times: 2 }, [
        touch('hint', { say: 'hello' }),
        listen('reply', '1 day', { 'customer-replied': [goTo('talk')], silence: [] }),
      ]),
      touch('between', { say: 'still-there' }),
    ]),
    escalate(
      'talk',
      { because: 'They wrote', within: '4 business hours' },
      { again: [goTo('outer')], inside: [goTo('hint')], nobody: [] },
    ),
  ],
});

test('rounds within rounds: the inner ones begin anew in each of the outer ones', () => {
  const run = begin(leaving);
  const rounds = () => Object.entries(run.state.repeats ?? {}).map(([name, { round }]) => `${name} ${round}`);
  const met: string[][] = [];
  while (run.state.step !== 'talk') {
    if (run.state.step === 'hint') met.push(rounds());
    if (run.state.wait.for === 'touch') run.answers({ is: 'sent', channel: 'sms' });
    else run.timeComes();
  }
  expect(met).toEqual([
    ['outer 1', 'inner 1'],
    ['outer 1', 'inner 2'],
    ['outer 2', 'inner 1'],
    ['outer 2', 'inner 2'],
  ]);
});

test('a jump out of a repeat forgets its count, and a jump into its middle begins a first round there', () => {
  const run = begin(leaving);
  run.answers({ is: 'sent', channel: 'sms' });
  run.timeComes();
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.state.repeats).toMatchObject({ outer: { round: 1 }, inner: { round: 2 } });
  run.hears('customer-replied');
  expect(run.state).toMatchObject({ step: 'talk', repeats: {} });
  run.answers({ is: 'opened' });
  run.passes(day).decided('inside');
  const first = { round: 1, since: run.now };
  expect(run.state).toMatchObject({ step: 'hint', repeats: { outer: first, inner: first } });
});

test('a silence that is taken back goes back to the round in which it listened', () => {
  const again = journey('again', {
    ...manners,
    steps: [
      repeat('ask', { times: 2 }, [listen('moved', '1 day', { 'appointment-set': [], silence: [] })]),
      touch('last', { say: 'hello' }),
    ],
  });
  const run = begin(again);
  run.timeComes();
  expect(run.state.repeats).toMatchObject({ ask: { round: 2 } });
  expect(run.timeComes()).toEqual(['touch R1/last/1 ask 1']);
  expect(run.state.repeats).toEqual({});
  run.hears('appointment-set');
  run.answers({ is: 'overtaken', upTo: 1 });
  expect(run.asked.at(-1)).toBe('touch R1/last/2 ask 1');
  expect(run.asked).toContain('withdraw R1/last/1');
});

test('what was doubled or stale changes no count', () => {
  const run = begin(hints);
  const sent = { kind: 'answer', to: 'hint/1/1', answer: { is: 'sent', channel: 'sms' } } as const;
  run.take(sent);
  const before = run.state;
  run.take(sent);
  run.take({ kind: 'due', wait: 'hints/1' });
  run.take({ kind: 'due', wait: 'hints/2' });
  expect(run.state).toEqual(before);
});
