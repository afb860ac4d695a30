import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export interface MailServer {
  port: number;
  mails: ParsedMail[];
  raw: string[];
  close: () => Promise<void>;
}

/** What a server does with a mail once it has all of it: an answer, a broken line, or nothing ever. */
type Manner = { code: number; text: string } | 'take' | 'hang-up' | 'say-nothing';

/** A real SMTP server that behaves as told. */
export async function startMailServer(
  manner: { onMail?: Manner; onRecipient?: { code: number; text: string }; hangUpAtData?: boolean } = {},
): Promise<MailServer> {
  const sockets = new Map<string, () => void>();
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  const hangUp = (session: SMTPServerSession) => sockets.get(session.id)?.();

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, answer) => {
      answer(manner.onRecipient && refusal(manner.onRecipient));
    },
    onData: (stream, session, answer) => {
      if (manner.hangUpAtData) {
        stream.once('data', () => hangUp(session));
        stream.on('error', () => undefined);
        return;
      }
      void (async () => {
        raw.push(await readAll(stream));
        mails.push(await simpleParser(raw.at(-1) ?? ''));
        const { onMail = 'take' } = manner;
        if (onMail === 'take') answer();
        else if (onMail === 'hang-up') hangUp(session);
        else if (onMail !== 'say-nothing') answer(refusal(onMail));
      })();
    },
  });
  server.server.on('connection', () => {
    // The library knows sessions and sockets, but not which belongs to which until it has made the session.
    setImmediate(() => {
      for (const connection of server.connections as Set<{ id: string; _socket: { destroy(): void } }>) {
        sockets.set(connection.id, () => connection._socket.destroy());
      }
    });
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    mails,
    raw,
    close: () =>
      new Promise((closed) => {
        for (const end of sockets.values()) end();
        server.close(() => closed());
      }),
  };
}

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** A port nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = await startMailServer();
  await server.close();
  return server.port;
}
