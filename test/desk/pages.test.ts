/** The pages for leads and designers, in a real browser over a real engine. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '../story/engine.ts';
import { fourWeeks } from './four-weeks.ts';
import { ownDesk, type OwnDesk, type Seat } from './own-desk.ts';

let desk: OwnDesk;
beforeAll(async () => {
  desk = await ownDesk();
  const { engine } = desk;
  await fourWeeks(engine);
  await engine.customer('omar', { fields: { firstName: 'Omar' } });
  await desk.writes('omar', 'We are moving in March. Can the contract come with us?', 'Moving');
  await engine.event('omar', 'offer-ready', { offerId: 'spring', percent: 15 });
  await until('the offer', async () => {
    const rows = await engine.db.selectFrom('touches').select('state').where('customer_id', '=', 'omar').execute();
    return rows.some(({ state }) => state === 'sent');
  });
}, 120_000);
afterAll(() => desk.stop());

const lead = { name: 'lea', role: 'lead', teams: ['care'] } as const;
const designer = { name: 'dee', role: 'designer', teams: [] } as const;
const ben = { name: 'ben', role: 'agent', teams: ['care'] } as const;

const faultsOn = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
  );

/** Each page once all of it is there. */
const pages = {
  today: async (page: Page): Promise<void> => {
    await page.locator('figure').nth(6).locator('svg').waitFor();
    await until(
      'every day counted',
      async () => !/being|gezählt/.test(await page.getByRole('status').first().innerText()),
    );
    await page.getByRole('row', { name: /quiet|disturb|stören/ }).waitFor();
  },
  team: async (page: Page): Promise<void> => {
    await page.getByRole('region', { name: 'care' }).locator('figure svg').waitFor();
  },
  journeys: async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /^our-answer:/ }).waitFor();
    await page.locator('article img').waitFor();
    // The price tag comes when all ways were walked.
    await page.getByText(/being counted|Wird gezählt/).waitFor({ state: 'detached' });
  },
} as const;
const address = { today: 'today', team: 'team', journeys: 'journeys/inquiry' } as const;

async function open(seat: Seat, name: keyof typeof pages): Promise<Page> {
  // A page is there when it is there: others may have the machine.
  seat.page.setDefaultTimeout(30_000);
  await seat.page.goto(`${desk.url}/desk/${address[name]}`);
  await pages[name](seat.page);
  return seat.page;
}

describe('Everybody can read the pages', () => {
  // Colours hang on the one, places on the other: both are seen at each run, and all four at night.
  const two = [
    ['light', 1280],
    ['dark', 360],
  ] as const;
  const four = [...two, ['dark', 1280], ['light', 360]] as const;
  it.each(process.env['RT_AXE'] === 'all' ? four : two)(
    'axe finds nothing in %s at %i px, and nothing is wider than the screen',
    async (colorScheme, width) => {
      const seat = await desk.sit(lead, { colorScheme, viewport: { width, height: 800 } });
      for (const name of ['today', 'team', 'journeys'] as const) {
        const page = await open(seat, name);
        expect([name, await faultsOn(page)]).toEqual([name, []]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      expect(seat.complaints).toEqual([]);
    },
    120_000,
  );
});

describe('Today', () => {
  it('reads out the day that is chosen, by keyboard too', async () => {
    const { page } = await desk.sit(lead);
    await page.getByRole('link', { name: 'Today' }).click();
    await pages.today(page);
    const chosen = page.getByRole('slider', { name: 'Choose a day' });
    const today = await chosen.getAttribute('aria-valuetext');
    expect(today).toMatch(/, today$/);
    await chosen.press('ArrowLeft');
    expect(await chosen.getAttribute('aria-valuetext')).not.toMatch(/today/);
    // Every plot has its numbers behind it, a row a day.
    await page.getByText('The numbers').nth(1).click();
    expect(await page.getByRole('region', { name: 'Pestered' }).getByRole('row').count()).toBe(29);
  });
  it('is not shown to agents, whose menu has no such place', async () => {
    const { page } = await desk.sit(ben);
    await page.getByRole('link', { name: 'Team' }).waitFor();
    expect(await page.getByRole('link', { name: 'Today' }).count()).toBe(0);
  });
});

describe('Team', () => {
  it('shows who is in, and lets one go off shift', async () => {
    const { page } = await desk.sit(ben);
    await open({ page } as Seat, 'team');
    await page.getByRole('button', { name: 'Go off shift' }).click();
    await page.getByText('You are off shift').waitFor();
    await page.getByRole('button', { name: 'Go on shift' }).click();
    await until('him back', async () => {
      const row = await desk.engine.db
        .selectFrom('agents')
        .select('on_shift')
        .where('name', '=', 'ben')
        .executeTakeFirst();
      return row?.on_shift === true;
    });
  });
});

describe('The field designs', () => {
  const voices = () =>
    desk.engine.db.selectFrom('step_feedback').select(['journey', 'step', 'agent', 'says']).execute();
  it('with one tap on an automated step, which can be undone', async () => {
    const { page } = await desk.sit(ben);
    await page.getByRole('link', { name: /Omar.*T-\d/ }).click();
    const taps = page.getByRole('group', { name: /What did this step do/ }).first();
    await taps.getByRole('button', { name: 'Too late' }).click();
    await until('the voice', async () => (await voices()).length === 1);
    expect(await voices()).toMatchObject([{ journey: 'offer', agent: 'ben', says: 'too-late' }]);
    await page.keyboard.press('u');
    await until('it taken back', async () => (await voices()).length === 0);
    await taps.getByRole('button', { name: 'Helped' }).click();
    await until('another', async () => (await voices()).length === 1);
    await taps.getByRole('link', { name: 'Propose a change' }).click();
    await page.getByRole('heading', { name: /^offer/ }).waitFor();
    await page.getByRole('row', { name: /1× helped/ }).waitFor();
  });
  it('by a change that is seen before it is proposed, and declined by the designer with a word on why', async () => {
    const { page, complaints } = await desk.sit(ben);
    await open({ page } as Seat, 'journeys');
    await page.getByRole('button', { name: 'Propose a change: our-answer', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a change of our-answer' });
    await dialog.getByLabel('Instead').fill('2 dayz');
    await dialog.getByLabel('Why?').fill('They call before we do');
    await dialog.getByRole('button', { name: 'See what it would do' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('Instead').fill('4 business hours');
    await dialog.getByRole('button', { name: 'See what it would do' }).click();
    // A walk over all ways takes a core, which others may have.
    await dialog.getByText(/sooner to a person/).waitFor({ timeout: 40_000 });
    expect(await faultsOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Propose it' }).click();
    await page.getByText('P-1 is proposed. Its designer decides.').waitFor();

    const dees = await desk.sit(designer);
    await open(dees, 'journeys');
    await dees.page.getByText(/P-1 our-answer: 1 business day → 4 business hours/).click();
    await dees.page.getByText('righttouch proposals accept P-1').waitFor();
    await dees.page.getByRole('textbox', { name: /Why not/ }).fill('The promise is two days');
    await dees.page.getByRole('button', { name: 'Decline' }).click();
    await dees.page.getByText(/declined by dee: The promise is two days/).waitFor();
    expect([...complaints, ...dees.complaints]).toEqual([]);
  });
});

/** `npm run screens`: see `first-way.test.ts`. */
const folder = process.env['RT_SCREENS'];
if (folder !== undefined)
  it('looks as the pictures show', async () => {
    for (const [name, options] of [
      ['light', { viewport: { width: 1280, height: 900 } }],
      ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
      ['narrow', { viewport: { width: 360, height: 740 } }],
      ['german', { viewport: { width: 1280, height: 900 }, locale: 'de-DE' }],
    ] as const) {
      const seat = await desk.sit(lead, options);
      await seat.page.getByRole('button', { name: /Later|Später/ }).click();
      for (const which of ['today', 'team', 'journeys'] as const) {
        const page = await open(seat, which);
        await page.screenshot({ path: `${folder}/${which}-${name}.png` });
      }
    }
  }, 180_000);
