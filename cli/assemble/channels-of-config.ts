/** Which channels there are, as the environment says. One that is not configured counts as not there. */
import type { ChannelAdapter } from '../../channels/channel.ts';
import { createEmailAdapter, type EmailSettings } from '../../channels/email.ts';
import { createTwilioAdapter, type TwilioSettings } from '../../channels/sms-twilio.ts';
import { readAddress } from '../../channels/address.ts';
import type { Config } from '../../config/config.ts';
import type { Channel } from '../../core/journey/channels.ts';
import { misused, type CommandFault } from '../refusal.ts';

export type Channels = Readonly<Partial<Record<Channel, ChannelAdapter>>>;

/** Where the provider of texts reports what became of them; null while nobody outside can reach us. */
export const statusCallbackOf = ({ publicUrl }: Config): string | null =>
  publicUrl === null ? null : new URL('/webhooks/twilio/status', publicUrl).href;

/** Throws a Refusal that names every setting that is missing beside those that are there. */
export function channelsOfConfig(config: Config, now: () => number): Channels {
  const faults: CommandFault[] = [];
  const email = emailSettings(config, faults);
  const sms = twilioSettings(config, faults);
  if (faults.length > 0) throw misused('The settings of the channels do not go together.', faults);
  return {
    ...(email && { email: createEmailAdapter(email, now) }),
    ...(sms && { sms: createTwilioAdapter(sms, now) }),
  };
}

export async function closeChannels(channels: Channels): Promise<void> {
  await Promise.all(Object.values(channels).map((adapter) => adapter.close()));
}

function emailSettings({ smtpUrl, mailFrom, mailDomain }: Config, faults: CommandFault[]): EmailSettings | null {
  if (smtpUrl === null) return null;
  const from = mailFrom === null ? null : readSender(mailFrom);
  if (from === null) {
    const now = mailFrom === null ? 'is not set' : `is '${mailFrom}'`;
    faults.push({
      says: `MAIL_FROM ${now}, but SMTP_URL is set, and every e-mail needs a sender. Set it to an address, or to "Name <address>".`,
      parts: { variable: 'MAIL_FROM', expected: 'an address, or "Name <address>"', value: mailFrom },
    });
    return null;
  }
  return { ...serverOf(new URL(smtpUrl)), from, messageIdDomain: mailDomain };
}

type Server = Pick<EmailSettings, 'host' | 'port' | 'tls' | 'user' | 'password'>;

/** smtps: TLS from the first byte. smtp: STARTTLS where a password would be read on the way, elsewhere if it is offered. */
function serverOf(url: URL): Server {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(url.username);
  const implicit = url.protocol === 'smtps:';
  const port = url.port === '' ? (implicit ? 465 : user === '' ? 25 : 587) : Number(url.port);
  const tls = implicit ? 'implicit' : isLoopback(host) ? 'none' : user === '' ? 'if-offered' : 'starttls';
  return { host, port, tls, ...(user !== '' && { user, password: decodeURIComponent(url.password) }) };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function readSender(said: string): EmailSettings['from'] | null {
  const [, name = '', written = said] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(said) ?? [];
  const read = readAddress('email', written);
  if (!read.ok) return null;
  const plain = name.replace(/^"(.*)"$/, '$1');
  return { address: read.address, ...(plain !== '' && { name: plain }) };
}

function twilioSettings(config: Config, faults: CommandFault[]): TwilioSettings | null {
  const { twilioAccountSid, twilioAuthToken, twilioFrom, twilioBaseUrl } = config;
  if (twilioAccountSid === null) return null;
  const missing = (variable: string): void =>
    void faults.push({
      says: `${variable} is not set, but TWILIO_ACCOUNT_SID is. Set both, or leave both out: there is no SMS then.`,
      parts: { variable, expected: 'a value beside TWILIO_ACCOUNT_SID' },
    });
  if (twilioAuthToken === null) missing('TWILIO_AUTH_TOKEN');
  if (twilioFrom === null) missing('TWILIO_FROM');
  if (twilioAuthToken === null || twilioFrom === null) return null;
  const statusCallback = statusCallbackOf(config);
  return {
    accountSid: twilioAccountSid,
    authToken: twilioAuthToken,
    from: twilioFrom,
    ...(twilioBaseUrl !== null && { baseUrl: twilioBaseUrl }),
    ...(statusCallback !== null && { statusCallback }),
  };
}

/** The domains whose mail is ours: of our sender, where answers go, and of our Message-IDs. */
export function mailDomains({ mailFrom, mailDomain }: Config): string[] {
  const sender = mailFrom === null ? null : readSender(mailFrom);
  const own = sender?.address.split('@').at(-1);
  return [...new Set([mailDomain, ...(own === undefined ? [] : [own])])];
}
