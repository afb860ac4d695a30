import type { Asked, Closed } from '../asked.ts';

/** How a rule begins that a customer's own choice of channels makes. */
export const theirChannels = 'they asked to be reached by';

/**
 * No consent is no. An open inbound message is consent to a service in answer, on the channel it came by; a refusal
 * on record does not outweigh it, because whoever writes wants to hear. Who named the channels to be reached by is reached by those.
 */
export function consent({ row, request, now }: Asked): Closed | null {
  const { channel, purpose } = request;
  const { own, inboundOpen } = row.gates;
  const wroteHere = inboundOpen.some((open) => open.channel === channel && now < open.until);
  if (own?.channels && !own.channels.includes(channel) && !(purpose === 'service' && wroteHere))
    return { rule: `${theirChannels} ${own.channels.join(' and ')} only` };
  const said = row.gates.consents.filter((c) => c.channel === channel && c.purpose === purpose);
  if (said.length > 0 && said.every((c) => c.granted)) return null;
  if (purpose === 'service' && wroteHere) return null;
  return { rule: said.length > 0 ? `${purpose} by ${channel} was declined` : `no consent to ${purpose} by ${channel}` };
}
