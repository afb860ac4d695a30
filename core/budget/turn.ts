/** One touch is one contact: what is said within a conversation is a turn of it, and free. */
import { minuteMs } from '../calendar/zone.ts';
import type { TouchRequest } from './decision.ts';
import type { RecentTouch } from './row.ts';

/** Somebody who wrote so recently is in a conversation with us, and what we say is a turn of it. */
const turnWithinMs = 10 * minuteMs;

/**
 * An answer to somebody who has just written, or a further message in a chat session, which lasts for as long as no ten
 * minutes pass without a word. A call is one touch, whatever is said in it. An advertisement is never a turn.
 */
export function isTurn(request: TouchRequest, recent: readonly RecentTouch[], now: number): boolean {
  if (request.purpose === 'marketing') return false;
  if (request.answersInboundAt !== undefined && now - request.answersInboundAt <= turnWithinMs) return true;
  return request.channel === 'chat' && recent.some((touch) => isOfSession(touch, now));
}

const isOfSession = ({ channel, state, at }: RecentTouch, now: number): boolean =>
  channel === 'chat' && state !== 'reserved' && now - at <= turnWithinMs;
