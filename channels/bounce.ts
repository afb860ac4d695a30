import type { ParsedMail } from 'mailparser';
import type { Inbound } from './channel.ts';
import { readMessageIds } from './message-id.ts';

/**
 * What a delivery status notification (RFC 3464) is about; null where the mail is none. `keepDeliveryStatus` must have
 * been set for the parser. A receipt that somebody read a mail is a report too, but no bounce.
 */
export function readBounce(mail: ParsedMail): Inbound['bounceOf'] {
  if (reportType(mail) !== 'delivery-status') return null;
  const status = partOf(mail, 'message/delivery-status') ?? '';
  const code = /^Status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(status)?.[1] ?? null;
  const failed = /^Action:\s*failed/im.test(status);
  return { messageId: originalMessageId(mail), permanent: failed && (code === null || code.startsWith('5')), code };
}

export function reportType(mail: ParsedMail): string | null {
  const contentType = mail.headers.get('content-type');
  if (typeof contentType !== 'object' || !('params' in contentType) || contentType.value !== 'multipart/report')
    return null;
  const { 'report-type': type } = contentType.params as Record<string, string | undefined>;
  return (type ?? 'delivery-status').toLowerCase();
}

/** The bounced mail comes back whole, or its headers alone; some servers only cite it. */
function originalMessageId(mail: ParsedMail): string | null {
  const original =
    partOf(mail, 'message/rfc822') ?? partOf(mail, 'text/rfc822-headers') ?? partOf(mail, 'message/global');
  const head = original?.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const [own] = readMessageIds(/^Message-ID:(.*)$/im.exec(head)?.[1]);
  return own ?? readMessageIds(mail.inReplyTo)[0] ?? readMessageIds(mail.references).at(-1) ?? null;
}

function partOf(mail: ParsedMail, contentType: string): string | undefined {
  return mail.attachments.find((part) => part.contentType === contentType)?.content.toString('utf8');
}
