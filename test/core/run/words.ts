/** A company's words, for the journeys that the reducer is tried with. */
import { day, id, moment, number, oneOf, teach, yesNo } from '../../../righttouch.ts';

export const {
  journey,
  touch,
  listen,
  pause,
  choose,
  escalate,
  promise,
  goTo,
  end,
  when,
  is,
  split,
  repeat,
  remind,
  ask,
  question,
  answer,
  offerCall,
  lookUp,
  act,
} = teach({
  events: {
    'inquiry-received': { inquiryId: id, urgent: yesNo },
    'inquiry-closed': { inquiryId: id },
    'inquiry-solved': { inquiryId: id },
    'parcel-left': { inquiryId: id },
    'appointment-set': { appointmentId: id, startsAt: moment },
    'technician-named': { appointmentId: id },
    'technician-left': { appointmentId: id },
    'visit-finished': { appointmentId: id, total: number },
  },
  causes: ['inquiry-received', 'appointment-set'],
  customer: { plan: oneOf('free', 'gold'), renewsOn: day.optional(), device: oneOf('camera', 'printer').optional() },
  teams: {
    care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' },
    leads: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' },
  },
  templates: ['hello', 'still-there', 'moved', 'meet-your-technician', 'see-you-tomorrow', 'on-the-way'],
  articles: ['help-center'],
  lookUps: { 'where-is-parcel': { needs: { inquiryId: id }, answers: ['on-its-way', 'lost'] } },
  actions: { 'refund-order': { needs: { inquiryId: id }, declines: ['too-late'] } },
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
