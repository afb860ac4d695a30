/** Our words. Journeys, policies and templates know these and no others; a new value here asks every journey what to do with it. */
import { business, day, id, ladder, moment, named, number, oneOf, team, teach, text, yesNo } from 'righttouch';

/** Who is asked if a team does not take a task in time: first those above, then one of us by name, until somebody acts. */
const upwards = ladder([{ to: team('leads'), within: business('2 hours') }, { to: named('Jo Meyer'), within: business('1 hour') }]);

export const {
  journey, touch, listen, pause, choose, split, repeat, escalate, promise, remind, lookUp, act, goTo, end,
  when, is, atLeast, atMost, isKnown, allOf, anyOf, not, rule, toHuman, waitAtMost, substitute, policy, window, words,
} = teach({
  events: {
    'inquiry-received': { inquiryId: id, topic: oneOf('billing', 'delivery', 'device', 'other'), urgent: yesNo },
    'inquiry-closed': { inquiryId: id },
    'offer-ready': { offerId: id, percent: number },
    'offer-taken': { offerId: id },
    'offer-withdrawn': { offerId: id },
    'appointment-set': { appointmentId: id, startsAt: moment }, // sent again whenever it moves
    'technician-left': { appointmentId: id, arrivesAt: moment },
    'visit-finished': { appointmentId: id, total: number },
    'appointment-cancelled': { appointmentId: id },
    'parcel-overdue': { orderId: id, daysLate: number },
    'contract-renewed': { contractId: id },
    'contract-cancelled': { contractId: id },
  },
  causes: ['inquiry-received', 'appointment-set', 'parcel-overdue'], // reasons to write; an offer we made up is none
  customer: { firstName: text, plan: oneOf('free', 'plus', 'gold'), keyClient: yesNo.optional(), renewsOn: day.optional() },
  teams: {
    care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: upwards },
    field: { open: 'Mon-Sat 07:00-19:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: upwards },
    success: { open: 'Mon-Fri 09:00-18:00', zone: 'Europe/Berlin', holidays: 'DE', ladder: upwards },
    leads: { open: 'Mon-Fri 08:00-20:00', zone: 'Europe/Berlin' },
  },
  templates: [
    'inquiry-arrived', 'one-more-day', 'still-there', 'spring-offer', 'spring-offer-ends',
    'appointment-confirmed', 'appointment-moved', 'see-you-tomorrow', 'on-the-way', 'how-was-it', 'thanks-for-the-visit', 'parcel-late', 'refund-made',
    'what-you-used', 'what-is-new', 'renew-in-one-click', 'renewal-talk', 'year-in-review',
  ],
  audiences: ['customers-of-2026'],
  lookUps: { 'where-is-parcel': { needs: { orderId: id }, answers: ['on-its-way', 'lost'] } },
  actions: { 'refund-order': { needs: { orderId: id }, declines: ['too-late'] } },
  guards: { bereavement: ['celebratory'], 'flood-area': ['celebratory', 'home-is-fine'] }, // what a template must not assume then
});
