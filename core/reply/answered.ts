/** How long after a touch an unaddressed message on its channel still counts as an answer to it. */
export const recencyMs = 3 * 24 * 60 * 60 * 1000;

export interface SentTouch {
  touchId: string;
  enrolmentId: string | null;
  taskId: string | null;
  /** The customer's address and ours: a channel, and the number or mailbox it was sent to and from. */
  channel: string;
  to: string;
  messageId: string | null;
  sentAt: number;
}

export interface Heard {
  channel: string;
  from: string;
  at: number;
  inReplyTo: string | null;
  /** Oldest first. */
  references: readonly string[];
}

/**
 * Which touch a message answers: the one it cites; where a channel has no citations, the last one sent to that number
 * within `recencyMs`. A mail that cites nothing of ours begins something new, so recency is not asked of e-mail.
 */
export function answeredTouch<T extends SentTouch>(heard: Heard, touches: readonly T[]): T | null {
  for (const cited of [heard.inReplyTo, ...[...heard.references].reverse()]) {
    const touch = cited === null ? undefined : touches.find((candidate) => candidate.messageId === cited);
    if (touch) return touch;
  }
  if (heard.channel === 'email') return null;
  return touches
    .filter((touch) => touch.channel === heard.channel && touch.to === heard.from)
    .filter((touch) => touch.sentAt <= heard.at && heard.at - touch.sentAt <= recencyMs)
    .reduce<T | null>((last, touch) => (last === null || touch.sentAt > last.sentAt ? touch : last), null);
}
