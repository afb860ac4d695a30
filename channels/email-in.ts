import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';
import type { Inbound } from './channel.ts';
import { type Envelope, parseMail } from './email-parse.ts';

export interface MailInSettings {
  /** Default 127.0.0.1. Behind a mail server of one's own it stays that way: this listener checks neither SPF nor DKIM. */
  host?: string;
  /** 0 takes any free port. */
  port: number;
  /** Mail to these domains is taken, all other is refused: we relay nothing. */
  domains: readonly string[];
  /** Default 2,000,000. */
  maxBytes?: number;
  /** Default 50. */
  maxClients?: number;
  /** How long a client may be silent. Default 60,000. */
  silentForMs?: number;
  tls?: { key: string; cert: string };
}

/** What became of a mail: only what is `accepted` is answered with 250, so its sender keeps it until it is safe. */
export type TakeIn = (inbound: Inbound) => Promise<'accepted' | 'try-later'>;

export interface MailIn {
  port: number;
  /** Lets what is being taken in end, for at most a few seconds. */
  close(): Promise<void>;
}

/**
 * Our own SMTP listener, through which replies come in as real mail.
 *
 * @param now epoch ms, for `inbound.at`
 * @param onError told of what nobody expected; never holds an address or a text
 */
export async function listenForMail(
  settings: MailInSettings,
  accept: TakeIn,
  now: () => number,
  onError: (error: Error) => void = () => undefined,
): Promise<MailIn> {
  const server = new SMTPServer({
    ...optionsFor(settings),
    onRcptTo: ({ address }, session, answer) => {
      if (!isOurs(address, settings.domains)) answer(refuse(550, '5.7.1 We take no mail for this domain'));
      // A mail to several of us is one mail: the first recipient stands for all.
      else answer(session.envelope.rcptTo.length >= 20 ? refuse(452, '4.5.3 Too many recipients') : null);
    },
    onData: (stream, session, answer) => {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = { sender: (mailFrom && mailFrom.address) || '', recipient: rcptTo[0]?.address ?? '' };
      takeIn(stream, envelope, accept, now).then(answer, (error: unknown) => {
        onError(error instanceof Error ? error : new Error(String(error)));
        answer(tryLater());
      });
    },
  });
  server.on('error', onError);
  server.listen(settings.port, settings.host ?? '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

function optionsFor(settings: MailInSettings): SMTPServerOptions {
  const { tls } = settings;
  return {
    ...tls,
    authOptional: true,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: settings.maxBytes ?? 2_000_000,
    maxClients: settings.maxClients ?? 50,
    socketTimeout: settings.silentForMs ?? 60_000,
    closeTimeout: 5_000,
  };
}

async function takeIn(
  stream: SMTPServerDataStream,
  envelope: Envelope,
  accept: TakeIn,
  now: () => number,
): Promise<Error | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    // Read to its end even when it is too large, or the client never hears why; but kept no longer.
    if (!stream.sizeExceeded) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (stream.sizeExceeded) return refuse(552, '5.3.4 The mail is too large');
  const inbound = await parseMail(Buffer.concat(chunks), envelope, now()).catch(() => null);
  // What cannot be read now will not be readable later: its sender hears so at once.
  if (inbound === null) return refuse(554, '5.6.0 The mail cannot be read');
  return (await accept(inbound)) === 'accepted' ? null : tryLater();
}

const tryLater = () => refuse(451, '4.3.0 Please try again later');

function isOurs(address: string, domains: readonly string[]): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domains.some((ours) => ours.toLowerCase() === domain);
}

function refuse(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
