import { act, end, escalate, goTo, journey, lookUp, touch } from './words.js';

export const lateParcel = journey('late-parcel', {
  story: 'A parcel is late, and we know before they ask: we say so, or give the money back.',
  entry: { event: 'parcel-overdue', oncePer: 'orderId' },
  team: 'care',
  purpose: 'service',
  cause: 'parcel-overdue',
  reach: ['preferred', 'sms', 'email'],
  fate: 'toHuman',
  steps: [
    lookUp(
      'parcel',
      { find: 'where-is-parcel', with: { orderId: 'parcel-overdue.orderId' } },
      {
        'on-its-way': [touch('late', { say: 'parcel-late' }), end('told')],
        lost: [],
        unsure: [goTo('person')],
      },
    ),
    act(
      'refund',
      { do: 'refund-order', with: { orderId: 'parcel-overdue.orderId' } },
      { 'too-late': [goTo('person')], failed: [goTo('person')] },
    ),
    touch('refunded', { say: 'refund-made' }),
    end('refunded'),
    // After an end: reached by goTo only.
    escalate(
      'person',
      { because: 'A parcel is lost and not refunded', within: '2 business hours' },
      { 'made good': [end('made-good')], nobody: [end('broken')] },
    ),
  ],
});
