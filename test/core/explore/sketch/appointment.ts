import { atLeast, choose, end, escalate, goTo, journey, listen, pause, touch, waitAtMost, when } from './words.js';

export const appointment = journey('appointment', {
  story:
    'A visit is booked. Before anybody rings the bell the customer knows who comes, with a face and a name, and hears of every change.',
  entry: { event: 'appointment-set', oncePer: 'appointmentId' },
  team: 'field',
  purpose: 'service',
  cause: 'appointment-set',
  reach: ['sms', 'email'],
  fate: 'toHuman',
  exits: { 'appointment-cancelled': 'cancelled' },
  steps: [
    touch('confirmed', { say: 'appointment-confirmed' }),
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
      no: [
        touch('how-was-it', {
          say: 'how-was-it',
          purpose: 'marketing',
          reach: 'email',
          fate: waitAtMost('3 days', 'drop'),
        }),
      ],
    }),
  ],
  anyTime: {
    // Set again means moved. The waits above follow the new time by themselves; here we say so, and remind anew.
    'appointment-set': [touch('moved', { say: 'appointment-moved' }), goTo('day-before')],
    // Once per pair: the same technician named again says nothing; another one is introduced, with a word about the change.
    'technician-named': [
      touch('meet', {
        say: 'meet-your-technician',
        introduces: 'technician-named.technician',
        fate: waitAtMost('12 hours', 'drop'),
      }),
    ],
    'technician-left': [touch('on-the-way', { say: 'on-the-way', reach: 'sms', fate: 'drop' })],
  },
  expect: ['a person is reachable from every message', 'no marketing while they wait'],
});
