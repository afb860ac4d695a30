/** The fastest way to us: found from the channels there are, and said by templates. */
import type { Channel } from './channels.ts';

/** While somebody is there, the most direct channel there is; otherwise the one that waits best. */
export function fastest(configured: readonly Channel[], isTeamOpen: boolean): Channel | undefined {
  const inOrder = isTeamOpen ? (['chat', 'voice', 'sms', 'email'] as const) : (['email', 'sms'] as const);
  return inOrder.find((channel) => configured.includes(channel));
}

export const sayRightWay = (configured: readonly Channel[], isTeamOpen: boolean): string =>
  fastest(configured, isTeamOpen) === 'voice'
    ? 'The phone is faster just now: shall we call you?'
    : 'This is the right place.';
