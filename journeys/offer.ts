import { end, escalate, journey, pause, rule, toHuman, touch, waitAtMost, when } from './words.js';

export const offer = journey('offer', {
  story: 'There is something we think they would like. They hear of it once, and once more before it ends, if there is room beside what matters more; then there is peace.',
  entry: { event: 'offer-ready', oncePer: 'offerId' },
  team: 'success', purpose: 'marketing', reach: ['preferred', 'email'], fate: waitAtMost('5 days', 'drop'),
  goal: 'offer-taken', exits: { 'offer-withdrawn': 'withdrawn' },
  prefer: [rule('key clients hear from the person they know', when('customer.keyClient'), { madeBy: 'human', within: '2 business days', fate: toHuman('success') })],
  steps: [
    touch('first-word', { say: 'spring-offer' }),
    pause('let-it-rest', '10 days'),
    touch('last-word', { say: 'spring-offer-ends', fate: waitAtMost('3 days', 'drop') }),
    pause('last-day', '4 days'), end('not-taken'),
  ],
  anyTime: {
    'customer-replied': [escalate('talk', { because: 'A customer answered about an offer', within: '4 business hours' }, {
      'takes it': [end('won-by-talking')], 'not now': [end('not-now')], 'just a question': [], nobody: [end('unanswered')],
    })],
  },
  expect: ['at most 2 touches in 30 days', 'no marketing while they wait'],
});
