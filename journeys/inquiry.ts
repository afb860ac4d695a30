import { anyOf, atLeast, choose, end, escalate, goTo, is, journey, listen, promise, rule, touch, when } from './words.js';

export const inquiry = journey('inquiry', {
  story: 'Somebody wrote to us. They hear that it arrived, when we answer, and whether this is the right way. Nobody is left in silence: after one more word from us, a person takes it.',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId', only: when('inquiry-received.topic', is('billing', 'delivery', 'device')) }, // the rest is the starter's
  team: 'care', purpose: 'service', cause: 'inquiry-received', reach: ['wrote-on', 'preferred', 'email', 'sms'], fate: 'toHuman', quiet: 'next-channel',
  exits: { 'inquiry-closed': 'closed' },
  steps: [
    promise('first-answer', { due: '2 business days', keptBy: ['we-answered', 'inquiry-closed'], renew: { say: 'one-more-day', ahead: '4 business hours', more: '1 business day', times: 1 } }),
    touch('arrived', { say: 'inquiry-arrived' }), // it is here · when you hear from us · is this the right way
    choose('straight-to-a-person', anyOf(when('inquiry-received.urgent'), when('customer.plan', is('gold'))), { yes: [goTo('person')], no: [] }),
    listen('our-answer', '1 business day', {
      'we-answered': [goTo('all-well')],
      silence: [touch('still-here', { say: 'still-there', reach: ['sms', 'email'], prefer: [
        rule('after two failures a person writes', when('run.failures', atLeast(2)), { madeBy: 'human', within: '4 business hours' }),
        rule('key clients hear from a person', when('customer.keyClient'), { madeBy: 'human', within: '4 business hours' }),
      ] })],
    }),
    listen('our-answer-still', '1 business day', { 'we-answered': [goTo('all-well')], silence: [] }),
    escalate('person', { because: 'An inquiry needs a person', within: '4 business hours' }, {
      answered: [], nobody: [end('unanswered')], // the task stays open, and the promise keeps its own clock
      'wrong team': [escalate('right-team', { because: 'Care passed this on', within: '2 business hours', team: 'leads' }, { answered: [], nobody: [end('unanswered')] })],
    }),
    listen('all-well', '2 days', { 'customer-replied': [goTo('person')], silence: [end('answered')] }),
  ],
  anyTime: {
    'customer-replied': [escalate('wrote-again', { because: 'The customer wrote again', within: '2 business hours' }, {
      answered: [goTo('all-well')], 'hand back': [], nobody: [end('unanswered')],
    })],
  },
  expect: ['a person is reachable from every message', 'never silent for longer than 2 business days while they wait', 'at most 6 touches in 7 days'],
});
