/** The smallest journey with a touch and a wait, published with a policy that allows it, and a channel that costs nothing. */
import type { ChannelAdapter } from '../channels/channel.ts';
import type { Journey } from '../core/journey/table.ts';
import type { Db } from '../store/open.ts';
import { publish } from '../store/publish.ts';
import { policy, words } from '../test/store/setting.ts';

const journey: Journey = {
  format: 1,
  name: 'hello',
  team: 'care',
  entry: { event: 'came', oncePer: 'visitId' },
  exits: {},
  start: 'hello',
  anyTime: {},
  steps: {
    hello: {
      kind: 'touch',
      team: 'care',
      madeBy: 'tech',
      purpose: 'service',
      cause: 'came',
      reach: 'email',
      fate: 'drop',
      say: 'hello',
      next: 'answer',
    },
    answer: {
      kind: 'listen',
      until: '1 day',
      next: 'end:finished',
      goes: { 'we-answered': 'end:answered', silence: 'end:finished' },
    },
    'end:answered': { kind: 'end', as: 'answered', next: null },
    'end:finished': { kind: 'end', as: 'finished', next: null },
  },
  expect: [],
};

/** Takes every message at once: what is measured is what surrounds it. */
export const instant: ChannelAdapter = {
  channel: 'email',
  configured: true,
  idempotent: false,
  send: ({ touchId }) =>
    Promise.resolve({ result: 'sent', providerId: touchId, messageId: `<${touchId}>`, at: Date.now() }),
  close: () => Promise.resolve(),
};

export async function publishHello(db: Db): Promise<void> {
  await publish(db, {
    words: { ...words, causes: ['came'] },
    policy: { ...policy, name: 'bench' },
    templates: [
      {
        name: 'hello',
        locale: 'en',
        purpose: 'service',
        assumes: [],
        needs: [],
        channels: { email: { subject: 'Hello' } },
        body: 'Hello.',
      },
    ],
    journeys: [{ definition: journey }],
    by: 'bench',
    now: Date.now(),
  });
}
