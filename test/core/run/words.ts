/** A company's words, for the journeys that the reducer is tried with. */
import { id, moment, number, oneOf, teach, yesNo } from '../../../righttouch.ts';

export const { journey, touch, listen, pause, choose, escalate, promise, goTo, end, when, is, atLeast, waitAtMost } =
  teach({
    events: {
      'inquiry-received': { inquiryId: id, urgent: yesNo },
      'inquiry-closed': { inquiryId: id },
      'inquiry-solved': { inquiryId: id },
      'parcel-left': { inquiryId: id },
      'appointment-set': { appointmentId: id, startsAt: moment },
      'technician-named': { appointmentId: id },
      'technician-left': { appointmentId: id },
      'visit-finished': { appointmentId: id, total: number },
      'appointment-cancelled': { appointmentId: id },
    },
    causes: ['inquiry-received', 'appointment-set'],
    customer: { plan: oneOf('free', 'gold') },
    teams: {
      care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' },
      field: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' },
      leads: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' },
    },
    templates: [
      'hello',
      'still-there',
      'moved',
      'meet-your-technician',
      'see-you-tomorrow',
      'on-the-way',
      'how-was-it',
    ],
    guards: {},
  });

/** The manners of most journeys here. */
export const manners = {
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: ['sms', 'email'],
  fate: 'toHuman',
} as const;
