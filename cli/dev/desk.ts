/** Where the demo ends: a desk at which two customers wait, and a way in. Only on this machine, where the API listens on loopback. */
import nodemailer from 'nodemailer';
import { addAccount, findAccount } from '../../store/accounts/accounts.ts';
import { makeSignInLink } from '../../store/accounts/sessions.ts';
import { openBare } from '../assemble/open-store.ts';
import type { Installation } from './installation.ts';
import { storyApi, type StoryApi } from './story-api.ts';

const you = { name: 'you', role: 'lead', teams: ['care'] } as const;
const linkLastsMs = 12 * 3_600_000;

/** The address that opens the desk once, as somebody who leads the team of the samples. */
export async function deskLink({ api, settings }: Installation): Promise<string> {
  const db = openBare(settings);
  try {
    const account = (await addAccount(db, you, Date.now())) ?? (await findAccount(db, you.name));
    if (!account) throw new Error(`The account '${you.name}' could neither be made nor found`);
    return `${api.url}/desk/sign-in#${await makeSignInLink(db, account.id, Date.now() + linkLastsMs)}`;
  } finally {
    await db.destroy();
  }
}

const waiting = [
  {
    id: 'ana',
    firstName: 'Ana',
    email: 'ana@customers.example',
    subject: 'My refund',
    text: 'Thank you! Does the refund come by itself, or must I do something?',
  },
  {
    id: 'cem',
    firstName: 'Cem',
    email: 'cem@customers.example',
    subject: 'Second parcel',
    text: 'Only one of the two parcels has come. Where is the other one?',
  },
] as const;

/** The story goes on, on the real clock: Ana writes once more, and Cem, whom a teammate is looking after. Once: a later start finds them. */
export async function waitAtTheDesk({ api, key }: Installation): Promise<void> {
  const calls = storyApi(api.url, key);
  if (api.mailPort === null) return;
  for (const customer of waiting) {
    if ((await calls.tasks(customer.id).catch(() => [])).length > 0) continue;
    await introduce(calls, customer);
    await write(api.mailPort, customer);
  }
  await calls.put('/v1/agents/ben', { teams: ['care'], languages: ['en', 'de'] });
  const [cems] = await calls.tasks('cem');
  if (cems) await calls.post(`/v1/tasks/${cems.id}/claim`, { agent: 'ben' }).catch(() => undefined); // He has it already.
}

async function introduce(calls: StoryApi, { id, firstName, email }: (typeof waiting)[number]): Promise<void> {
  await calls.put(`/v1/customers/${id}`, {
    zone: 'Europe/Berlin',
    fields: { firstName, plan: 'plus' },
    addresses: [{ channel: 'email', address: email }],
  });
  const consent = { channel: 'email', purpose: 'service', granted: true, source: 'the demo' };
  await calls.post(`/v1/customers/${id}/consents`, consent);
}

/** Taken in with the last line answered: the task is there when this is done. */
async function write(port: number, { email, subject, text }: (typeof waiting)[number]): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  await transport.sendMail({ from: email, to: 'hello@righttouch.local', subject, text });
  transport.close();
}
