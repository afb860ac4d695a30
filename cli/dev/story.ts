/**
 * The demo's story: Ana asks about her bill, an offer wants her attention at the same time, and nobody answers her until a person does. A
 * client of the public API and of SMTP only: the engine does not know that it is a demo.
 */
import nodemailer from 'nodemailer';
import { weekdayName } from '../../core/calendar/day-names.ts';
import { wallClock } from '../../core/calendar/zone.ts';
import type { Inbox, InboxMail } from './inbox.ts';
import type { StoryApi } from './story-api.ts';

export interface StoryConfig {
  readonly api: StoryApi;
  /** The customer's mailbox. */
  readonly inbox: Inbox;
  /** Where our engine takes mail in. */
  readonly mailPort: number;
  /** The engine's time, epoch milliseconds. */
  readonly now: () => number;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

const ana = { id: 'ana', email: 'ana@customers.example', sms: '+4917139200011' };

export async function playStory(config: StoryConfig): Promise<void> {
  const { api, tell } = config;
  // The mailbox keeps what earlier stories left in it.
  const before = new Set((await config.inbox.list()).map(({ id }) => id));
  const mailTo = async (address: string, subject: string, says?: RegExp): Promise<InboxMail | undefined> =>
    (await config.inbox.list()).find((m) => !before.has(m.id) && isTo(m, address) && fits(m, subject, says));
  const say = (who: string, what: string): void => {
    tell(`  ${clockFace(config.now())}  ${who.padEnd(12)} ${what}`);
  };
  const mail = (subject: string) => until(config, `a mail '${subject}'`, () => mailTo(ana.email, subject));

  await api.put(`/v1/customers/${ana.id}`, {
    zone: 'Europe/Berlin',
    fields: { firstName: 'Ana', plan: 'plus' },
    addresses: [
      { channel: 'email', address: ana.email },
      { channel: 'sms', address: ana.sms },
    ],
  });
  for (const [channel, purpose] of [
    ['email', 'service'],
    ['sms', 'service'],
    ['email', 'marketing'],
  ])
    await api.post(`/v1/customers/${ana.id}/consents`, { channel, purpose, granted: true, source: 'the demo' });

  say('Ana', 'asks about her bill (event inquiry-received, posted to the API)');
  await api.event(ana.id, 'inquiry-received', { inquiryId: 'i-2041', topic: 'billing', urgent: false });
  const arrived = await mail('We have your message');
  say('e-mail', `to Ana: "${arrived.subject}" · ${firstMatch(arrived, /You hear from us by [^.]*/)}`);

  say('marketing', 'has an offer for her (event offer-ready)');
  await api.event(ana.id, 'offer-ready', { offerId: 'spring', percent: 15 });
  const deferred = await until(config, 'the offer is deferred', async () =>
    (await api.why(ana.id, 'offer')).find((says) => says.startsWith('Deferred')),
  );
  say('budget', deferred);

  const offer = await mail('Something for you this spring');
  say('e-mail', `at that instant, and no other, there was room: "${offer.subject}"`);

  const text = await until(config, 'a text', () => mailTo(`${ana.sms}@sms.demo`, ''));
  say('SMS', `nobody has answered for a business day, so we say so: "${firstLine(text)}"`);
  const longer = await mail('We need a little longer');
  say(
    'promise',
    `before its time is up she hears that it takes longer: "${longer.subject}" · ${firstMatch(longer, /You hear from us by [^.]*/)}`,
  );

  const task = await until(config, 'a task', async () => (await api.tasks(ana.id))[0]);
  say('task', `still silent: ${task.name} for team ${task.team}, "${task.because}"`);
  await api.put('/v1/agents/ben', { teams: ['care'], languages: ['en', 'de'] });
  await api.post(`/v1/tasks/${task.id}/claim`, { agent: 'ben' });
  say('Ben', `claims ${task.name}; machines are quiet towards Ana while he has the conversation`);
  await api.post(`/v1/tasks/${task.id}/answer`, {
    agent: 'ben',
    why: 'she waits for it',
    text: 'Hello Ana, your bill had last month on it twice. It is corrected.',
  });
  const answer = await until(config, "Ben's answer", () => mailTo(ana.email, '', /corrected/));
  say('e-mail', `from Ben, counted in her budget like any touch: "${firstMatch(answer, /your bill[^.]*/)}"`);

  await reply(config, answer, 'Thank you! Does the refund come by itself?');
  say('Ana', 'replies by e-mail: "Thank you! Does the refund come by itself?"');
  const heard = await until(config, 'her reply with Ben', async () =>
    (await api.conversation(ana.id)).find((m) => m.direction === 'in' && m.taskId === task.id),
  );
  say('reply', `goes to the person who has the conversation: ${task.name} (${heard.channel})`);
  await api.post(`/v1/tasks/${task.id}/answer`, { agent: 'ben', why: 'she asked', text: 'Yes, within the week.' });
  await until(config, "Ben's second answer", () => mailTo(ana.email, '', /within the week/));
  await api.post(`/v1/tasks/${task.id}/complete`, { agent: 'ben', outcome: 'answered' });
  say('Ben', 'is done: answered');
}

/** Looks until it is so; the engine's own hours pass in seconds. */
async function until<T>({ signal }: StoryConfig, what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 90_000;
  for (;;) {
    signal.throwIfAborted();
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > end) throw new Error(`The story waits for ${what}, which has not come within 90 s`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

const isTo = (mail: InboxMail, address: string): boolean => mail.to.some((to) => to.address === address);
const fits = (mail: InboxMail, subject: string, says?: RegExp): boolean =>
  (subject === '' || mail.subject === subject) && (says === undefined || says.test(mail.text ?? ''));

/** As a mail program answers: a mail of her own, which cites the one it answers. */
async function reply({ mailPort }: StoryConfig, to: InboxMail, text: string): Promise<void> {
  const cited = String(to.headers['message-id'] ?? '');
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: mailPort, ignoreTLS: true });
  await transport.sendMail({
    from: ana.email,
    to: to.from[0]?.address ?? '',
    subject: `Re: ${to.subject}`,
    text: `${text}\n\nOn Thursday you wrote:\n> ${firstLine(to)}`,
    inReplyTo: cited,
    references: cited,
  });
  transport.close();
}

const firstLine = (mail: InboxMail): string => (mail.text ?? '').trim().split('\n')[0] ?? '';
const firstMatch = (mail: InboxMail, what: RegExp): string => what.exec(mail.text ?? '')?.[0] ?? firstLine(mail);

/** 'Tue 10:00' on the wall in Berlin, where the story plays. */
function clockFace(at: number): string {
  const { weekday, hour, minute } = wallClock('Europe/Berlin', at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${weekdayName(weekday).slice(0, 3)} ${two(hour)}:${two(minute)}`;
}
