import { expect, test } from '@jest/globals';
import { begin, day } from './drive.ts';
import { act, end, escalate, goTo, journey, listen, lookUp, manners, touch } from './words.ts';

const late = journey('late', {
  ...manners,
  steps: [
    lookUp(
      'parcel',
      { find: 'where-is-parcel', with: { inquiryId: 'inquiry-received.inquiryId' } },
      {
        'on-its-way': [end('told')],
        lost: [],
        unsure: [goTo('person')],
      },
    ),
    act(
      'refund',
      { do: 'refund-order', with: { inquiryId: 'inquiry-received.inquiryId' } },
      { 'too-late': [goTo('person')], failed: [goTo('person')] },
    ),
    touch('refunded', { say: 'hello' }),
    end('refunded'),
    escalate('person', { because: 'Not refunded', within: '2 business hours' }, { answered: [], nobody: [] }),
  ],
  anyTime: {
    'technician-named': [touch('meet', { say: 'meet-your-technician' })],
    'we-answered': [goTo('person')],
  },
});

test('a look-up goes where its answer leads; an answer that nobody knows leaves us unsure', () => {
  const run = begin(late);
  expect(run.newest('look-up')).toMatchObject({
    ...{ find: 'where-is-parcel', with: { inquiryId: 'inquiry-received.inquiryId' }, team: 'care' },
    facts: { 'inquiry-received': { inquiryId: 'i1' } },
  });
  expect(run.answers({ is: 'arm', arm: 'on-its-way' })).toEqual(['end told']);
  expect(begin(late).answers({ is: 'arm', arm: 'constructor' })).toEqual(['open R1/person/1']);
});

test('a deed has a key of its own; done, it goes on below, and declined or failed where that leads', () => {
  const refunding = () => {
    const run = begin(late);
    run.answers({ is: 'arm', arm: 'lost' });
    return run;
  };
  expect(refunding().newest('act')).toMatchObject({ key: 'R1/refund/1', action: 'refund-order', step: 'refund' });
  expect(refunding().answers({ is: 'arm', arm: 'done' })).toEqual(['touch R1/refunded/1 ask 1']);
  expect(refunding().answers({ is: 'arm', arm: 'too-late' })).toEqual(['open R1/person/1']);
  expect(refunding().answers({ is: 'arm', arm: 'failed' })).toEqual(['open R1/person/1']);
});

test('a deed that is answered while it is interrupted counts when the story is taken up, once', () => {
  const run = begin(late);
  run.answers({ is: 'arm', arm: 'lost' });
  const refund = run.newest('act');
  run.hears('technician-named');
  run.answers({ is: 'arm', arm: 'done' }, refund);
  run.answers({ is: 'arm', arm: 'failed' }, refund);
  expect(run.state).toMatchObject({ step: 'meet' });
  expect(run.answers({ is: 'sent', channel: 'sms' }, run.newest('touch'))).toEqual(['touch R1/refunded/1 ask 1']);
  expect(run.asked.filter((command) => command.startsWith('act'))).toHaveLength(1);
});

test('an answer to a look-up that the story has left changes nothing', () => {
  const run = begin(late);
  const asked = run.newest('look-up');
  run.hears('we-answered');
  expect(run.state.step).toBe('person');
  const before = run.state;
  expect(run.answers({ is: 'arm', arm: 'lost' }, asked)).toEqual([]);
  expect(run.state).toEqual(before);
});

test('a look-up after a silence is taken back by what we listened for; a deed is not, because it can not be undone', () => {
  const after = (then: typeof steps.find | typeof steps.deed) =>
    journey('after', {
      ...manners,
      steps: [
        listen('quiet', '1 day', { 'parcel-left': [end('left')], silence: [then] }),
        touch('last', { say: 'hello' }),
      ],
    });
  const steps = {
    find: lookUp(
      'parcel',
      { find: 'where-is-parcel', with: { inquiryId: 'inquiry-received.inquiryId' } },
      {
        'on-its-way': [],
        lost: [],
        unsure: [escalate('person', { because: 'Where is it?', within: '1 business hour' }, { nobody: [] })],
      },
    ),
    deed: act(
      'refund',
      { do: 'refund-order', with: { inquiryId: 'inquiry-received.inquiryId' } },
      { 'too-late': [], failed: [] },
    ),
  };
  const looking = begin(after(steps.find));
  looking.timeComes();
  expect(looking.hears('parcel-left')).toEqual(['end left']);
  const doing = begin(after(steps.deed));
  doing.timeComes();
  doing.passes(day).hears('parcel-left');
  expect(doing.state).toMatchObject({ step: 'refund', wait: { for: 'arm' }, silence: null });
});
