import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../cli/dev/folders.ts';
import { startInbox, type Inbox } from '../../cli/dev/inbox.ts';
import { type as typed, type Env } from './cli.ts';

const journeys = join(packageRoot, 'journeys');
let folder: string;
let inbox: Inbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'righttouch-try-'));
  inbox = await startInbox({ smtpPort: 20_250, webPort: 20_280 });
});
afterAll(async () => {
  await inbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

const script = async (journey: string, lines: readonly string[], args: readonly string[] = [], env: Env = {}) => {
  writeFileSync(join(folder, 'script.txt'), lines.join('\n'));
  return typed(['try', journey, '--in', journeys, '--script', 'script.txt', ...args], env, folder);
};
const friday = ['event inquiry-received topic=other'];

describe('righttouch try', () => {
  it('shows the message as it is written, the state and what it waits for', async () => {
    const { exit, out } = await script('starter', [...friday, 'state'], ['--on', 'Fri 16:55']);
    expect(exit).toBe(0);
    expect(out).toContain("'inquiry-arrived' goes out by sms. Allowed by sms: a week 2 of 10");
    expect(out).toContain('┌ by sms  (1 part, GSM-7)');
    expect(out).toContain('│ Hello Ana, your message is here. You hear from us by Tuesday, 10 March, 16:55.');
    expect(out).toContain('our-answer: listens for we-answered until Mon 9 Mar 2026 16:55 (Europe/Berlin).');
    expect(out).toContain("The promise 'first-answer' is open, due Tue 10 Mar 16:55.");
  });
  it('shows what the windows hold', async () => {
    const { out } = await script('starter', [...friday, 'spend marketing email', 'budget']);
    expect(out).toMatch(/a week +3 +10 +7 days +4 for service and relationship/);
    expect(out).toMatch(/marketing a week +1 +3 +7 days/);
  });
  it('tells the gate that stopped a message, with the sentence that `why` tells', async () => {
    const { out } = await script('offer', ['guard bereavement', 'event offer-ready', 'why'], ['--on', 'Tue 10:00']);
    expect(out).toContain('Not sent: a guard stands against it: bereavement contradicts celebratory.');
  });
  it('goes to the next instant, another zone, and back', async () => {
    const { out } = await script(
      'starter',
      ['zone America/New_York', ...friday, 'next', 'undo', 'state'],
      ['--on', 'Mon 10:00'],
    );
    expect(out).toContain('They are in America/New_York.');
    expect(out).toContain('It is Mon  2 Mar 04:00 (America/New_York).');
  });
  it('refuses a zone that is none, in a sentence', async () => {
    const { exit, told } = await script('starter', friday, ['--zone', 'Mars/Base']);
    expect([exit, told]).toEqual([
      2,
      "--zone is 'Mars/Base', but should be a zone such as 'Europe/Berlin' (IANA 2026f).",
    ]);
  });
  it('takes the beginning of a word, and asks where it could be several', async () => {
    const { exit, told } = await script('starter', ['ev inquiry-received topic=other', 'sil', 's']);
    expect([exit, told]).toEqual([
      1,
      "'s' is not understood. It could be silence or system or stop or spend or state or story.",
    ]);
  });
  it('ends with 1 where a script does what cannot be done, and says why', async () => {
    const { exit, told } = await script('starter', ['decide answered', 'event inquiry-recieved']);
    expect(exit).toBe(1);
    expect(told).toContain('No person was asked.');
    expect(told).toContain("Did you mean 'inquiry-received'?");
  });
  it('prints each thing that was said as a line of JSON', async () => {
    const { out } = await script('starter', [...friday, 'silence'], ['--json', '--on', '2026-03-06 16:55']);
    const lines = out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toEqual({ journey: 'starter', begins: '2026-03-06T15:55:00.000Z' });
    expect(lines[1]).toMatchObject({ said: friday[0], sent: [{ say: 'inquiry-arrived', channel: 'sms', cost: 2 }] });
    expect(lines[2]).toMatchObject({ said: 'silence', at: '2026-03-09T15:55:00.000Z' });
  });
  it('prints the try as a test that can be kept', async () => {
    const { out } = await script('starter', [...friday, 'silence', 'decide answered', 'test'], ['--on', 'Fri 16:55']);
    const test = out.slice(out.indexOf('import { story'));
    expect(test).toContain("await story('starter ends: finished', () => {");
    expect(test).toContain(".on('2026-03-06 16:55')");
    expect(test).toContain(".expectTouch('inquiry-arrived', { by: 'sms' })");
    expect(test).toContain(".expectPerson('care', 'Nobody has answered yet')\n    .personDecides('answered')");
    expect(test).toContain(".expectOver('finished');");
  });
  it('sends the messages to whoever tries, through a real mail server, each marked as a try', async () => {
    const env = { SMTP_URL: `smtp://127.0.0.1:${inbox.smtpPort}`, MAIL_FROM: 'Try <try@righttouch.local>' };
    const args = ['--me', 'me@example.com', '--day', '0', '--on', 'Fri 16:55'];
    const { exit, out } = await script('starter', friday, args, env);
    expect(exit).toBe(0);
    expect(out).toContain('nothing is sent to anybody but you, by your mail server, each marked as a try.');
    const mails = (await inbox.list()).filter(({ to }) => to[0]?.address === 'me@example.com');
    expect(mails.map(({ subject }) => subject)).toEqual(['[Try: Fri 6 Mar 16:55, by sms] inquiry-arrived']);
    expect(mails[0]?.text).toContain("This is a try of the journey 'starter'.");
    expect(mails[0]?.text).toContain('Hello Ana, your message is here.');
  });
  it('says what is missing where there is no mail server', async () => {
    const env = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'try@righttouch.local' };
    const { exit, told } = await script('starter', friday, ['--me', 'me@example.com', '--day', '0'], env);
    expect([exit, told]).toEqual([3, expect.stringContaining("'inquiry-arrived' could not be sent to you")]);
    expect(await script('starter', friday, ['--me', 'nobody'])).toMatchObject({ exit: 2 });
  });
});
