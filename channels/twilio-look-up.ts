import type { LookedUp, ReceiptStatus, Uncertain } from './channel.ts';
import type { TwilioClient } from './sms-twilio.ts';

/** How far Twilio's clock and ours may be apart, and how fine its own instants are. */
const skewMs = 2 * 60_000;
/** How long after we gave up a message may still appear in the list. */
export const settlesWithinMs = 15 * 60_000;
/** One page, newest first. It is long enough unless it ends within the window. */
const pageSize = 200;

/**
 * What became of a text whose answer never came. Twilio keeps no key of ours, so it is searched for: all messages to that
 * number that were made around then, less those known to be other touches.
 *
 * - `found`: exactly one of them says this text.
 * - `absent`: there is none at all, the list goes back to before it was made, and 15 minutes have passed. Only this allows
 *   sending it again.
 * - `unsure`: everything else. Two that say the same; one that says something else, which may be this text as a trial
 *   account or a messaging service changed it.
 *
 * They are listed without a DateSent filter: what is still queued has no date of sending, and would be overlooked.
 */
export async function lookUpMessage(client: TwilioClient, touch: Uncertain, now: number): Promise<LookedUp> {
  const page = await client.messages.page({ to: touch.to, pageSize }).catch(() => null);
  if (page === null) return { result: 'unsure', because: 'Twilio did not answer' };
  const from = touch.sentAfter - skewMs;
  const isWhole =
    page.nextPageUrl === undefined || page.instances.some((message) => message.dateCreated.getTime() < from);

  const others = new Set(touch.others);
  const around = page.instances.filter((message) => {
    const madeAt = message.dateCreated.getTime();
    return madeAt >= from && madeAt <= touch.sentBefore + settlesWithinMs;
  });
  const candidates = around.filter((message) => message.direction !== 'inbound' && !others.has(message.sid));
  const same = candidates.filter((message) => plain(message.body) === plain(touch.text));
  const [found] = same;
  if (found && same.length === 1)
    return { result: 'found', providerId: found.sid, status: statusOf(found.status) ?? 'sent' };
  if (same.length > 1) return { result: 'unsure', because: `${String(same.length)} messages say the same` };
  if (candidates.length > 0) return { result: 'unsure', because: 'A message we cannot place went to that number then' };
  if (!isWhole) return { result: 'unsure', because: 'Too many messages went to that number' };
  if (now < touch.sentBefore + settlesWithinMs) return { result: 'unsure', because: 'It may still appear' };
  return { result: 'absent' };
}

const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Twilio's word for where a message is, as a receipt's; null while it is on its way to being sent. */
export function statusOf(said: string): ReceiptStatus | null {
  switch (said) {
    case 'sent':
    case 'partially_delivered':
      return 'sent';
    case 'delivered':
    case 'read':
      return 'delivered';
    case 'undelivered':
      return 'undelivered';
    case 'failed':
    case 'canceled':
      return 'failed';
    default:
      return null;
  }
}
