import { AxeBuilder } from '@axe-core/playwright';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sql } from 'kysely';
import { until } from '../story/engine.ts';
import { built, ownDesk, type OwnDesk, type Seat } from './own-desk.ts';

let desk: OwnDesk;
let ben: Seat;
let cleo: Seat;
beforeAll(async () => {
  desk = await ownDesk();
  for (const [id, firstName] of [
    ['ana', 'Ana'],
    ['bo', 'Bo'],
  ] as const)
    await desk.engine.customer(id, { fields: { firstName } });
  await desk.writes('ana', 'My bill has last month on it twice.', 'Bill');
  [ben, cleo] = await Promise.all([
    desk.sit({ name: 'ben', role: 'agent', teams: ['care'] }),
    desk.sit({ name: 'cleo', role: 'agent', teams: ['care'] }, { timezoneId: 'America/New_York' }),
  ]);
}, 90_000);
afterAll(() => desk.stop());

const take = (page: Page) => page.getByRole('button', { name: /Take it/ });

describe('At the desk', () => {
  it('what happens is seen without asking: a customer writes, and both see it', async () => {
    await desk.writes('bo', 'Where is my parcel?', 'Parcel');
    for (const { page } of [ben, cleo]) await page.getByRole('link', { name: /Bo.*Where is my parcel/ }).waitFor();
  });

  it('of two who take the same task one has it, and the other reads who was quicker', async () => {
    await Promise.all([ben, cleo].map(({ page }) => page.goto(`${desk.url}/desk/tasks/T-1`)));
    await Promise.all([ben, cleo].map(({ page }) => take(page).waitFor()));
    // The race itself: both ask before either has heard of the other.
    await Promise.all([ben, cleo].map(({ page }) => take(page).click({ noWaitAfter: true })));
    const owner = await until('an owner', async () => {
      const row = await desk.engine.db
        .selectFrom('tasks')
        .select('claimed_by')
        .where('number', '=', '1')
        .executeTakeFirstOrThrow();
      return row.claimed_by;
    });
    const [winner, loser] = owner === 'ben' ? [ben, cleo] : [cleo, ben];
    await winner.page.getByRole('textbox', { name: /Answer Ana/ }).waitFor();
    await loser.page.getByText(new RegExp(`${owner} has it since`)).waitFor();
    expect(await loser.page.getByRole('textbox', { name: /Answer Ana/ }).count()).toBe(0);
    await winner.page.getByRole('button', { name: /Give back/ }).click();
    await take(loser.page).waitFor();
  });

  it('times are the reader’s own, with the customer’s beside them', async () => {
    await cleo.page.goto(`${desk.url}/desk/tasks/T-1`);
    const said = await cleo.page.getByRole('article').locator('time').first().innerText();
    expect(said).toMatch(/^\d\d:\d\d · \d\d:\d\d there$/);
    const [here = 0, there = 0] = [...said.matchAll(/(\d\d):/g)].map((hour) => Number(hour[1]));
    expect((there - here + 24) % 24).toBe(6);
  });

  it('is worked by keyboard alone: choose, take, write, undo, send, put aside', async () => {
    const { page } = await desk.sit({ name: 'dora', role: 'agent', teams: ['care'] });
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    await page.getByRole('link', { name: /Bo.*T-\d/ }).waitFor();
    await press('?');
    await page.getByRole('dialog', { name: 'All by keyboard' }).waitFor();
    await press('Escape');
    await press('/');
    await page.keyboard.type('parcel');
    await page.waitForURL(/words=parcel/);
    await until(
      'one found',
      async () =>
        (await page
          .getByRole('listitem')
          .filter({ has: page.locator('strong') })
          .count()) > 0,
    );
    await press('Escape');
    await press('j');
    await page.waitForURL(/tasks\/T-2\?words=parcel/);
    await page.getByRole('article', { name: 'T-2 Bo' }).waitFor();
    await press('c');
    const field = page.getByRole('textbox', { name: 'Answer Bo by e-mail' });
    await until('the field in focus', () => field.and(page.locator(':focus')).isVisible());
    await page.keyboard.type('It is on its way.');
    await press('Control+Enter');
    await press('Escape');
    await page.getByText('Sent in a moment.').waitFor();
    await press('u');
    await until('the words back', async () => (await field.inputValue()) === 'It is on its way.');
    expect(desk.engine.inbox.mails.some(({ text }) => text?.includes('on its way'))).toBe(false);
    await press('r');
    await press('Control+Enter');
    await press('Escape');
    await press('s');
    await page.getByRole('dialog', { name: 'Until when?' }).waitFor();
    await press('2');
    await until('it put aside', async () => {
      const row = await desk.engine.db
        .selectFrom('tasks')
        .select('state')
        .where('number', '=', '2')
        .executeTakeFirstOrThrow();
      return row.state === 'snoozed';
    });
    await until('the answer on its way', () =>
      desk.engine.inbox.mails.some(({ text }) => text?.includes('on its way')),
    );
    await press('u');
    await until('it back in hand', async () => {
      const row = await desk.engine.db
        .selectFrom('tasks')
        .select(['state', 'claimed_by'])
        .where('number', '=', '2')
        .executeTakeFirstOrThrow();
      return row.state === 'claimed' && row.claimed_by === 'dora';
    });
  });
});

describe('What customers write', () => {
  const payloads = [
    '<img src=x onerror="window.hacked=1">',
    '<script>window.hacked=1</script>',
    '"><svg onload=window.hacked=1>',
    'javascript:window.hacked=1',
    '{{constructor.constructor("window.hacked=1")()}}',
    '</textarea><iframe srcdoc="<script>parent.hacked=1</script>">',
    '<a href="javascript:window.hacked=1">click</a>',
    '<style>*{display:none}</style>',
  ];
  it('stays text, whatever it says', async () => {
    await desk.engine.customer('eve', { fields: { firstName: payloads[0] ?? '', plan: 'plus' } });
    for (const payload of payloads) await desk.writes('eve', payload, payload);
    const { page, complaints } = await desk.sit({ name: 'finn', role: 'agent', teams: ['care'] });
    await page.goto(`${desk.url}/desk/tasks/T-3`);
    const article = page.getByRole('article');
    for (const payload of payloads) await article.getByText(payload, { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: payloads[0] ?? '' }).waitFor();
    expect(await page.evaluate(`'hacked' in window`)).toBe(false);
    expect(await article.locator('img, svg, iframe, script, a[href^="javascript"]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
  it('could run nothing even if it were more than text: the page’s policy forbids it', async () => {
    const { page, complaints } = await desk.sit({ name: 'gus', role: 'agent', teams: ['care'] });
    await page.evaluate(`
      document.body.insertAdjacentHTML('beforeend', '<img src="/none" onerror="window.hacked=1"><p style="color:red">x</p>');
      const script = document.createElement('script');
      script.textContent = 'window.hacked=1';
      document.body.append(script);
    `);
    await until('it refused', () => complaints.some((said) => said.includes('Content Security Policy')));
    expect(await page.evaluate(`'hacked' in window`)).toBe(false);
  });
});

describe('Everybody can use it', () => {
  const faultsOn = async (page: Page): Promise<string[]> =>
    (await new AxeBuilder({ page }).analyze()).violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
    );
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
  ] as const)(
    'axe finds nothing in %s at %i px, and nothing is wider than the screen',
    async (colorScheme, width) => {
      const viewport = { width, height: 800 };
      const out = await desk.stranger({ colorScheme, viewport });
      await out.page.goto(`${desk.url}/desk/`);
      await out.page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await faultsOn(out.page)).toEqual([]);
      const { page, complaints } = await desk.sit(
        { name: 'hana', role: 'agent', teams: ['care'] },
        { colorScheme, viewport },
      );
      await page
        .getByRole('link', { name: /Ana.*T-\d/ })
        .first()
        .waitFor();
      if (width < 500) expect(await faultsOn(page)).toEqual([]); // Where there is room, the list stands beside the task.
      await page.goto(`${desk.url}/desk/tasks/T-1`);
      await page.getByRole('article').getByText('My bill has last month').waitFor();
      expect(await faultsOn(page)).toEqual([]);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await faultsOn(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(complaints).toEqual([]);
    },
    120_000,
  );
  it('in German, too', async () => {
    const { page } = await desk.sit({ name: 'ida', role: 'agent', teams: ['care'] }, { locale: 'de-DE' });
    await page.getByRole('button', { name: /Übernehmen/ }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
  });
});

describe('An inbox of thousands', () => {
  it('draws only what is seen, and its end is reached page by page', async () => {
    const many = Number(process.env['RT_INBOX'] ?? 1_000);
    await sql`insert into customers (id, fields, created_at, updated_at)
      select 'many-' || n, jsonb_build_object('firstName', 'Many ' || n), now(), now() from generate_series(1, ${many}::int) n`.execute(
      desk.engine.db,
    );
    await sql`insert into tasks (id, customer_id, team, state, ladder, asked_team, within, claim_by_at, deadline_at, created_at)
      select 'many-' || n, 'many-' || n, 'care', 'open', t.ladder, 'care', t.within, t.at, t.at, t.at
      from generate_series(1, ${many}::int) n, lateral (
        select ladder, within, created_at + interval '9 hours' + n * interval '1 minute' as at from tasks order by number limit 1) t`.execute(
      desk.engine.db,
    );
    const { page } = await desk.sit({ name: 'jo', role: 'agent', teams: ['care'] });
    await page.getByRole('link', { name: /Many 1 / }).waitFor();
    const list = page.getByRole('region', { name: /most urgent first/ });
    const lastSeen = (): Promise<string> => list.getByRole('link').last().innerText();
    await list.hover();
    for (let at = await lastSeen(); !at.startsWith(`Many ${many}`);) {
      await page.mouse.wheel(0, 6_000);
      const before = at;
      at = await until('more of it', async () => {
        const last = await lastSeen();
        return last !== before && last;
      });
      expect(await list.getByRole('link').count()).toBeLessThan(60);
    }
  }, 60_000);
});

it('the first load is under 250 KB of compressed JavaScript', () => {
  const assets = join(built(), 'assets');
  const bytes = readdirSync(assets)
    .filter((name) => name.endsWith('.js.gz'))
    .reduce((sum, name) => sum + statSync(join(assets, name)).size, 0);
  console.log(`first load: ${(bytes / 1024).toFixed(1)} KB of JavaScript, gzip`);
  expect(bytes).toBeLessThan(250 * 1024);
});
