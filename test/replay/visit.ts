/** A journey with what the samples' recorded stories pass by: a split, a followed date, a note, a repeat, an interruption that takes the story back. */
import { end, goTo, journey, listen, pause, remind, repeat, split, touch } from '../../journeys/words.js';

export const visit = journey('visit', {
  story: 'A visit is booked, and moved.',
  entry: { event: 'appointment-set', oncePer: 'appointmentId' },
  team: 'field',
  purpose: 'service',
  cause: 'appointment-set',
  reach: 'email',
  fate: 'drop',
  goal: 'contract-renewed',
  exits: { 'appointment-cancelled': 'cancelled' },
  steps: [
    split('word', '50/50', { 'a word': [touch('confirmed', { say: 'appointment-confirmed' })], nothing: [] }),
    pause('day-before', '1 day before appointment-set.startsAt', { missed: [] }),
    remind('prepared', { at: '1 hour', about: 'Is everything in the car?' }),
    repeat('twice', { times: 2, every: '3 hours' }, [touch('reminder', { say: 'appointment-confirmed' })]),
    listen('seen', '2 days', { 'visit-finished': [], silence: [end('unseen')] }),
  ],
  anyTime: { 'appointment-set': [touch('moved', { say: 'appointment-moved' }), goTo('day-before')] },
});

/** Its next version, which somebody who waits for the day is taken to. */
export const shorterVisit = journey('visit', {
  story: 'A visit is booked.',
  entry: { event: 'appointment-set', oncePer: 'appointmentId' },
  team: 'field',
  purpose: 'service',
  cause: 'appointment-set',
  reach: 'email',
  fate: 'drop',
  steps: [
    pause('until-then', 'appointment-set.startsAt', { missed: [] }),
    listen('seen', '4 hours', { 'visit-finished': [], silence: [end('unseen')] }),
  ],
});
