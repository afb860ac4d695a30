import { expect, test } from '@jest/globals';
import { appointment } from '../../sketch/appointment.ts';
import { begin, hour, monday } from './drive.ts';
import { choose, end, escalate, goTo, journey, listen, manners, pause, promise, touch, when, is } from './words.ts';

const greeting = journey('greeting', {
  ...manners,
  steps: [touch('hello', { say: 'hello' }), listen('reply', '1 day', { 'customer-replied': [], silence: [] })],
});

test('a deferred touch waits for its place, asks anew when it is time, and keeps what is left of its fate', () => {
  const run = begin(greeting);
  run.answers({ is: 'deferred', until: monday + hour, because: 'quiet hours', fate: 'drop' });
  expect(run.state.wait).toMatchObject({ for: 'place', because: 'quiet hours', touch: { fate: 'drop', ask: 1 } });
  expect(run.take({ kind: 'due', wait: 'hello/1/1' })).toEqual([]);
  expect(run.timeComes()).toEqual(['touch R1/hello/1 ask 2']);
  expect(run.newest('touch').touch).toMatchObject({ since: monday, fate: 'drop' });
});

test('a place that becomes free is asked for at once, and only once', () => {
  const run = begin(greeting);
  run.answers({ is: 'deferred', until: monday + hour, because: 'budget', fate: 'drop' });
  expect(run.take({ kind: 'freed' })).toEqual(['touch R1/hello/1 ask 2']);
  expect(run.take({ kind: 'freed' })).toEqual([]);
  expect(run.passes(hour).take({ kind: 'due', wait: 'hello/1/1' })).toEqual([]);
});

test('a channel that failed is not asked again', () => {
  const run = begin(greeting);
  expect(run.answers({ is: 'failed', channel: 'sms' })).toEqual(['touch R1/hello/1 ask 2']);
  expect(run.newest('touch')).toMatchObject({ touch: { failed: ['sms'] }, counts: { failures: 1, touches: 0 } });
  run.answers({ is: 'sent', channel: 'email' });
  expect(run.state).toMatchObject({ step: 'reply', failures: 1, touches: 1 });
});

test('a touch overtaken by news takes them, and asks with their number', () => {
  const late = begin(greeting);
  late.hears('inquiry-received');
  expect(late.answers({ is: 'overtaken', upTo: 1 })).toEqual(['touch R1/hello/1 ask 2']);
  expect(late.newest('touch').seen).toBe(1);

  const early = begin(greeting);
  expect(early.answers({ is: 'overtaken', upTo: 2 })).toEqual([]);
  expect(early.hears('inquiry-received')).toEqual([]);
  expect(early.hears('inquiry-received')).toEqual(['touch R1/hello/1 ask 2']);
});

test('unknown goes on and is never asked again; needless and dropped go on without counting', () => {
  for (const [answer, touches] of [
    [{ is: 'unknown', channel: 'sms' }, 1],
    [{ is: 'needless' }, 0],
    [{ is: 'dropped', because: 'consent' }, 0],
    [{ is: 'withdrawn' }, 0],
  ] as const) {
    const run = begin(greeting);
    expect(run.answers(answer)).toEqual([]);
    expect(run.state).toMatchObject({ step: 'reply', touches });
  }
  const run = begin(greeting);
  run.answers({ is: 'unknown', channel: 'sms' });
  run.delivered({ kind: 'settled', touch: 'R1/hello/1', as: 'failed' });
  expect(run.state).toMatchObject({ step: 'reply', failures: 1 });
});

test('a touch made by a person ends with what they say of it, also if that comes first, or if nobody takes it', () => {
  for (const outcome of ['made', 'nobody']) {
    const run = begin(greeting);
    run.answers({ is: 'with-person' });
    expect(run.at).toBe('hello: person');
    run.decided(outcome, 'R1/hello/1');
    expect(run.at).toBe('reply: events');

    const before = begin(greeting);
    before.decided(outcome, 'R1/hello/1');
    before.answers({ is: 'with-person' });
    expect(before.at).toBe('reply: events');
  }
});

test('nobody moves the story on and closes nothing; what is decided later changes nothing', () => {
  const run = begin(
    journey('asked', {
      ...manners,
      steps: [
        promise('first-answer', { due: '2 business days', keptBy: 'we-answered' }),
        escalate(
          'person',
          { because: 'Always', within: '4 business hours' },
          { answered: [], nobody: [pause('rest', '1 day')] },
        ),
      ],
    }),
  ).goesWell();
  expect(run.decided('nobody')).toEqual([]);
  expect(run.at).toBe('rest: time');
  expect(run.state.customerWaitsSince).toBe(monday);
  expect(run.decided('answered')).toEqual([]);
  expect(run.at).toBe('rest: time');
  expect(run.state.customerWaitsSince).toBeNull();
});

test('a choice on what is outside the run is asked for, one on what was heard is not', () => {
  const story = (by: 'inside' | 'outside') =>
    journey(by, {
      ...manners,
      steps: [
        choose('which', by === 'inside' ? when('inquiry-received.urgent') : when('customer.plan', is('gold')), {
          yes: [end('yes')],
          no: [],
        }),
        end('no'),
      ],
    });
  expect(begin(story('inside'), { inquiryId: 'i', urgent: true }).asked).toEqual(['end yes']);
  expect(begin(story('inside')).asked).toEqual(['end no']);
  const run = begin(story('outside'));
  expect(run.asked).toEqual(['find-arm which']);
  expect(run.answers({ is: 'arm', arm: 'yes' })).toEqual(['end yes']);
  expect(begin(story('outside')).answers({ is: 'arm', arm: 'constructor' })).toEqual(['end no']);
});

test('a round in which no time passes ends, and says so', () => {
  const run = begin(
    journey('round', {
      ...manners,
      steps: [choose('a', when('inquiry-received.urgent'), { yes: [], no: [] }), goTo('a')],
    }),
  );
  expect(run.asked).toEqual(['end circle']);
});

test('names that every object has are names of nothing', () => {
  const run = begin(appointment, { appointmentId: 'a', startsAt: '2026-03-06T09:00:00Z' }).goesWell();
  for (const name of ['constructor', '__proto__', 'toString', 'silence', '']) run.hears(name);
  run.decided('constructor', 'constructor');
  expect(run.at).toBe('day-before: time');
});

test('the appointment goes from booking to a call by a person', () => {
  const run = begin(appointment, { appointmentId: 'a', startsAt: '2026-03-06T09:00:00Z' }).goesWell();
  run.hears('technician-named');
  run.goesWell().timeComes();
  run.goesWell();
  run.hears('visit-finished', { appointmentId: 'a', total: 500 });
  run.answers({ is: 'with-person' });
  run.decided('made', 'R1/thanks/1');
  run.goesWell();
  expect(run.at).toBe('ended: finished');
  expect(run.asked.filter((asked) => asked.startsWith('touch'))).toEqual([
    'touch R1/confirmed/1 ask 1',
    'touch R1/meet/1 ask 1',
    'touch R1/see-you/1 ask 1',
    'touch R1/thanks/1 ask 1',
  ]);
});
