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
      async () => !(await page.getByRole('status').first().innerText()).match(/being|gezählt/),
    );
    await page.getByRole('row', { name: /quiet|disturb|stören/ }).waitFor();
  },
  team: async (page: Page): Promise<void> => {
    await page.getByRole('region', { name: 'care' }).locator('figure svg').waitFor();
  },
  journeys: async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /^our-answer:/ }).waitFor();
    await page.locator('article img').waitFor();
  },
} as const;
const address = { today: 'today', team: 'team', journeys: 'journeys/inquiry' } as const;

async function open(seat: Seat, name: keyof typeof pages): Promise<Page> {
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
