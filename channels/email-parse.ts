import { createHash } from 'node:crypto';
import { type ParsedMail, simpleParser } from 'mailparser';
import { readAddress } from './address.ts';
import { readBounce, reportType } from './bounce.ts';
import type { Inbound } from './channel.ts';
import { readMessageIds } from './message-id.ts';
import { ownWords } from './quoted.ts';
import { isStopMail } from './stop-words.ts';

/** Who handed a mail to whom, as SMTP said it: `sender` is empty for what must never be answered. */
export interface Envelope {
  sender: string;
  recipient: string;
}

/** @param at epoch ms */
export async function parseMail(raw: Buffer, envelope: Envelope, at: number): Promise<Inbound> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipTextToHtml: true,
    keepCidLinks: true,
    maxHtmlLengthToParse: 500_000,
    maxChildNodes: 100,
    checksumAlgo: false,
  });
  const fullText = mail.text ?? '';
  const text = ownWords(fullText);
  const bounceOf = readBounce(mail);
  const key = readMessageIds(mail.messageId)[0] ?? `<${createHash('sha256').update(raw).digest('hex')}@no-message-id>`;
  return {
    channel: 'email',
    kind: bounceOf ? 'bounce' : kindOf(mail, envelope, text),
    providerKey: key,
    from: addressOr(mail.from?.value[0]?.address ?? envelope.sender),
    to: addressOr(envelope.recipient),
    messageId: key,
    inReplyTo: readMessageIds(mail.inReplyTo)[0] ?? null,
    references: readMessageIds(mail.references),
    subject: mail.subject ?? null,
    text,
    fullText,
    at,
    bounceOf,
  };
}

/** STOP comes first: mail programs that unsubscribe by themselves rightly say that a machine wrote it, and it counts all the same. */
function kindOf(mail: ParsedMail, envelope: Envelope, ownText: string): 'message' | 'auto-reply' | 'stop' {
  if (isStopMail(mail.subject ?? null, ownText)) return 'stop';
  return isFromMachine(mail, envelope) ? 'auto-reply' : 'message';
}

/** RFC 3834, section 2, and what was in use before it and beside it. */
function isFromMachine(mail: ParsedMail, envelope: Envelope): boolean {
  const said = (name: string) => {
    const value = mail.headers.get(name);
    return typeof value === 'string' ? value.trim().toLowerCase() : value === undefined ? null : '';
  };
  const autoSubmitted = said('auto-submitted');
  if (autoSubmitted !== null && !/^no\b/.test(autoSubmitted)) return true;
  if (['bulk', 'junk', 'list', 'auto_reply'].includes(said('precedence') ?? '')) return true;
  if (['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'].some((name) => said(name) !== null)) return true;
  if (reportType(mail) !== null) return true;
  const author = mail.from?.value[0]?.address ?? '';
  return envelope.sender === '' || /^(mailer-daemon|postmaster|no-?reply)@/i.test(author);
}

/** Read like every other address, so that it meets the customer's record; kept as it came where it cannot be. */
function addressOr(raw: string): string {
  const read = readAddress('email', raw);
  return read.ok ? read.address : raw;
}
