/** How a person can write to a customer from here. */
import type { Channel } from '../../core/journey/channels.ts';
import type { Customer } from '../customers.ts';

export interface Way {
  readonly channel: Channel;
  readonly address: string;
}

const written = ['email', 'sms'] as const;

/** First where they wrote; then what they prefer; then what they have. One for each channel. */
export function waysTo({ wroteOn, preferredChannel, addresses }: Customer): Way[] {
  const inOrder = new Set([wroteOn, preferredChannel, ...written]);
  return [...inOrder].flatMap((channel) => {
    const found = written.some((one) => one === channel) && addresses.find((one) => one.channel === channel);
    return found ? [{ channel: found.channel, address: found.address }] : [];
  });
}
