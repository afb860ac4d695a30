import { MailDev } from 'maildev';
import { freePort } from './ports.ts';

/** A mail in the demo inbox, as its API tells it; there is more. */
export interface InboxMail {
  id: string;
  time: string;
  subject: string;
  from: { address: string; name: string }[];
  to: { address: string; name: string }[];
  text?: string;
  html?: string;
  headers: Record<string, string | string[]>;
}

export interface Inbox {
  /** Any SMTP client may deliver here: every recipient is taken, nothing goes on from here. */
  smtpPort: number;
  /** The page that shows the mails. */
  webUrl: string;
  /** All mails, oldest first. */
  list(): Promise<InboxMail[]>;
  stop(): Promise<void>;
}

export interface InboxConfig {
  /** Where mails are kept between starts; without it they are gone with the process. */
  folder?: string;
  /** Taken if they are free, otherwise one of the next. */
  smtpPort?: number;
  webPort?: number;
}

/** The demo's inbox: a development tool at 127.0.0.1 that stands where a company's mail server would. Nothing else depends on it. */
export async function startInbox(config: InboxConfig = {}): Promise<Inbox> {
  const smtpPort = await freePort(config.smtpPort ?? 1025);
  const webPort = await freePort(config.webPort ?? 1080);
  const inbox = new MailDev({
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    smtp: smtpPort,
    web: webPort,
    silent: true,
    maxEmails: 2_000,
    ...(config.folder !== undefined && { mailDirectory: config.folder }),
  });
  await quietly(() => inbox.start());
  const webUrl = `http://127.0.0.1:${webPort}`;
  return {
    smtpPort,
    webUrl,
    async list() {
      const response = await fetch(`${webUrl}/api/email?sort=asc`);
      if (!response.ok) throw new Error(`The demo inbox answered ${response.status} at ${webUrl}`);
      return (await response.json()) as InboxMail[];
    },
    stop: () => inbox.stop(),
  };
}

/** It prints a line of its own however silent it is told to be, in the middle of what we tell about the start. */
async function quietly(start: () => Promise<unknown>): Promise<void> {
  const { info } = console;
  console.info = () => undefined;
  try {
    await start();
  } finally {
    console.info = info;
  }
}
