import { describe, expect, it } from '@jest/globals';
import { inquiry } from '../../../journeys/inquiry.js';
import { offer } from '../../../journeys/offer.js';
import { justEnough } from '../../../journeys/policy.js';
import { starter } from '../../../journeys/starter.js';
import { atLeast, choose, end, journey, listen, promise, touch, when, words } from '../../../journeys/words.js';
import { testing, Untrue, type Tried } from '../../../test-kit/test.ts';

const test = testing({ words, policy: justEnough, templates: 'journeys/templates' });
const other = { inquiryId: 'i-1', topic: 'other', urgent: false } as const;

/** A service by e-mail for whoever has an inquiry. */
const byMail = {
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: 'email',
  fate: 'drop',
} as const;

const untrue = (tried: () => Tried): Untrue => {
  try {
    tried();
  } catch (error) {
    if (error instanceof Untrue) return error;
    throw error;
  }
  throw new Error('It was true.');
};

describe('A journey, tried', () => {
  it('acknowledges an inquiry, and gives it to a person when we are silent', () => {
    test(starter)
      .as({ fields: { firstName: 'Ana' } })
      .on('Fri 16:55')
      .hears('inquiry-received', other)
      .expectTouch('inquiry-arrived', { by: 'sms', saying: 'Hello Ana', at: 'Fri 16:55' })
      .expectPromise('first-answer', 'open', 'Tue 16:55')
      .expectAt('our-answer')
      .expectNoTouch()
      .silence()
      .expectPerson('care', 'Nobody has answered yet')
      .personDecides('answered')
      .expectOver('finished');
  });
  it('takes an answer that comes in time', () => {
    test(starter)
      .on('Mon 10:00')
      .hears('inquiry-received', other)
      .after('3 hours')
      .personAnswers()
      .expectOver('answered')
      .expectPromise('first-answer', 'kept')
      .expectNobodyAsked();
  });
  it('waits for the morning at night, by the clock of the customer', () => {
    test(starter)
      .as({ addresses: { sms: '+4915112345678' } })
      .on('Fri 22:30')
      .hears('inquiry-received', other)
      .expectWaiting('inquiry-arrived', 'quiet hours')
      .next()
      .expectTouch('inquiry-arrived', { at: 'Sat 08:00' });
    test(starter)
      .as({ zone: 'America/New_York', addresses: { sms: '+15005550006' } })
      .on('Fri 16:30')
      .hears('inquiry-received', other)
      .expectTouch('inquiry-arrived', { by: 'sms' });
  });
  it('says nothing that is celebratory to somebody in mourning', () => {
    test(offer)
      .on('Tue 10:00')
      .under('bereavement')
      .hears('offer-ready', { offerId: 'o-1', percent: 10 })
      .expectNoTouch()
      .expectStopped('spring-offer', 'guard');
  });
  it('gives whoever hears nothing to a person when maxSilence is over, whatever kept us silent', () => {
    const policy = { ...justEnough, theyWaitAfter: ['inquiry-received'] as const };
    const withFloor = testing({ words, policy, templates: 'journeys/templates' });
    // A word that may be dropped, and then nothing for days.
    const mute = journey('mute', {
      story: 'They hear that it arrived, if they may be told, and then nobody thinks of them.',
      ...byMail,
      steps: [
        promise('answer', { due: '9 business days', keptBy: 'we-answered' }),
        touch('arrived', { say: 'inquiry-arrived' }),
        listen('ear', '8 business days', { 'we-answered': [end('answered')], silence: [end('given-up')] }),
      ],
    });
    const stopped = () => withFloor(mute).on('Mon 10:00').saysStop().hears('inquiry-received', other);
    stopped()
      .expectNobodyAsked()
      .after('4 business hours')
      .expectPerson('care', /^They came to us \(inquiry-received\) on Mon .* and have heard nothing since\. Not sent/);
    stopped().after('3 business hours').personAnswers().after('1 business day').expectNobodyAsked();
    test(mute).on('Mon 10:00').saysStop().hears('inquiry-received', other).after('1 business day').expectNobodyAsked();
    const told = () => withFloor(mute).on('Mon 10:00').hears('inquiry-received', other);
    told().expectTouch('inquiry-arrived').after('1 business day').expectNobodyAsked();
    // Who writes to a run that hears it waits as well, whatever the policy names.
    const listening = journey('listening', {
      story: 'It hears what they write, and says nothing.',
      ...byMail,
      steps: [
        listen('ear', '5 business days', {
          'customer-replied': [listen('more', '5 business days', { 'we-answered': [], silence: [] })],
          silence: [],
        }),
      ],
    });
    test(listening)
      .on('Mon 10:00')
      .hears('inquiry-received', other)
      .replies('email')
      .expectNobodyAsked()
      .after('4 business hours')
      .expectPerson('care', /^They wrote to us on Mon .* and have heard nothing since$/);
  });
  it('says what it takes for granted only if somebody looked lately, where the policy wants that', () => {
    const careful = testing({
      words,
      policy: { ...justEnough, assumeOnlyIfChecked: { celebratory: '60 days' } },
      templates: 'journeys/templates',
    });
    const ready = { offerId: 'o-1', percent: 10 };
    careful(offer).on('Tue 10:00').hears('offer-ready', ready).expectStopped('spring-offer', 'guard');
    careful(offer)
      .on('Tue 10:00')
      .checked('celebratory')
      .after('60 days')
      .hears('offer-ready', ready)
      .expectTouch('spring-offer');
    expect(untrue(() => careful(offer).checked('celebratery')).message).toContain("'celebratory'");
  });
  it('waits for room in the budget that other journeys have used', () => {
    test(offer)
      .on('Tue 10:00')
      .touchedElsewhere('marketing', 'email')
      .touchedElsewhere('marketing', 'email')
      .touchedElsewhere('marketing', 'email')
      .expectUsed('marketing a week', 3)
      .hears('offer-ready', { offerId: 'o-1', percent: 10 })
      .expectStopped('spring-offer', 'windows');
  });
  it('takes a reply where a person has the customer as theirs, and interrupts otherwise', () => {
    test(inquiry)
      .on('Mon 10:00')
      .hears('inquiry-received', { ...other, topic: 'billing' })
      .expectTouch('inquiry-arrived')
      .replies('email')
      .expectPerson('care', 'The customer wrote again')
      .replies('email')
      .expectAt('wrote-again')
      .personDecides('answered')
      .expectAt('all-well')
      .silence()
      .expectOver('answered');
  });
  it('climbs the ladder when nobody takes it, and goes on as nobody', () => {
    test(starter)
      .on('Mon 10:00')
      .hears('inquiry-received', other)
      .silence()
      .silence()
      .expectOver('finished')
      .expectPerson('leads');
  });
  it('tells in time that it takes longer, once, and then a person has it', () => {
    test(inquiry)
      .on('Mon 10:00')
      .hears('inquiry-received', { ...other, topic: 'billing' })
      .expectTouch('inquiry-arrived')
      .on('Wed 10:00')
      .expectTouch('still-there')
      .expectTouch('one-more-day', { at: 'Tue 14:00' });
  });
  it('begins anew for another inquiry, whose message is another one', () => {
    test(starter)
      .on('Mon 10:00')
      .hears('inquiry-received', other)
      .expectTouch('inquiry-arrived')
      .personAnswers()
      .expectOver('answered')
      .hears('inquiry-received', other)
      .expectNoTouch()
      .after('2 hours')
      .hears('inquiry-received', { ...other, inquiryId: 'i-2' })
      .expectTouch('inquiry-arrived')
      .expectAt('our-answer');
  });
  it('begins again only as long after its end as its entry says', () => {
    const oncePer = { event: 'inquiry-received', oncePer: 'customer', again: 'after 30 days' } as const;
    test({ ...starter, entry: oncePer })
      .on('Mon 10:00')
      .hears('inquiry-received', other)
      .expectTouch('inquiry-arrived')
      .personAnswers()
      .expectOver('answered')
      .after('29 days')
      .hears('inquiry-received', { ...other, inquiryId: 'i-2' })
      .expectNoTouch()
      .after('1 day')
      .hears('inquiry-received', { ...other, inquiryId: 'i-3' })
      .expectTouch('inquiry-arrived');
  });
  it('chooses by how loaded the team is, too', () => {
    const busy = journey('busy', {
      story: 'Where many wait for a person, a machine says so.',
      ...byMail,
      steps: [choose('busy', when('now.tasksAhead', atLeast(5)), { yes: [end('told-to-wait')], no: [end('taken')] })],
    });
    test(busy).as({ tasksAhead: 5 }).hears('inquiry-received', other).expectOver('told-to-wait');
    test(busy).as({ tasksAhead: 4 }).hears('inquiry-received', other).expectOver('taken');
  });
  it('goes the next way when a provider surely fails', () => {
    test(starter)
      .on('Mon 10:00')
      .nextMessage('failed')
      .hears('inquiry-received', other)
      .expectTouch('inquiry-arrived', { by: 'email' });
  });
});

describe('An expectation that does not come true', () => {
  it('names what was expected, what happened instead, and the story so far', () => {
    const { message } = untrue(() =>
      test(starter)
        .on('Fri 22:30')
        .as({})
        .hears('inquiry-received', other)
        .expectTouch('inquiry-arrived', { by: 'email' }),
    );
    expect(message).toBe(
      `Expected: a touch 'inquiry-arrived' by email.
Instead:  nothing more went out; 'inquiry-arrived' waits: Deferred until Sat 7 Mar 2026 08:00 (Europe/Berlin): quiet hours 21:00–08:00 for service by sms.

The story so far (Europe/Berlin):
  Fri  6 Mar 22:30  heard    inquiry-received: inquiryId i-1, topic other, urgent false.
  Fri  6 Mar 22:30  began    starter begins.
  Fri  6 Mar 22:30  promise  Promised: we-answered by Tue 10 Mar 2026 17:00 (Europe/Berlin).
  Fri  6 Mar 22:30  touch    'inquiry-arrived' waits. Deferred until Sat 7 Mar 2026 08:00 (Europe/Berlin): quiet hours 21:00–08:00 for service by sms.
  Fri  6 Mar 22:30  waits    arrived: the message waits for its place until Sat 7 Mar 2026 08:00 (Europe/Berlin) (quiet hours).`,
    );
  });
  it('says so of what cannot happen, with the name that was meant', () => {
    expect(untrue(() => test(starter).hears('inquiry-recieved')).instead).toContain("Did you mean 'inquiry-received'?");
    expect(untrue(() => test(starter).personDecides('answered')).instead).toBe('No person was asked');
    expect(untrue(() => test(offer).under('beravement')).instead).toContain("Did you mean 'bereavement'?");
  });
  it('points at the line of the test, whether it happens or is expected there', () => {
    const wrong = [() => test(starter).personDecides('answered'), () => test(starter).expectTouch('inquiry-arrived')];
    for (const tried of wrong)
      expect((untrue(tried).stack ?? '').split('\n').find((line) => /^\s+at /.test(line))).toContain('try.test.ts');
  });
  it('is met by each expectation that is wrong', () => {
    const begun = (): Tried => test(starter).on('Mon 10:00').hears('inquiry-received', other);
    const wrong: ((tried: Tried) => Tried)[] = [
      (t) => t.expectNoTouch(),
      (t) => t.expectTouch('inquiry-arrived', { saying: 'Goodbye' }),
      (t) => t.expectTouch('inquiry-arrived', { at: 'Mon 10:01' }),
      (t) => t.expectWaiting('inquiry-arrived'),
      (t) => t.expectStopped('inquiry-arrived'),
      (t) => t.expectPerson('care'),
      (t) => t.expectAt('arrived'),
      (t) => t.expectOver(),
      (t) => t.expectPromise('first-answer', 'kept'),
      (t) => t.expectPromise('first-answer', 'open', 'Wed 11:00'),
      (t) => t.expectUsed('a week', 1),
      (t) => t.silence().expectNobodyAsked(),
      (t) => t.silence().expectPerson('care', 'Something else'),
    ];
    for (const expectation of wrong) expect(() => expectation(begun())).toThrow(Untrue);
  });
});

it('a try takes milliseconds', () => {
  const begun = performance.now();
  for (let n = 0; n < 20; n += 1)
    test(starter).on('Fri 16:55').hears('inquiry-received', other).silence().personDecides('answered').expectOver();
  expect((performance.now() - begun) / 20).toBeLessThan(50);
});
