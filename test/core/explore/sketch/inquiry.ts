import {
  answer,
  anyOf,
  ask,
  atLeast,
  choose,
  end,
  escalate,
  goTo,
  is,
  journey,
  listen,
  offerCall,
  promise,
  question,
  rule,
  touch,
  when,
} from './words.js';

export const inquiry = journey('inquiry', {
  story:
    'Somebody wrote to us. They hear that it arrived, when we answer, and whether this is the right way. What we know we say; the rest a person does.',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: ['wrote-on', 'preferred', 'sms', 'email'],
  fate: 'toHuman',
  quiet: 'next-channel',
  exits: { 'inquiry-closed': 'closed' },
  steps: [
    promise('first-answer', {
      due: '2 business days',
      keptBy: ['we-answered', 'inquiry-closed'],
      renew: { say: 'one-more-day', ahead: '4 business hours', more: '1 business day', times: 1 },
    }),
    touch('arrived', { say: 'inquiry-arrived' }), // it is here · when you hear from us · is this the right way
    choose('straight-to-a-person', anyOf(when('inquiry-received.urgent'), when('customer.plan', is('gold'))), {
      yes: [goTo('person')],
      no: [],
    }),
    ask(
      'about-it',
      {
        waits: '1 hour',
        questions: [
          question('customer.device', 'Which device is it about?'), // the choices are the field's
          question('customer.serial', 'What does the label underneath say?', {
            only: when('customer.device', is('printer')),
          }),
        ],
      },
      { lost: [goTo('person')], silence: [] },
    ),
    answer(
      'from-articles',
      { from: 'help-center', sureAt: 0.8, waits: '4 hours' },
      {
        helped: [end('answered-by-article')],
        silence: [],
        unsure: [goTo('person')], // in a chat: a person, in the same window
      },
    ),
    choose('is-a-call-faster', when('now.fastest', is('voice')), {
      no: [],
      yes: [
        offerCall(
          'call',
          { say: 'shall-we-call', slots: 3, length: '15 minutes', waits: '4 hours' },
          { talked: [end('answered')], declined: [], missed: [], silence: [] },
        ),
      ],
    }),
    escalate(
      'person',
      { because: 'An inquiry needs a person', within: '4 business hours' },
      {
        answered: [],
        nobody: [end('unanswered')], // the task stays open, and the promise keeps its own clock
        'wrong team': [
          escalate(
            'right-team',
            { because: 'Care passed this on', within: '2 business hours', team: 'leads' },
            { answered: [], nobody: [end('unanswered')] },
          ),
        ],
      },
    ),
    listen('all-well', '2 days', {
      'customer-replied': [goTo('person')],
      silence: [
        touch('still-there', {
          say: 'still-there',
          fate: 'drop',
          prefer: [
            rule('gold customers get a person', when('customer.plan', is('gold')), {
              madeBy: 'human',
              within: '1 business day',
            }),
            rule('second failure: a person', when('run.failures', atLeast(2)), {
              madeBy: 'human',
              within: '4 business hours',
            }),
            rule('the phone is faster right now', when('now.fastest', is('voice')), { reach: ['voice', 'wrote-on'] }),
          ],
        }),
      ],
    }),
  ],
  anyTime: {
    'we-answered': [goTo('all-well')],
    'customer-replied': [
      escalate(
        'wrote-again',
        { because: 'The customer wrote again', within: '2 business hours' },
        {
          answered: [goTo('all-well')],
          'hand back': [],
          nobody: [end('unanswered')],
        },
      ),
    ],
  },
  expect: [
    'a person is reachable from every message',
    'never silent for longer than 2 business days while they wait',
    'at most 6 touches in 7 days',
    'nobody is asked twice',
  ],
});
