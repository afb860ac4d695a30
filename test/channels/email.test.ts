import { afterEach, describe, expect, test } from '@jest/globals';
import type { ChannelAdapter, Outgoing } from '../../channels/channel.ts';
import { createEmailAdapter, type EmailSettings } from '../../channels/email.ts';
import { messageIdOf, touchOf } from '../../channels/message-id.ts';
import { adapterContract, type Provider } from './contract.ts';
import { closedPort, type MailServer, startMailServer } from './mail-server.ts';

const now = Date.UTC(2026, 10, 24, 16, 0);
const hello: Outgoing = {
  touchId: 'enr_7/arrived/1',
  attempt: 'a1',
  to: 'ana@example.com',
  subject: 'We have your message',
  text: 'Hello Ana, your message is here.',
};
const settingsFor = (port: number): EmailSettings => ({
  host: '127.0.0.1',
  port,
  tls: 'none',
  from: { name: 'Care', address: 'care@shop.example' },
  messageIdDomain: 'shop.example',
  answerWithinMs: 300,
});

async function provider(server: Promise<MailServer>): Promise<Provider> {
  const { port, mails, close } = await server;
  const adapter = createEmailAdapter(settingsFor(port), () => now);
  return {
    adapter,
    taken: () => mails.map((mail) => mail.text?.trim() ?? ''),
    close: async () => {
      await adapter.close();
      await close();
    },
  };
}

adapterContract('e-mail', {
  now,
  message: hello,
  accepting: () => provider(startMailServer()),
  rejecting: () =>
    provider(startMailServer({ onMail: { code: 554, text: `5.7.1 <${hello.to}> may not have '${hello.text}'` } })),
  busy: () => provider(startMailServer({ onRecipient: { code: 451, text: `4.7.1 <${hello.to}> try again` } })),
  droppingWhatItTook: () => provider(startMailServer({ onMail: 'hang-up' })),
  silentAfterTaking: () => provider(startMailServer({ onMail: 'say-nothing' })),
  nobodyThere: async () => {
    const adapter = createEmailAdapter(settingsFor(await closedPort()), () => now);
    return { adapter, taken: () => [], close: () => adapter.close() };
  },
  notConfigured: () => createEmailAdapter(null, () => now),
});

describe('a mail', () => {
  let server: MailServer;
  let adapter: ChannelAdapter;
  afterEach(async () => {
    await adapter.close();
    await server.close();
  });
  const start = async (manner?: Parameters<typeof startMailServer>[0]) => {
    server = await startMailServer(manner);
    adapter = createEmailAdapter(settingsFor(server.port), () => now);
  };
  const sendAndRead = async (message: Outgoing) => {
    await start();
    expect(await adapter.send(message)).toMatchObject({ result: 'sent' });
    const [mail] = server.mails;
    if (!mail) throw new Error('No mail arrived');
    return mail;
  };

  test('carries the touch in its Message-ID, the same on each attempt', async () => {
    const mail = await sendAndRead(hello);
    await adapter.send({ ...hello, attempt: 'a2' });
    expect(mail.messageId).toBe('<enr=5F7=2Farrived=2F1@shop.example>');
    expect(server.mails[1]?.messageId).toBe(mail.messageId);
    expect(touchOf(mail.messageId ?? '', 'shop.example')).toBe(hello.touchId);
  });

  test('stays in the thread it answers', async () => {
    const mail = await sendAndRead({ ...hello, inReplyTo: '<a@x>', references: ['<a@x>', '<b@x>', 'no id\r\nX: y'] });
    expect(mail.inReplyTo).toBe('<a@x>');
    expect(mail.references).toEqual(['<a@x>', '<b@x>']);
  });

  test('says that a machine made it, unless a person did', async () => {
    const mail = await sendAndRead(hello);
    await adapter.send({ ...hello, madeBy: 'human' });
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(server.mails[1]?.headers.has('auto-submitted')).toBe(false);
  });

  test('can be unsubscribed from if it is marketing, and only then', async () => {
    const mail = await sendAndRead({ ...hello, purpose: 'marketing' });
    await adapter.send({ ...hello, purpose: 'service' });
    expect(server.raw[0]).toContain('List-Unsubscribe: <mailto:care@shop.example?subject=unsubscribe>');
    expect(mail.headers.has('list')).toBe(true);
    expect(server.raw[1]).not.toContain('List-Unsubscribe');
  });

  test('shows its text as HTML in which nothing is markup', async () => {
    const mail = await sendAndRead({ ...hello, text: '<script>alert("1")</script> & so\n\non' });
    expect(mail.html).toContain('<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; so</p>');
    expect(mail.html).toContain('<p>on</p>');
  });

  test.each([
    ['subject', { subject: 'Hi\r\nBcc: eve@example.org\r\n\r\nbody' }],
    ['subject, by other line ends', { subject: 'Hi\u2028Bcc: eve@example.org\u0085X-Evil: 1\rX-Evil: 2\n X-Evil: 3' }],
    ['the message it answers', { inReplyTo: '<a@x>\r\nBcc: eve@example.org' }],
    ['the thread', { references: ['<a@x>\r\nX-Evil: 1', '<b@x\r\nX-Evil: 1>'] }],
    ['the touch id', { touchId: 'enr/1>\r\nX-Evil: 1' }],
  ])('takes no header and no recipient from %s', async (_where, evil) => {
    const mail = await sendAndRead({ ...hello, ...evil });
    expect([...mail.headers.keys()]).not.toContain('x-evil');
    expect(mail.bcc).toBeUndefined();
    expect(mail.to).toMatchObject({ text: 'ana@example.com' });
    expect(mail.text?.trim()).toBe(hello.text);
  });

  test.each([
    'ana@example.com, eve@example.org',
    'ana@example.com\r\nBcc: eve@example.org',
    'Ana <ana@example.com>',
    '',
    'ana',
  ])('goes to one address or to none: %j is refused', async (to) => {
    await start();
    expect(await adapter.send({ ...hello, to })).toMatchObject({ result: 'rejected', code: 'bad-address' });
    expect(await adapter.send({ ...hello, from: to })).toMatchObject({ result: 'rejected', code: 'bad-address' });
    expect(server.mails).toHaveLength(0);
  });

  test.each([
    [
      'refused recipient',
      { onRecipient: { code: 550, text: '5.1.1 <ana@example.com> unknown' } },
      'rejected',
      '550',
      'SMTP 550 5.1.1 at RCPT',
    ],
    ['mailbox full for now', { onMail: { code: 452, text: '4.2.2 full' } }, 'later', '452', 'SMTP 452 4.2.2 at DATA'],
    ['refused mail', { onMail: { code: 552, text: 'too large' } }, 'rejected', '552', 'SMTP 552 at DATA'],
  ])('%s: typed, with numbers alone', async (_case, manner, result, code, detail) => {
    await start(manner);
    const sent = await adapter.send(hello);
    expect(sent).toMatchObject({ result, code, detail });
  });

  test('a line that breaks in the middle of a long mail: later, since the final dot was never sent', async () => {
    await start({ hangUpAtData: true });
    const sent = await adapter.send({ ...hello, text: 'x'.repeat(8_000_000) });
    expect(sent).toMatchObject({ result: 'later' });
  });

  test('given up after the mail was handed over: unknown', async () => {
    await start({ onMail: 'say-nothing' });
    const giveUp = new AbortController();
    const sending = adapter.send(hello, giveUp.signal);
    while (server.mails.length === 0) await new Promise((next) => setImmediate(next));
    giveUp.abort();
    expect(await sending).toMatchObject({ result: 'unknown' });
  });

  test('an idle connection the server has closed costs nothing: the next mail goes out or is tried later', async () => {
    await start();
    expect(await adapter.send(hello)).toMatchObject({ result: 'sent' });
    const { port } = server;
    await server.close();
    expect(await adapter.send(hello)).toMatchObject({ result: 'later' });
    expect(port).toBeGreaterThan(0);
  });
});

test.each(['enr_7/arrived/1', 'a b', 'ü/ß', '=', '<>@'])('touch %j comes back from its Message-ID', (touchId) => {
  expect(touchOf(messageIdOf(touchId, 'shop.example'), 'Shop.example')).toBe(touchId);
  expect(touchOf(messageIdOf(touchId, 'shop.example'), 'other.example')).toBeNull();
});
