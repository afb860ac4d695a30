import type { Customer } from '../answers.ts';

const written = ['email', 'sms'] as const;

/** Channels by which they can be written to from here: first where they wrote, then what they prefer, then what they have. */
export function waysTo({ wroteOn, preferredChannel, addresses }: Customer): (typeof written)[number][] {
  const inOrder = new Set([wroteOn, preferredChannel, ...written]);
  return [...inOrder].flatMap((channel) => {
    const way = written.find((one) => one === channel);
    return way !== undefined && addresses.some((one) => one.channel === way) ? [way] : [];
  });
}
