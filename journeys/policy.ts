import { policy, window } from './words.js';

/** Just enough touch: what we allow ourselves, and what nobody who waits has to bear. */
export const justEnough = policy('just-enough', {
  team: 'success', // hears when a soft cap is passed
  cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
  windows: [
    window('a week', { atMost: 10, in: '7 days', keep: { cost: 4, for: ['service', 'relationship'] } }),
    window('marketing a week', { atMost: 3, in: '7 days', purposes: ['marketing'] }),
    window('texts a day', { atMost: 4, in: 'calendar day', channels: ['sms', 'whatsapp'] }),
    window('services a week', { atMost: 8, in: '7 days', purposes: ['service'], over: 'alert' }),
    window('a day', { atMost: 6, in: '24 hours', keep: { cost: 5, for: ['service', 'relationship'] } }),
  ],
  spacing: [{ apart: '1 hour', purposes: ['service'] }, { apart: '36 hours', purposes: ['marketing'] }],
  quiet: [
    { from: '21:00', to: '08:00', channels: ['sms', 'whatsapp', 'voice', 'push'] },
    { from: '00:00', to: '24:00', on: ['Sunday'], channels: ['voice'] },
    { from: '20:00', to: '09:00', purposes: ['marketing'] },
  ],
  first: ['service', 'relationship', 'marketing'],
  risesEvery: '3 days', // who waits moves up, so that nobody waits for ever
  unknownIsSentAfter: '3 days', // where neither a receipt nor a look-up tells whether it went out
  maxSilence: '4 business hours', holdAtMost: '2 business days', less: { atMost: 1, in: '30 days', for: '90 days' },
});
