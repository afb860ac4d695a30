import { journey, rule, toHuman, touch, waitAtMost, when } from './words.js';

export const yearInReview = journey('year-in-review', {
  story:
    'In December everybody sees what they did with us, except those for whom it was not a good year: the template assumes that it was.',
  entry: { audience: 'customers-of-2026', at: '2026-12-16 09:00' },
  team: 'success',
  purpose: 'marketing',
  reach: 'email',
  fate: waitAtMost('3 days', 'drop'),
  steps: [
    touch('review', {
      say: 'year-in-review',
      prefer: [
        rule('key clients hear from a person instead', when('customer.keyClient'), { fate: toHuman('success') }),
      ],
    }),
  ],
});
