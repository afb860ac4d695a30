/** The desk as people use it: a real engine, the API with the built page, and a real Chromium that keeps to the page's policy. */
import { spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createApp } from '../../api/app.ts';
import type { Api } from '../../api/deps.ts';
import { packageRoot } from '../../cli/dev/folders.ts';
import { addAccount, type NewAccount } from '../../store/accounts/accounts.ts';
import { makeSignInLink } from '../../store/accounts/sessions.ts';
import { deskOf } from '../../store/desk.ts';
import { notifyPump } from '../../store/outbox.ts';
import { takeInbound } from '../../store/take-reply.ts';
import { testSchema } from '../servers/running.ts';
import { startEngine, type Engine } from '../story/engine.ts';
import { openChromium } from './chromium.ts';

export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained of: breaches of the page's policy, errors of scripts. Empty, or something is wrong. */
  readonly complaints: string[];
}
export interface OwnDesk {
  readonly engine: Engine;
  readonly app: Api;
  readonly url: string;
  /** Makes the account if there is none, and a link that opens the desk as it, once. */
  link(who: NewAccount): Promise<string>;
  /** A browser of somebody's own, signed in by a link. */
  sit(who: NewAccount, options?: Parameters<Browser['newContext']>[0]): Promise<Seat>;
  /** A browser in which nobody is signed in. */
  stranger(options?: Parameters<Browser['newContext']>[0]): Promise<Seat>;
  /** The customer writes an e-mail, as the mail listener takes it in. */
  writes(customerId: string, text: string, subject?: string): Promise<void>;
  stop(): Promise<void>;
}

export function built(): string {
  const made = spawnSync(process.execPath, [join(packageRoot, 'cli/dev/build-desk.mjs')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`The desk was not built: ${made.stderr}`);
  return join(packageRoot, 'dist', 'desk');
}

export async function ownDesk(): Promise<OwnDesk> {
  const deskFolder = built();
  const [engine, browser] = await Promise.all([startEngine(), openChromium()]);
  const { db, clock } = engine;
  const app = await createApp({
    db,
    schema: testSchema,
    now: clock.now,
    realNow: Date.now,
    logger: pino({ level: process.env['RT_LOG'] ?? 'silent' }),
    publicUrl: null,
    twilioAuthToken: null,
    twilioAccountSid: null,
    defaultCountry: null,
    defaultTeam: 'care',
    deskFolder,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  let mails = 0;

  const stranger: OwnDesk['stranger'] = async (options) => {
    const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // Chromium tells of each answer that is no success; which of them are right, each test knows.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    return { page, context, complaints };
  };
  const link: OwnDesk['link'] = async (who) => {
    const made = await addAccount(db, who, Date.now());
    const id =
      made?.id ??
      (await db.selectFrom('accounts').select('id').where('name', '=', who.name).executeTakeFirstOrThrow()).id;
    return `${url}/desk/sign-in#${await makeSignInLink(db, id, Date.now() + 60_000)}`;
  };
  return {
    engine,
    app,
    url,
    link,
    stranger,
    async sit(who, options) {
      const seat = await stranger(options);
      await seat.page.goto(await link(who));
      await seat.page
        .getByRole('navigation')
        .waitFor()
        .catch(async (error: unknown) => {
          const seen = await seat.page.locator('body').innerText();
          throw new Error(`Nobody is signed in: ${String(error)}\n${seen}\n${seat.complaints.join('\n')}`);
        });
      return seat;
    },
    async writes(customerId, text, subject = 'A question') {
      const at = clock.now();
      await takeInbound(
        db,
        {
          channel: 'email',
          kind: 'message',
          providerKey: `mail-${++mails}`,
          from: `${customerId}@customers.test`,
          subject,
          text,
          at,
        },
        { now: at, desk: await deskOf(db, 'care') },
      );
      await notifyPump(db);
    },
    async stop() {
      await browser.close();
      await app.close();
      await engine.stop();
    },
  };
}
