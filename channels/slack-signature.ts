/** What Slack sends us is signed: https://docs.slack.dev/authentication/verifying-requests-from-slack */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SlackSigned {
  /** As it came, byte for byte. */
  readonly body: string;
  /** X-Slack-Request-Timestamp and X-Slack-Signature. */
  readonly timestamp: string;
  readonly signature: string;
}

/** An older one may be somebody else's who has listened. */
const withinSeconds = 300;

export const slackSignature = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

/** `nowMs` is the machine's clock. */
export function isFromSlack(secret: string, { body, timestamp, signature }: SlackSigned, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > withinSeconds) return false;
  const expected = Buffer.from(slackSignature(secret, timestamp, body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
