/** What goes out in a try is also sent to whoever tries, by the company's own mail server; each message says that it is a try. */
import type { ChannelAdapter } from '../../channels/channel.ts';
import { readAddress } from '../../channels/address.ts';
import { readConfig } from '../../config/config.ts';
import { shortInstant, type SimTouch } from '../../core/simulate/simulate.ts';
import { channelsOfConfig } from '../assemble/channels-of-config.ts';
import type { Io } from '../io.ts';
import { misused, unreachable } from '../refusal.ts';

/** Where `righttouch dev` keeps the demo's inbox. */
const demoInbox = { SMTP_URL: 'smtp://127.0.0.1:1025', MAIL_FROM: 'RightTouch <try@righttouch.local>' };

export interface ToMe {
  readonly server: string;
  readonly send: (touch: SimTouch, journey: string, zone: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export function toMe({ env }: Pick<Io, 'env'>, to: string): ToMe {
  const address = readAddress('email', to);
  if (!address.ok) throw misused(`--me is '${to}', which is no address. ${address.problem}`);
  const isDemo = !env['SMTP_URL'];
  const read = readConfig(isDemo ? { ...env, ...demoInbox } : env);
  if (!read.ok)
    throw misused(
      'The settings of e-mail cannot be read.',
      read.faults.map(({ mend }) => ({ says: mend })),
    );
  const { email } = channelsOfConfig(read.config, Date.now);
  if (!email) throw misused('There is no e-mail: set SMTP_URL and MAIL_FROM.');
  return {
    server: isDemo ? "the demo's inbox" : 'your mail server',
    send: (touch, journey, zone) => send(email, address.address, touch, journey, zone, isDemo),
    close: () => email.close(),
  };
}

let sends = 0;

async function send(
  email: ChannelAdapter,
  to: string,
  touch: SimTouch,
  journey: string,
  zone: string,
  isDemo: boolean,
): Promise<void> {
  const when = shortInstant(touch.at, zone).replace(/\s+/g, ' ');
  const { subject, text } = touch.message ?? { subject: null, text: '' };
  sends += 1;
  const sent = await email.send({
    touchId: `try/${process.pid}/${sends}`,
    attempt: String(sends),
    to,
    subject: `[Try: ${when}, by ${String(touch.channel)}] ${subject ?? touch.say}`,
    text: `This is a try of the journey '${journey}'. A customer would get this by ${String(touch.channel)} on ${when} (${zone}).\n\n${text}`,
    madeBy: 'tech',
    purpose: 'service',
  });
  if (sent.result === 'sent') return;
  const why = `'${touch.say}' could not be sent to you (${sent.code}: ${sent.detail})`;
  throw unreachable(
    isDemo ? `${why}. Start the demo's inbox with: righttouch dev, or set SMTP_URL and MAIL_FROM.` : `${why}.`,
  );
}
