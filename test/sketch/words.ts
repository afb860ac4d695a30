/** Our words. Journeys, policies and templates know these and no others; a new value here asks every journey what to do with it. */
import { day, id, moment, number, oneOf, person, teach, text, yesNo } from 'righttouch';

export const {
  journey, touch, listen, pause, choose, split, repeat, escalate, promise, remind, ask, question, answer, offerCall, lookUp, act, goTo, end,
  when, is, atLeast, atMost, isKnown, allOf, anyOf, not, rule, toHuman, waitAtMost, substitute, policy, window, words,
} = teach({
  events: {
    'inquiry-received': { inquiryId: id, topic: oneOf('billing', 'delivery', 'device', 'other'), urgent: yesNo },
    'appointment-set': { appointmentId: id, startsAt: moment },          // sent again whenever it moves
    'technician-named': { appointmentId: id, technician: person },       // sent again when another one comes
    'technician-left': { appointmentId: id, arrivesAt: moment }, 'visit-finished': { appointmentId: id, total: number },
    'inquiry-closed': { inquiryId: id }, 'appointment-cancelled': { appointmentId: id }, 'contract-renewed': { contractId: id }, 'contract-cancelled': { contractId: id },
    'parcel-overdue': { orderId: id, daysLate: number }, 'cart-left': { cartId: id, total: number },
  },
  causes: ['inquiry-received', 'appointment-set', 'visit-finished', 'parcel-overdue'],   // reasons to write; a cart left behind is none
  customer: {
    firstName: text, plan: oneOf('free', 'plus', 'gold'), keyClient: yesNo, renewsOn: day.optional(), device: oneOf('camera', 'printer', 'laptop').optional(), serial: text.optional(),
  },
  teams: {
    care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: ['leads'] },
    field: { open: 'Mon-Sat 07:00-19:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: ['leads'] },
    success: { open: 'Mon-Fri 09:00-18:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: ['leads'] },
    leads: { open: 'Mon-Fri 08:00-20:00', zone: 'Europe/Berlin' },
  },
  templates: [
    'inquiry-arrived', 'one-more-day', 'shall-we-call', 'still-there', 'appointment-confirmed', 'appointment-moved', 'meet-your-technician', 'see-you-tomorrow',
    'on-the-way', 'how-was-it', 'what-you-used', 'what-is-new', 'renew-in-one-click', 'renewal-talk', 'year-in-review', 'parcel-late', 'refund-made',
  ],
  audiences: ['customers-of-2026'], articles: ['help-center'],
  lookUps: { 'where-is-parcel': { needs: { orderId: id }, answers: ['on-its-way', 'lost'] } },
  actions: { 'refund-order': { needs: { orderId: id }, declines: ['too-late'] } },
  guards: { 'flood-area': ['celebratory', 'home-is-fine'], bereavement: ['celebratory', 'whole-family'] },   // what a template must not assume then
});
