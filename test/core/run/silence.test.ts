import { expect, test } from '@jest/globals';
import { begin, day, hour } from './drive.ts';
import { end, escalate, goTo, journey, listen, manners, pause, touch } from './words.ts';

const patient = journey('patient', {
  ...manners,
  steps: [
    listen('reply', '2 days', {
      'customer-replied': [end('replied')],
      silence: [
        touch('nudge', { say: 'still-there' }),
        escalate('silent', { because: 'They are silent', within: '4 business hours' }, { answered: [], nobody: [] }),
      ],
    }),
    listen('after', '1 day', { 'customer-replied': [end('replied-late')], silence: [end('silent')] }),
  ],
  anyTime: { 'parcel-left': [touch('parcel', { say: 'hello' })] },
});
const straight = journey('straight', {
  ...manners,
  steps: [
    listen('reply', '2 days', {
      'customer-replied': [end('replied')],
      silence: [
        escalate('silent', { because: 'They are silent', within: '4 business hours' }, { answered: [], nobody: [] }),
      ],
    }),
    listen('after', '1 day', { 'customer-replied': [end('replied-late')], silence: [end('silent')] }),
  ],
  anyTime: {
    'parcel-left': [touch('parcel', { say: 'hello' })],
    'we-answered': [goTo('after')],
  },
});

test('silence counts only when its moment has come, and never twice', () => {
  const run = begin(straight);
  expect(run.passes(2 * day - 1).take({ kind: 'due', wait: 'reply/1' })).toEqual([]);
  expect(run.passes(1).take({ kind: 'due', wait: 'reply/1' })).toEqual(['open R1/silent/1']);
  expect(run.take({ kind: 'due', wait: 'reply/1' })).toEqual([]);
  expect(run.state.silences).toBe(1);
});

test('a task after a silence is opened only if nothing newer than we have heard has arrived', () => {
  const run = begin(straight);
  run.hears('inquiry-received');
  run.timeComes();
  expect(run.newest('open-task').seen).toBe(1);
});

test('a reply that came before the task opened takes the silence back', () => {
  const run = begin(straight);
  run.timeComes();
  run.hears('customer-replied');
  expect(run.at).toBe('silent: person');
  expect(run.answers({ is: 'overtaken', upTo: 1 })).toEqual(['close R1/silent/1', 'end replied']);
  expect(run.state.silences).toBe(0);
});

test('the same, when the database tells of the reply before we have heard it', () => {
  const run = begin(straight);
  run.timeComes();
  expect(run.answers({ is: 'overtaken', upTo: 1 })).toEqual([]);
  expect(run.at).toBe('silent: news');
  expect(run.hears('customer-replied')).toEqual(['close R1/silent/1', 'end replied']);
});

test('a reply that came after the task opened belongs to the person, also later', () => {
  const run = begin(straight);
  run.timeComes();
  run.hears('customer-replied');
  run.answers({ is: 'opened' });
  expect(run.at).toBe('silent: person');
  run.decided('answered');
  expect(run.at).toBe('after: events');
});

test('a decision that comes before the word that the task is open says that too', () => {
  const run = begin(straight);
  run.timeComes();
  run.decided('answered');
  expect(run.at).toBe('after: events');
  expect(run.state.silence).toBeNull();
  run.answers({ is: 'opened' });
  expect(run.at).toBe('after: events');
});

test('our answer that came before the task opened is no reason for one, even if only anyTime names it', () => {
  const run = begin(straight);
  run.timeComes();
  run.hears('we-answered');
  expect(run.answers({ is: 'overtaken', upTo: 1 })).toEqual(['close R1/silent/1']);
  expect(run.at).toBe('after: events');
});

test('what else came while the silence was being decided interrupts afterwards, in its order', () => {
  const run = begin(straight);
  run.timeComes();
  expect(run.hears('parcel-left')).toEqual([]);
  expect(run.answers({ is: 'opened' })).toEqual(['touch R1/parcel/1 ask 1']);
  run.goesWell();
  expect(run.at).toBe('silent: person');
});

test('news that leads nowhere else asks for the task anew, with its own number', () => {
  const run = begin(straight);
  run.timeComes();
  run.hears('parcel-left');
  expect(run.answers({ is: 'overtaken', upTo: 1 })).toEqual(['touch R1/parcel/1 ask 1']);
  expect(run.answers({ is: 'sent', channel: 'sms' })).toEqual(['open R1/silent/1']);
  expect(run.newest('open-task').seen).toBe(1);
});

test('a reply during the touch that a silence led to waits for whether the touch went out', () => {
  const sent = begin(patient);
  sent.timeComes();
  sent.hears('customer-replied');
  expect(sent.answers({ is: 'sent', channel: 'sms' })).toEqual(['open R1/silent/1']);
  expect(sent.newest('open-task').seen).toBeNull();

  for (const answer of [
    { is: 'overtaken', upTo: 1 },
    { is: 'failed', channel: 'sms' },
    { is: 'dropped', because: 'consent' },
    { is: 'needless' },
    { is: 'deferred', until: 0, because: 'quiet', fate: 'drop' },
  ] as const) {
    const notSent = begin(patient);
    notSent.timeComes();
    notSent.hears('customer-replied');
    expect(notSent.answers(answer)).toEqual(['withdraw R1/nudge/1', 'end replied']);
  }
});

test('a touch that a silence led to and that waits for its place is withdrawn by a reply', () => {
  const run = begin(patient);
  run.timeComes();
  run.answers({ is: 'deferred', until: run.now + hour, because: 'quiet hours', fate: 'drop' });
  expect(run.hears('customer-replied')).toEqual(['withdraw R1/nudge/1', 'end replied']);
});

test('a touch that a silence led to is taken up after an interruption, unless a reply came meanwhile', () => {
  const waiting = () => {
    const run = begin(patient);
    run.timeComes();
    run.answers({ is: 'deferred', until: run.now + hour, because: 'quiet hours', fate: 'drop' });
    run.hears('parcel-left');
    return run;
  };
  const silent = waiting().goesWell();
  expect(silent.at).toBe('nudge: place');
  expect(silent.state.silence?.step).toBe('reply');

  const replied = waiting();
  replied.hears('customer-replied');
  expect(replied.at).toBe('parcel: touch');
  expect(replied.answers({ is: 'sent', channel: 'sms' })).toEqual(['withdraw R1/nudge/1', 'end replied']);
});

test('an end after a silence is fenced, and a reply that came first keeps the run alive', () => {
  const run = begin(straight);
  run.timeComes();
  run.goesWell().decided('answered');
  run.timeComes();
  expect(run.newest('end')).toMatchObject({ as: 'silent', seen: 1 });
  run.hears('customer-replied');
  expect(run.answers({ is: 'overtaken', upTo: 2 })).toEqual(['end replied-late']);
  expect(run.newest('end')).toMatchObject({ seen: null, heard: 2, untaken: [] });
  run.answers({ is: 'ended' });
  expect(run.at).toBe('ended: replied-late');
});

test('an end without a silence is not fenced: the database hands over what comes, and what nobody took', () => {
  const run = begin(
    journey('short', {
      ...manners,
      steps: [
        pause('rest', '1 hour'),
        goTo('over'),
        listen('reply', '1 hour', { 'customer-replied': [], silence: [] }),
        touch('over', { say: 'hello' }),
        end('told'),
        goTo('reply'),
      ],
      anyTime: { 'parcel-left': [goTo('reply')] },
    }),
  );
  run.hears('customer-replied');
  run.timeComes();
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.newest('end')).toMatchObject({ seen: null, heard: 1, untaken: ['customer-replied#1'] });
  run.hears('customer-replied');
  expect(run.state).toMatchObject({ heard: 2, wait: { for: 'end' } });
});

test("a reply in somebody else's conversation takes an unspent silence back and counts anew", () => {
  const waiting = begin(patient);
  waiting.timeComes();
  waiting.answers({ is: 'deferred', until: waiting.now + day, because: 'budget', fate: 'drop' });
  expect(waiting.passes(hour).hearsOfOthers()).toEqual(['withdraw R1/nudge/1']);
  expect(waiting.state).toMatchObject({
    step: 'reply',
    silences: 0,
    wait: { for: 'events', until: waiting.now + 2 * day },
  });

  const decided = begin(straight);
  decided.timeComes();
  decided.hearsOfOthers();
  expect(decided.at).toBe('silent: person');
  decided.answers({ is: 'overtaken', upTo: 1 });
  expect(decided.state).toMatchObject({ step: 'reply', wait: { until: decided.now + 2 * day } });

  const listening = begin(straight);
  listening.passes(day).hearsOfOthers();
  expect(listening.state.wait).toMatchObject({ until: listening.now + 2 * day });
  expect(listening.state.customerWaitsSince).toBeNull();
});
