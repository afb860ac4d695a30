import { PassThrough } from 'node:stream';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import type { ChannelAdapter, Sent } from './channel.ts';
import { composeMail, type EmailIdentity } from './email-message.ts';
import { judgeSmtpFault, type SmtpFault } from './smtp-fault.ts';

export interface EmailSettings extends EmailIdentity {
  host: string;
  port: number;
  /** `none`: never (a server on this machine); `if-offered`; `starttls` and `implicit`: refuse to send without. */
  tls: 'none' | 'if-offered' | 'starttls' | 'implicit';
  user?: string;
  password?: string;
  /** Default 5. */
  maxConnections?: number;
  /** How long to wait for a connection and for the greeting, each. Default 10,000. */
  connectWithinMs?: number;
  /** How long a server may be silent, above all after it has the mail. Default 60,000: what ends it is `unknown`, so be patient. */
  answerWithinMs?: number;
}

/**
 * E-mail over any SMTP server, through a pool. SMTP has neither idempotency keys nor a way to ask what became of a mail,
 * so an `unknown` stays one until a bounce or a reply tells; the touch's own Message-ID makes a repeated mail recognisable.
 *
 * @param now epoch ms, for `sent.at`
 */
export function createEmailAdapter(settings: EmailSettings | null, now: () => number): ChannelAdapter {
  const pool = settings && openPool(settings);
  return {
    channel: 'email',
    configured: pool !== null,
    idempotent: false,
    send: async (message, signal) => {
      if (!pool) return { result: 'rejected', code: 'not-configured', detail: 'No SMTP server is configured.' };
      const mail = composeMail(message, settings);
      if (!mail.ok) return { result: 'rejected', code: 'bad-address', detail: mail.problem };
      return deliver(pool, mail.options, now, signal);
    },
    close: () => {
      pool?.close();
      return Promise.resolve();
    },
  };
}

type Pool = ReturnType<typeof openPool>;

function openPool(settings: EmailSettings) {
  const { host, port, tls, user, password, maxConnections = 5 } = settings;
  const { connectWithinMs = 10_000, answerWithinMs = 60_000 } = settings;
  const pool = nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    maxConnections,
    // The pool would send a mail again by itself when a connection breaks. When to do that is for the budget to say.
    maxRequeues: 0,
    connectionTimeout: connectWithinMs,
    greetingTimeout: connectWithinMs,
    socketTimeout: answerWithinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // An idle connection that breaks has nobody waiting for it; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The last stream before the socket, so that a failure can tell whether the whole mail was taken from it.
  pool.use('stream', (mail, done) => {
    const { progress } = mail.data as TrackedMail;
    mail.message.processFunc((input) => {
      const last = new PassThrough();
      progress.handedOver = () => last.readableEnded;
      input.on('error', (error) => last.destroy(error));
      return input.pipe(last);
    });
    done();
  });
  return pool;
}

/** Nodemailer hands unknown fields of a mail on to its plugins; this one tells us how far a delivery came. */
interface TrackedMail extends SendMailOptions {
  progress: { handedOver: () => boolean };
}

async function deliver(pool: Pool, options: SendMailOptions, now: () => number, signal?: AbortSignal): Promise<Sent> {
  const mail: TrackedMail = { ...options, progress: { handedOver: () => false }, ...(signal && { signal }) };
  try {
    const info = await pool.sendMail(mail);
    // Some providers put a Message-ID of their own in place of ours and name it in their answer: replies will cite that one.
    const messageId = info.serverMessageId ?? info.messageId;
    return { result: 'sent', providerId: messageId, messageId, at: now() };
  } catch (error) {
    return judgeSmtpFault(error as SmtpFault, mail.progress.handedOver());
  }
}
