import type { SendMailOptions } from 'nodemailer';
import { readAddress } from './address.ts';
import type { Outgoing } from './channel.ts';
import { textToHtml } from './html.ts';
import { messageIdOf, readMessageIds } from './message-id.ts';

export interface EmailIdentity {
  from: { name?: string; address: string };
  /** Where answers go: an address our own listener takes mail for. The sender's, where it is missing. */
  replyTo?: string;
  /** The right side of our Message-IDs; see `touchOf`. */
  messageIdDomain: string;
}

export type ComposedMail = { ok: true; options: SendMailOptions } | { ok: false; problem: string };

/**
 * A touch as a mail. Nothing that comes from a customer, a template or an agent can add a header or a recipient: addresses
 * are read as one address each and handed over as such, Message-IDs are picked out by shape, and a subject is one line.
 */
export function composeMail(message: Outgoing, identity: EmailIdentity): ComposedMail {
  const to = readAddress('email', message.to);
  const from = readAddress('email', message.from ?? identity.from.address);
  const replyTo = readAddress('email', identity.replyTo ?? identity.from.address);
  if (!to.ok) return { ok: false, problem: `The recipient is no address. ${to.problem}` };
  if (!from.ok) return { ok: false, problem: `The sender is no address. ${from.problem}` };
  if (!replyTo.ok) return { ok: false, problem: `The address for answers is none. ${replyTo.problem}` };

  const inReplyTo = readMessageIds(message.inReplyTo)[0];
  const references = readMessageIds(message.references);
  return {
    ok: true,
    options: {
      envelope: { from: from.address, to: [to.address] },
      to: { name: '', address: to.address },
      from: { name: oneLine(identity.from.name ?? ''), address: from.address },
      ...(replyTo.address !== from.address && { replyTo: { name: '', address: replyTo.address } }),
      subject: oneLine(message.subject ?? ''),
      messageId: messageIdOf(message.touchId, identity.messageIdDomain),
      ...(inReplyTo !== undefined && { inReplyTo }),
      ...(references.length > 0 && { references }),
      text: message.text,
      html: message.html ?? textToHtml(message.text),
      headers: {
        ...(message.madeBy !== 'human' && machineMade),
        ...(message.purpose === 'marketing' && {
          'List-Unsubscribe': `<mailto:${replyTo.address}?subject=unsubscribe>`,
        }),
      },
    },
  };
}

/** RFC 3834, section 5; the second asks Exchange for the same, which knows no other way. */
const machineMade = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' };

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what has to go
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}
