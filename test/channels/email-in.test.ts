import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import type { Inbound } from '../../channels/channel.ts';
import { createEmailAdapter } from '../../channels/email.ts';
import { listenForMail, type MailIn } from '../../channels/email-in.ts';

const now = Date.UTC(2026, 10, 24, 16, 0);
let listener: MailIn;
let heard: Inbound[];
let answer: () => Promise<'accepted' | 'try-later'>;
let errors: Error[];

beforeEach(async () => {
  heard = [];
  errors = [];
  answer = () => Promise.resolve('accepted');
  listener = await listenForMail(
    { port: 0, domains: ['shop.example'], maxBytes: 20_000 },
    (inbound) => {
      heard.push(inbound);
      return answer();
    },
    () => now,
    (error) => errors.push(error),
  );
});
afterEach(() => listener.close());

async function send(mail: SendMailOptions) {
  const client = nodemailer.createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  try {
    return await client.sendMail({ from: 'Ana <Ana@Example.com>', to: 'care@shop.example', ...mail });
  } finally {
    client.close();
  }
}
const first = () => {
  const [inbound] = heard;
  if (!inbound) throw new Error('Nothing was heard');
  return inbound;
};
const raw = (sender: string, text: string): SendMailOptions => ({
  envelope: { from: sender, to: 'care@shop.example' },
  raw: text.replace(/\n/g, '\r\n'),
});

describe('a reply', () => {
  test('is heard with what it answers, by one spelling of its sender, without what it quotes', async () => {
    await send({
      messageId: '<r1@example.com>',
      inReplyTo: '<enr=2Farrived=2F1@shop.example>',
      references: ['<a@x>', '<enr=2Farrived=2F1@shop.example>'],
      subject: 'Re: We have your message',
      text: 'Thank you!\n\nOn Tue, 24 Nov 2026 at 17:00, Care <care@shop.example>\nwrote:\n> Hello Ana\n',
    });
    expect(heard).toEqual([
      {
        channel: 'email',
        kind: 'message',
        providerKey: '<r1@example.com>',
        from: 'ana@example.com',
        to: 'care@shop.example',
        messageId: '<r1@example.com>',
        inReplyTo: '<enr=2Farrived=2F1@shop.example>',
        references: ['<a@x>', '<enr=2Farrived=2F1@shop.example>'],
        subject: 'Re: We have your message',
        text: 'Thank you!',
        fullText: 'Thank you!\n\nOn Tue, 24 Nov 2026 at 17:00, Care <care@shop.example>\nwrote:\n> Hello Ana\n',
        at: now,
        bounceOf: null,
      },
    ]);
  });

  test('in HTML alone is read as text', async () => {
    await send({ html: '<p>Thank <b>you</b></p><div>On Tue, Care wrote:<blockquote>Hello Ana</blockquote></div>' });
    expect(first().text).toBe('Thank you');
  });

  test('without a Message-ID is the same when it comes twice', async () => {
    const mail = raw('ana@example.com', 'From: ana@example.com\nSubject: Hi\n\nHello\n');
    await send(mail);
    await send(mail);
    expect(heard).toHaveLength(2);
    expect(heard[0]?.providerKey).toBe(heard[1]?.providerKey);
  });
});

describe('what is no reply', () => {
  test.each([
    ['Auto-Submitted', { headers: { 'Auto-Submitted': 'auto-replied (vacation)' } }],
    ['Precedence', { headers: { Precedence: 'bulk' } }],
    ['X-Autoreply', { headers: { 'X-Autoreply': 'yes' } }],
    ['X-Auto-Response-Suppress', { headers: { 'X-Auto-Response-Suppress': 'All' } }],
    ['an empty return path', { envelope: { from: '', to: 'care@shop.example' } }],
    ['a mailer daemon', { from: 'MAILER-DAEMON@mx.example' }],
  ])('%s tells a machine', async (_sign, mail) => {
    await send({ text: 'I am away.', ...mail });
    expect(first().kind).toBe('auto-reply');
  });

  test('Auto-Submitted: no is what a person may send', async () => {
    await send({ text: 'It is me.', headers: { 'Auto-Submitted': 'no' } });
    expect(first().kind).toBe('message');
  });

  test.each([
    ['a word alone', { text: 'STOP' }],
    ['a word with a signature', { text: 'Unsubscribe.\n\n-- \nAna' }],
    ['another language', { text: '„Abmelden!“\n\nAm 24.11.2026 um 17:00 schrieb Care <care@shop.example>:\n> Hallo' }],
    ['the button of a mail program', { subject: 'unsubscribe', text: '' }],
    [
      'a button pressed by a machine',
      { subject: 'unsubscribe', text: '', headers: { 'Auto-Submitted': 'auto-generated' } },
    ],
  ])('%s is STOP', async (_case, mail) => {
    await send(mail);
    expect(first().kind).toBe('stop');
  });

  test.each([
    { text: 'Stop sending me the wrong size' },
    { subject: 'unsubscribe', text: 'How do I do that?' },
    { text: 'Please\nstop' },
  ])('%j is talk, not STOP', async (mail) => {
    await send(mail);
    expect(first().kind).toBe('message');
  });

  const report = (action: string, status: string, original: string) =>
    [
      'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
      'To: care@shop.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <b1@mx.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
      '',
      '--B\nContent-Type: text/plain\n\nThis is the mail system. STOP\n',
      `--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@example.com\nAction: ${action}\nStatus: ${status}\n`,
      `--B\n${original}\n\n--B--\n`,
    ].join('\n');
  const head = 'Received: by mx\nMessage-ID:\n <enr=2Farrived=2F1@shop.example>\nSubject: Hi\nFrom: care@shop.example';

  test.each([
    ['the whole mail', 'failed', '5.1.1', `Content-Type: message/rfc822\n\n${head}\n\nHello Ana`, true],
    ['its headers', 'failed', '5.1.1', `Content-Type: text/rfc822-headers\n\n${head}`, true],
    ['a delay', 'delayed', '4.4.1', `Content-Type: text/rfc822-headers\n\n${head}`, false],
  ])('a bounce with %s names the mail it is about', async (_form, action, code, original, permanent) => {
    await send(raw('', report(action, code, original)));
    expect(first()).toMatchObject({
      kind: 'bounce',
      bounceOf: { messageId: '<enr=2Farrived=2F1@shop.example>', permanent, code },
    });
  });

  test('a receipt for reading is no bounce', async () => {
    const mdn = report('x', '2.0.0', 'Content-Type: text/plain\n\nread').replace(
      'report-type=delivery-status',
      'report-type=disposition-notification',
    );
    await send(raw('ana@example.com', mdn));
    expect(first()).toMatchObject({ kind: 'auto-reply', bounceOf: null });
  });
});

describe('the listener', () => {
  test('answers 250 only when the mail is safe', async () => {
    answer = () => Promise.resolve('try-later');
    await expect(send({ text: 'Hi' })).rejects.toMatchObject({ responseCode: 451 });
    answer = () => Promise.reject(new Error('The database is away'));
    await expect(send({ text: 'Hi' })).rejects.toMatchObject({ responseCode: 451 });
    expect(errors.map((error) => error.message)).toEqual(['The database is away']);
    answer = () => Promise.resolve('accepted');
    expect(await send({ text: 'Hi' })).toMatchObject({ response: expect.stringMatching(/^250/) });
  });

  test.each(['ana@example.com', 'care@shop.example.evil.example', 'care@sub.shop.example'])(
    'relays nothing: %s',
    async (to) => {
      await expect(send({ envelope: { from: 'eve@example.org', to }, text: 'Hi' })).rejects.toMatchObject({
        responseCode: 550,
      });
      expect(heard).toEqual([]);
    },
  );

  test('refuses what is too large, and takes the next one', async () => {
    await expect(send({ text: 'x'.repeat(30_000) })).rejects.toMatchObject({ responseCode: 552 });
    await send({ text: 'Hi' });
    expect(heard).toHaveLength(1);
  });

  test('refuses for good what cannot be read', async () => {
    const parts = '--B\n\nx\n'.repeat(1_500);
    await expect(
      send(raw('ana@example.com', `Content-Type: multipart/mixed; boundary=B\n\n${parts}--B--\n`)),
    ).rejects.toMatchObject({
      responseCode: 554,
    });
  });

  test('is found on this machine only', async () => {
    const refused = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: listener.port });
      socket.once('connect', () => resolve(null)).once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    expect(refused).toBe('ECONNREFUSED');
  });

  test('hears what our own adapter sends, as a machine', async () => {
    const adapter = createEmailAdapter(
      {
        host: '127.0.0.1',
        port: listener.port,
        tls: 'none',
        from: { address: 'x@y.example' },
        messageIdDomain: 'y.example',
      },
      () => now,
    );
    expect(await adapter.send({ touchId: 't', attempt: '1', to: 'care@shop.example', text: 'Hi' })).toMatchObject({
      result: 'sent',
    });
    await adapter.close();
    expect(first().kind).toBe('auto-reply');
  });
});
