import { end, escalate, journey, listen, promise, touch } from './words.js';

export const starter = journey('starter', {
  story: 'Somebody wrote to us. They hear that it arrived and when we answer; if we stay silent, a person takes it.',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  team: 'care',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: ['sms', 'email'],
  fate: 'toHuman',
  steps: [
    promise('first-answer', { due: '2 business days', keptBy: 'we-answered' }),
    touch('arrived', { say: 'inquiry-arrived' }),
    listen('our-answer', '1 business day', {
      'we-answered': [end('answered')],
      silence: [
        escalate(
          'forgotten',
          { because: 'Nobody has answered yet', within: '4 business hours' },
          { answered: [], nobody: [] },
        ),
      ],
    }),
  ],
});
