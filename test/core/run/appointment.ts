/** The appointment of the language document; whom it introduces is not the reducer's business. */
import { atLeast, choose, end, escalate, goTo, journey, listen, pause, touch, waitAtMost, when } from './words.ts';

export const appointment = journey('appointment', {
  story: 'A visit is booked. The customer knows who comes, and hears of every change.',
  entry: { event: 'appointment-set', oncePer: 'appointmentId' },
  team: 'field',
  purpose: 'service',
  cause: 'appointment-set',
  reach: ['sms', 'email'],
  fate: 'toHuman',
  exits: { 'appointment-cancelled': 'cancelled' },
  steps: [
    touch('confirmed', { say: 'hello' }),
    pause('day-before', '1 day before appointment-set.startsAt', { missed: [goTo('visit')] }),
    touch('see-you', { say: 'see-you-tomorrow', fate: waitAtMost('12 hours', 'drop') }),
    listen('visit', '4 hours after appointment-set.startsAt', {
      'visit-finished': [],
      silence: [
        escalate(
          'did-we-come',
          { because: 'Nobody reported the visit', within: '2 business hours' },
          {
            'we came': [],
            'we did not come': [
              escalate(
                'sorry',
                { because: 'We did not come', within: '1 business hour', team: 'leads' },
                { 'made good': [end('made-good')], nobody: [end('broken')] },
              ),
            ],
            nobody: [goTo('sorry')],
          },
        ),
      ],
    }),
    choose('worth-a-call', when('visit-finished.total', atLeast(500)), {
      yes: [
        touch('thanks', {
          say: 'how-was-it',
          purpose: 'relationship',
          madeBy: 'human',
          within: '2 business days',
          reach: 'voice',
          fate: 'drop',
        }),
      ],
      no: [touch('how-was-it', { say: 'how-was-it', fate: waitAtMost('3 days', 'drop') })],
    }),
  ],
  anyTime: {
    'appointment-set': [touch('moved', { say: 'moved' }), goTo('day-before')],
    'technician-named': [touch('meet', { say: 'meet-your-technician', fate: waitAtMost('12 hours', 'drop') })],
    'technician-left': [touch('on-the-way', { say: 'on-the-way', reach: 'sms', fate: 'drop' })],
  },
});
