import { expect, test } from '@jest/globals';
import { appointment } from '../../sketch/appointment.ts';
import { begin, day, hour, monday } from './drive.ts';
import { end, escalate, goTo, journey, listen, manners, pause, touch } from './words.ts';

const answered = { answered: [], nobody: [] } as const;
const inquiry = journey('inquiry', {
  ...manners,
  goal: 'inquiry-solved',
  exits: { 'inquiry-closed': 'closed' },
  steps: [
    touch('arrived', { say: 'hello' }),
    listen('our-answer', '1 day', {
      'we-answered': [goTo('all-well')],
      silence: [escalate('person', { because: 'Nobody answered', within: '4 business hours' }, answered)],
    }),
    listen('all-well', '2 days', { 'customer-replied': [goTo('person')], silence: [end('answered')] }),
  ],
  anyTime: {
    'parcel-left': [touch('parcel', { say: 'hello' })],
    'technician-left': [touch('technician', { say: 'hello' }), pause('rest', '1 hour')],
    'technician-named': [goTo('all-well')],
    'customer-replied': [
      escalate(
        'wrote-again',
        { because: 'The customer wrote again', within: '2 business hours' },
        { answered: [goTo('all-well')], 'hand back': [], nobody: [end('unanswered')] },
      ),
    ],
    'visit-finished': [
      listen('how-was-it', '1 day', { 'customer-replied': [touch('thanks', { say: 'hello' })], silence: [] }),
    ],
  },
});
const atOurAnswer = () => begin(inquiry).goesWell();

test('an interruption runs out and the story is taken up where it was, with its own clock', () => {
  const run = atOurAnswer();
  run.passes(hour).hears('technician-left');
  expect(run.at).toBe('technician: touch');
  run.goesWell().timeComes();
  expect(run.state).toMatchObject({ step: 'our-answer', interrupted: null, wait: { until: monday + day } });
});

test('interruptions queue: one at a time, the newest of each event, in the order they came', () => {
  const run = atOurAnswer();
  run.hears('technician-left');
  expect(run.hears('parcel-left')).toEqual([]);
  run.hears('technician-left');
  run.hears('parcel-left');
  expect(Object.keys(run.state.queued)).toEqual(['parcel-left', 'technician-left']);
  run.goesWell();
  expect(run.timeComes()).toEqual(['touch R1/technician/2 ask 1']);
  run.goesWell();
  expect(run.timeComes()).toEqual(['touch R1/parcel/1 ask 1']);
  run.goesWell();
  expect(run.at).toBe('our-answer: events');
});

test('an answer that comes during an interruption counts on return', () => {
  for (const [answer, then] of [
    [{ is: 'sent', channel: 'sms' }, 'our-answer: events'],
    [{ is: 'failed', channel: 'sms' }, 'arrived: touch'],
    [{ is: 'overtaken', upTo: 1 }, 'arrived: touch'],
    [{ is: 'deferred', until: monday + hour, because: 'quiet hours', fate: 'drop' }, 'arrived: place'],
    [{ is: 'with-person' }, 'arrived: person'],
  ] as const) {
    const run = begin(inquiry);
    const [arrived] = run.open;
    run.hears('parcel-left');
    run.answers(answer, arrived);
    run.answers(answer, arrived);
    expect(run.at).toBe('parcel: touch');
    run.answers({ is: 'sent', channel: 'sms' });
    expect(run.at).toBe(then);
  }
});

test('the first answer during an interruption counts, however many come', () => {
  const run = begin(inquiry);
  const [arrived] = run.open;
  run.hears('parcel-left');
  run.answers({ is: 'sent', channel: 'sms' }, arrived);
  run.answers({ is: 'failed', channel: 'sms' }, arrived);
  run.goesWell();
  expect(run.at).toBe('our-answer: events');
});

test('a touch that waits for its place asks at once on return, if a place was freed meanwhile', () => {
  const run = begin(inquiry);
  run.answers({ is: 'deferred', until: monday + day, because: 'budget', fate: 'drop' });
  run.hears('parcel-left');
  run.take({ kind: 'freed' });
  run.goesWell();
  expect(run.state.wait).toMatchObject({ for: 'place', until: monday });
  expect(run.timeComes()).toEqual(['touch R1/arrived/1 ask 2']);
});

test('a person who decides during an interruption has decided', () => {
  const run = atOurAnswer();
  run.timeComes();
  run.goesWell();
  run.hears('parcel-left');
  run.decided('answered');
  expect(run.at).toBe('parcel: touch');
  run.goesWell();
  expect(run.at).toBe('all-well: events');
});

test('goTo out of an interruption gives up what it interrupted', () => {
  const touching = begin(inquiry);
  expect(touching.hears('technician-named')).toEqual(['withdraw R1/arrived/1']);
  expect(touching.at).toBe('all-well: events');
  expect(touching.answers({ is: 'sent', channel: 'sms' })).toEqual([]);

  const placed = begin(inquiry);
  placed.answers({ is: 'deferred', until: monday + day, because: 'budget', fate: 'drop' });
  expect(placed.hears('technician-named')).toEqual(['withdraw R1/arrived/1']);

  const withPerson = atOurAnswer();
  withPerson.timeComes();
  withPerson.goesWell();
  expect(withPerson.hears('technician-named')).toEqual(['close R1/person/1']);
  expect(withPerson.at).toBe('all-well: events');
});

test('exits, goal and cancelling end a run also within an interruption, and give up both', () => {
  for (const [input, as] of [
    ['inquiry-closed', 'closed'],
    ['inquiry-solved', 'goal'],
    ['cancel', 'cancelled'],
  ] as const) {
    const run = atOurAnswer();
    run.timeComes();
    run.goesWell();
    run.hears('parcel-left');
    const commands = input === 'cancel' ? run.delivered({ kind: 'cancel', by: 'ops' }) : run.hears(input);
    expect(commands).toEqual(['withdraw R1/parcel/1', 'close R1/person/1', `end ${as}`]);
    run.goesWell();
    expect(run.at).toBe(`ended: ${as}`);
    expect(run.hears('parcel-left')).toEqual([]);
    expect(run.state.heard).toBe(2);
  }
});

test('an end within an interruption gives up what it interrupted', () => {
  const run = begin(inquiry);
  run.hears('customer-replied');
  run.answers({ is: 'opened' });
  expect(run.decided('nobody')).toEqual(['withdraw R1/arrived/1', 'end unanswered']);
});

test('what a listen names goes to it rather than to an interruption, also if it came during another one', () => {
  const run = atOurAnswer();
  run.hears('we-answered');
  expect(run.at).toBe('all-well: events');
  run.hears('parcel-left');
  run.hears('customer-replied');
  expect(run.at).toBe('parcel: touch');
  run.answers({ is: 'sent', channel: 'sms' });
  expect(run.at).toBe('person: person');
  expect(run.state.queued).toEqual({});
});

test('what waits to interrupt is taken by the step that an interruption goes on to, if that names it', () => {
  const run = atOurAnswer();
  run.hears('technician-left');
  run.hears('customer-replied');
  run.hears('technician-named');
  run.goesWell();
  run.timeComes();
  expect(run.at).toBe('wrote-again: person');
});

test('a listen inside an interruption hears first; its silence is over when the story is taken up', () => {
  const heard = atOurAnswer();
  heard.hears('visit-finished', { total: 1 });
  heard.hears('customer-replied');
  expect(heard.at).toBe('thanks: touch');

  const silent = atOurAnswer();
  silent.hears('visit-finished', { total: 1 });
  silent.timeComes();
  expect(silent.state).toMatchObject({ step: 'our-answer', silence: null, interrupted: null });
  silent.hears('customer-replied');
  expect(silent.at).toBe('wrote-again: person');
});

test('while a person has the customer, what the customer or we say joins the task', () => {
  const run = atOurAnswer();
  run.timeComes();
  run.goesWell();
  expect(run.hears('customer-replied')).toEqual([]);
  expect(run.hears('we-answered')).toEqual([]);
  expect(run.at).toBe('person: person');
  run.hears('parcel-left');
  expect(run.hears('customer-replied')).toEqual([]);
  expect(run.state).toMatchObject({ queued: {}, kept: [] });
});

test('a reply that waited to interrupt joins the task that an interruption opens', () => {
  const run = atOurAnswer();
  run.hears('customer-replied');
  run.hears('customer-replied');
  run.goesWell();
  expect(run.at).toBe('wrote-again: person');
  run.decided('hand back');
  expect(run.at).toBe('our-answer: events');
});

test('what came early and joined a task is not heard again by a later listen', () => {
  const run = begin(
    journey('early', {
      ...manners,
      steps: [
        touch('arrived', { say: 'hello' }),
        escalate('person', { because: 'Always', within: '4 business hours' }, answered),
        listen('after', '1 day', { 'customer-replied': [goTo('person')], silence: [end('quiet')] }),
      ],
    }),
  );
  run.hears('customer-replied');
  run.goesWell().decided('answered');
  expect(run.at).toBe('after: events');
});

test('an early answer is kept for the listen that names it', () => {
  const run = begin(inquiry);
  run.hears('we-answered');
  run.goesWell();
  expect(run.at).toBe('all-well: events');
});

const startsAt = '2026-03-06T09:00:00Z';
const booked = { appointmentId: 'a1', startsAt };
const booking = () => begin(appointment, booked).goesWell();

test('a moved date is followed by the wait at hand, which forgets the old moment at once', () => {
  const run = booking();
  expect(run.state.wait).toMatchObject({ for: 'time', until: Date.parse('2026-03-05T09:00:00Z') });
  run.hears('appointment-set', { ...booked, startsAt: '2026-03-10T09:00:00Z' });
  expect(run.state.interrupted?.wait).toMatchObject({ for: 'time', until: null });
  run.goesWell();
  expect(run.state).toMatchObject({ step: 'day-before', visits: { 'day-before': 2 } });
  expect(run.state.wait).toMatchObject({ until: Date.parse('2026-03-09T09:00:00Z') });
});

const follower = journey('follower', {
  ...manners,
  entry: { event: 'appointment-set', oncePer: 'appointmentId' },
  cause: 'appointment-set',
  steps: [
    pause('day-before', '1 day before appointment-set.startsAt', { missed: [end('too-late')] }),
    touch('see-you', { say: 'see-you-tomorrow' }),
    listen('visit', '4 hours after appointment-set.startsAt', {
      'visit-finished': [],
      silence: [
        escalate('did-we-come', { because: 'Nobody reported the visit', within: '2 business hours' }, answered),
      ],
    }),
  ],
  anyTime: { 'technician-left': [touch('on-the-way', { say: 'on-the-way' })] },
});
const following = () => begin(follower, booked).goesWell();

test('a moment that has moved can be missed, one that was told again unmoved cannot', () => {
  const moved = following();
  moved.hears('appointment-set', { ...booked, startsAt: '2026-03-02T11:00:00Z' });
  expect(moved.goesWell().at).toBe('ended: too-late');

  const unmoved = following();
  unmoved.now = Date.parse('2026-03-05T09:00:00Z') - 1;
  unmoved.hears('appointment-set', booked);
  unmoved.now += 1000;
  expect(unmoved.take({ kind: 'due', wait: 'day-before/1' })).toEqual([]);
  unmoved.answers({ is: 'moment', at: Date.parse('2026-03-05T09:00:00Z') });
  expect(unmoved.timeComes()).toEqual(['touch R1/see-you/1 ask 1']);
});

test('a moved date is followed while the wait is interrupted, also into the past', () => {
  const later = following();
  later.hears('technician-left');
  later.hears('appointment-set', { ...booked, startsAt: '2026-03-10T09:00:00Z' });
  later.goesWell();
  expect(later.state).toMatchObject({ step: 'day-before', wait: { until: Date.parse('2026-03-09T09:00:00Z') } });

  const past = following();
  past.hears('technician-left');
  const [onTheWay] = past.open;
  past.hears('appointment-set', { ...booked, startsAt: '2026-03-02T11:00:00Z' });
  past.answers({ is: 'moment', at: Date.parse('2026-03-01T11:00:00Z') });
  past.answers({ is: 'sent', channel: 'sms' }, onTheWay);
  expect(past.goesWell().at).toBe('ended: too-late');
});

test('an answer about the old date is stale', () => {
  const run = begin(follower, booked);
  const [first] = run.open;
  run.hears('appointment-set', { ...booked, startsAt: '2026-03-10T09:00:00Z' });
  expect(run.open.map(({ id }) => id)).toEqual(['day-before/1/found-1', 'day-before/1/found-2']);
  run.answers({ is: 'moment', at: monday }, first);
  expect(run.state.wait).toMatchObject({ until: null });
  run.goesWell();
  expect(run.state.wait).toMatchObject({ until: Date.parse('2026-03-09T09:00:00Z') });
});

test('a silence whose date turns out to have moved is none', () => {
  const silent = () => {
    const run = following();
    run.timeComes();
    run.goesWell().timeComes();
    expect(run.at).toBe('did-we-come: person');
    run.hears('appointment-set', { ...booked, startsAt: '2026-03-10T09:00:00Z' });
    return run;
  };
  const late = silent();
  expect(late.answers({ is: 'overtaken', upTo: 1 })).toEqual(['close R1/did-we-come/1', 'find-moment visit']);
  late.goesWell();
  expect(late.state).toMatchObject({ step: 'visit', wait: { until: Date.parse('2026-03-10T13:00:00Z') } });

  const stands = silent();
  stands.answers({ is: 'opened' });
  expect(stands.at).toBe('did-we-come: person');
});
