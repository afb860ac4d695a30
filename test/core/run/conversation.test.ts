import { describe, expect, test } from '@jest/globals';
import { begin, hour, monday } from './drive.ts';
import {
  answer,
  ask,
  end,
  escalate,
  goTo,
  journey,
  listen,
  manners,
  offerCall,
  pause,
  question,
  touch,
} from './words.ts';

const talking = journey('talking', {
  ...manners,
  exits: { 'inquiry-closed': 'closed' },
  steps: [
    ask(
      'about-it',
      { waits: '1 hour', questions: [question('customer.device', 'Which one is it?')] },
      { lost: [goTo('person')], silence: [] },
    ),
    answer(
      'articles',
      { from: 'help-center', sureAt: 0.8, waits: '4 hours' },
      { helped: [end('helped')], unsure: [goTo('person')], silence: [] },
    ),
    offerCall(
      'call',
      { say: 'hello', slots: 3, waits: '4 hours' },
      { talked: [end('talked')], declined: [], missed: [], silence: [] },
    ),
    escalate('person', { because: 'A person is needed', within: '4 business hours' }, { answered: [], nobody: [] }),
    listen('reply', '1 day', { 'customer-replied': [end('replied')], silence: [] }),
  ],
  anyTime: {
    'customer-replied': [touch('thanks', { say: 'hello' })],
    'technician-named': [touch('meet', { say: 'meet-your-technician' })],
    'we-answered': [goTo('reply')],
  },
});
const opened = () => {
  const run = begin(talking);
  run.answers({ is: 'opened' });
  return run;
};

test('it is opened by a touch of its own, and its outcome leads on', () => {
  const run = begin(talking);
  expect(run.newest('converse')).toMatchObject({
    what: 'ask',
    touch: { id: 'R1/about-it/1', ask: 1, fate: 'toHuman' },
    seen: 0,
  });
  run.answers({ is: 'opened' });
  expect(run.state).toMatchObject({ touches: 1, wait: { for: 'conversation', of: 'R1/about-it/1' } });
  expect(run.decided('done', 'R1/about-it/1')).toEqual(['converse R1/articles/1 ask 1']);
});

test('while it is open, replies are its turns and interrupt nothing; so it is beneath an interruption', () => {
  const run = opened();
  expect(run.hears('customer-replied')).toEqual([]);
  expect(run.state).toMatchObject({ kept: [], queued: {}, wait: { for: 'conversation' }, customerWaitsSince: null });
  expect(run.hears('technician-named')).toEqual(['touch R1/meet/1 ask 1']);
  run.hears('customer-replied');
  expect(run.state).toMatchObject({ kept: [], queued: {} });
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.state).toMatchObject({ step: 'about-it', wait: { for: 'conversation' } });
});

test('a reply that comes while it is being opened is a turn if it is opened, and else interrupts', () => {
  const run = begin(talking);
  expect(run.hears('customer-replied')).toEqual([]);
  expect(run.state.held).toHaveLength(1);
  run.answers({ is: 'opened' });
  expect(run.state).toMatchObject({ held: [], step: 'about-it', wait: { for: 'conversation' } });

  const refused = begin(talking);
  refused.hears('customer-replied');
  expect(refused.answers({ is: 'deferred', until: monday + hour, because: 'quiet hours', fate: 'drop' })).toEqual([
    'touch R1/thanks/1 ask 1',
  ]);
});

test('a reply that waits to interrupt when it is opened beneath an interruption was a turn', () => {
  const run = begin(talking);
  const opening = run.open[0];
  run.hears('technician-named');
  run.hears('customer-replied');
  expect(Object.keys(run.state.queued)).toEqual(['customer-replied']);
  run.answers({ is: 'opened' }, opening);
  expect(run.state).toMatchObject({ queued: {}, interrupted: { wait: { for: 'conversation' } }, touches: 1 });
});

test('an outcome that comes before we know of the opening says that too, and the late answer changes nothing', () => {
  const run = begin(talking);
  const opening = run.open[0];
  expect(run.decided('lost', 'R1/about-it/1')).toEqual(['open R1/person/1']);
  expect(run.state).toMatchObject({ step: 'person', touches: 1 });
  const before = run.state;
  run.answers({ is: 'opened' }, opening);
  expect(run.state).toEqual(before);
});

test('an outcome while it is interrupted counts when the story is taken up; the first one does', () => {
  const run = opened();
  run.hears('technician-named');
  run.decided('lost', 'R1/about-it/1');
  run.decided('silence', 'R1/about-it/1');
  expect(run.answers({ is: 'sent', channel: 'sms' })).toEqual(['open R1/person/1']);
});

test('what we leave is closed: by a jump out of an interruption, and by an exit', () => {
  expect(opened().hears('we-answered')).toEqual(['withdraw R1/about-it/1']);
  expect(opened().hears('inquiry-closed')).toEqual(['withdraw R1/about-it/1', 'end closed']);
});

describe('refused, it meets its fate as a touch does', () => {
  test('dropped, or with nothing to ask, it goes on below', () => {
    for (const answer of [{ is: 'dropped', because: 'consent' }, { is: 'needless' }] as const)
      expect(begin(talking).answers(answer)).toEqual(['converse R1/articles/1 ask 1']);
  });
  test('deferred, it waits for a place and asks anew; failed, by another channel', () => {
    const run = begin(talking);
    run.answers({ is: 'deferred', until: monday + hour, because: 'quiet hours', fate: 'toHuman' });
    expect(run.timeComes()).toEqual(['converse R1/about-it/1 ask 2']);
    expect(run.answers({ is: 'failed', channel: 'sms' })).toEqual(['converse R1/about-it/1 ask 3']);
    expect(run.newest('converse').touch.failed).toEqual(['sms']);
  });
  test('given to a person, that task ends the step', () => {
    const run = begin(talking);
    run.answers({ is: 'with-person' });
    run.hears('customer-replied');
    expect(run.state).toMatchObject({ wait: { for: 'person' }, queued: {} });
    expect(run.decided('done', 'R1/about-it/1')).toEqual(['converse R1/articles/1 ask 1']);
    expect(run.state.customerWaitsSince).toBeNull();
  });
});

test('who was lost waits; who was helped or talked to waits no longer', () => {
  const run = opened();
  run.passes(hour).decided('lost', 'R1/about-it/1');
  expect(run.state.customerWaitsSince).toBe(monday + hour);

  const helped = opened();
  helped.decided('done', 'R1/about-it/1');
  helped.answers({ is: 'opened' });
  helped.decided('helped', 'R1/articles/1');
  expect(helped.state).toMatchObject({ customerWaitsSince: null, wait: { for: 'end', as: 'helped' } });
});

test('silent in a conversation is silent; a call that took place was with a person', () => {
  const run = opened();
  run.decided('silence', 'R1/about-it/1');
  expect(run.state.silences).toBe(1);
  run.answers({ is: 'opened' });
  run.decided('silence', 'R1/articles/1');
  run.answers({ is: 'opened' });
  expect(run.decided('talked', 'R1/call/1')).toEqual(['end talked']);
});

test('opened after a silence, it stands only if nothing came: news take the silence back', () => {
  const after = journey('after', {
    ...manners,
    steps: [
      listen('quiet', '1 day', {
        'parcel-left': [end('left')],
        silence: [
          ask(
            'what',
            { waits: '1 hour', questions: [question('customer.device', 'Which?')] },
            { lost: [], silence: [] },
          ),
        ],
      }),
      pause('rest', '1 day'),
    ],
  });
  const run = begin(after);
  run.timeComes();
  expect(run.hears('parcel-left')).toEqual([]);
  expect(run.answers({ is: 'overtaken', upTo: 1 })).toEqual(['withdraw R1/what/1', 'end left']);
  const stood = begin(after);
  stood.timeComes();
  stood.answers({ is: 'opened' });
  stood.hears('parcel-left');
  expect(stood.state).toMatchObject({ step: 'what', silence: null, wait: { for: 'conversation' } });
});
