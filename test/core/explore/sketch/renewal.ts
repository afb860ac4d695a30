import {
  choose,
  end,
  escalate,
  journey,
  pause,
  remind,
  repeat,
  split,
  toHuman,
  touch,
  waitAtMost,
  when,
} from './words.js';

export const renewal = journey('renewal', {
  story:
    'A contract ends in two months. Key clients hear from the person they know; others get a few hints, and peace as soon as they renew.',
  entry: { date: '60 days before customer.renewsOn at 10:00' },
  team: 'success',
  purpose: 'marketing',
  reach: ['preferred', 'email'],
  fate: waitAtMost('5 days', 'drop'),
  goal: 'contract-renewed',
  exits: { 'contract-cancelled': 'cancelled' },
  steps: [
    choose('key-client', when('customer.keyClient'), {
      yes: [
        touch('talk', {
          say: 'renewal-talk',
          purpose: 'relationship',
          madeBy: 'human',
          within: '5 business days',
          reach: ['voice', 'email'],
          fate: toHuman('leads'),
        }),
        remind('terms', { at: '3 weeks before customer.renewsOn', about: 'Are the terms agreed?' }),
      ],
      no: [
        split('first-hint', '45/45/10', {
          'what they used': [touch('used', { say: 'what-you-used' })],
          'what is new': [touch('new', { say: 'what-is-new' })],
          nothing: [],
        }),
        pause('let-it-rest', '3 weeks'),
        repeat('hints', { times: 2, every: '10 days' }, [
          touch('renew', { say: 'renew-in-one-click', fate: waitAtMost('3 days', 'drop') }),
        ]),
      ],
    }),
    pause('last-day', 'customer.renewsOn'),
    end('not-renewed'),
  ],
  anyTime: {
    'customer-replied': [
      escalate(
        'talk-now',
        { because: 'A customer answered about the renewal', within: '4 business hours' },
        {
          'will renew': [end('won-by-talking')],
          'not now': [end('not-now')],
          'just a question': [],
          nobody: [end('unanswered')],
        },
      ),
    ],
  },
  expect: ['at most 3 touches in 30 days', 'no marketing while they wait'],
});
