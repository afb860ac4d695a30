import { atLeast, choose, end, escalate, goTo, journey, listen, pause, remind, touch, waitAtMost, when } from './words.js';

export const appointment = journey('appointment', {
  story: 'A visit is booked. The customer knows when we come, is reminded the day before, and hears of every change; if nobody reports the visit, a person asks.',
  entry: { event: 'appointment-set', oncePer: 'appointmentId' },
  team: 'field', purpose: 'service', cause: 'appointment-set', reach: ['sms', 'email'], fate: 'toHuman',
  exits: { 'appointment-cancelled': 'cancelled' },
  steps: [
    touch('confirmed', { say: 'appointment-confirmed' }),
    remind('parts-on-board', { at: '2 days before appointment-set.startsAt at 09:00', about: 'Are all parts for this visit in the van?' }),
    pause('day-before', '1 day before appointment-set.startsAt', { missed: [goTo('visit')] }),
    touch('see-you', { say: 'see-you-tomorrow', fate: waitAtMost('12 hours', 'drop') }),
    listen('visit', '4 hours after appointment-set.startsAt', {
      'visit-finished': [],
      silence: [escalate('did-we-come', { because: 'Nobody reported the visit', within: '2 business hours' }, {
        'we came': [],
        'we did not come': [escalate('sorry', { because: 'We did not come', within: '1 business hour', team: 'leads' }, { 'made good': [end('made-good')], nobody: [end('broken')] })],
        nobody: [goTo('sorry')],
      })],
    }),
    choose('worth-a-call', when('visit-finished.total', atLeast(500)), {
      yes: [touch('thanks', { say: 'thanks-for-the-visit', purpose: 'relationship', madeBy: 'human', within: '2 business days', reach: 'voice', fate: 'drop' })],
      no: [touch('how-was-it', { say: 'how-was-it', purpose: 'marketing', reach: 'email', fate: waitAtMost('3 days', 'drop') })],
    }),
  ],
  anyTime: {
    // Set again means moved. The waits and the note above follow the new time by themselves; here we say so, and remind anew.
    'appointment-set': [touch('moved', { say: 'appointment-moved' }), goTo('day-before')],
    'technician-left': [touch('on-the-way', { say: 'on-the-way', reach: 'sms', fate: 'drop' })],
  },
  expect: ['a person is reachable from every message', 'no marketing while they wait'],
});
