/** All about one customer at the desk: found, guarded, handed over, noted, kept confidential; and what they wrote stays text. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { suppress } from '../../store/consents.ts';
import { until } from '../story/engine.ts';
import { ownDesk, type OwnDesk, type Seat } from './own-desk.ts';

let desk: OwnDesk;
let ben: Seat;
beforeAll(async () => {
  desk = await ownDesk();
  const { engine } = desk;
  for (const [id, firstName] of [
    ['ana', 'Ana Lund'],
    ['bo', 'Bo Berg'],
  ] as const) {
    await engine.customer(id, { fields: { firstName } });
    await desk.writes(id, `This is ${firstName}. Where is my parcel?`, 'Parcel');
  }
  await engine.event('ana', 'offer-ready', { offerId: 'spring', percent: 15 });
  await until('an offer', async () => (await statesOf('ana')).includes('sent'));
  await engine.event('ana', 'offer-ready', { offerId: 'summer', percent: 15 });
  await until('one that waits', async () => (await statesOf('ana')).includes('deferred'));
  ben = await desk.sit({ name: 'ben', role: 'agent', teams: ['care'] });
}, 90_000);
afterAll(() => desk.stop());

const statesOf = async (id: string): Promise<string[]> => {
  const rows = await desk.engine.db.selectFrom('touches').select('state').where('customer_id', '=', id).execute();
  return rows.map(({ state }) => state);
};
const taskOf = (id: string) =>
  desk.engine.db
    .selectFrom('tasks')
    .select(['number', 'state', 'team', 'claimed_by'])
    .where('customer_id', '=', id)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow();
const openTask = async (page: Page, id: string): Promise<void> => {
  await page.goto(`${desk.url}/desk/tasks/T-${(await taskOf(id)).number}`);
  await page.getByRole('article').getByText('Where is my parcel?').first().waitFor();
};
const openCustomer = async (page: Page, id: string): Promise<void> => {
  await page.goto(`${desk.url}/desk/customers/${id}`);
  await page.getByRole('region', { name: /Guards|Umstände/ }).waitFor();
};

describe('All about a customer', () => {
  it('is found from anywhere by keyboard, by the beginnings of words', async () => {
    const { page } = ben;
    await page.getByRole('link', { name: /Ana Lund.*T-\d/ }).waitFor();
    await page.keyboard.press('f');
    const field = page.getByRole('combobox', { name: /A name, a number/ });
    await field.waitFor();
    await page.keyboard.type('bo be');
    await page.getByRole('option', { name: /Bo Berg/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/customers\/bo$/);
    await page.getByRole('heading', { name: 'Bo Berg', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('parcel lund');
    await page.getByRole('option', { name: /Ana Lund.*in what was said/s }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/inbox/);
  });

  it('has a guard set at the desk, and a touch that waits dies of it', async () => {
    const { page } = ben;
    await openCustomer(page, 'ana');
    await page.getByRole('button', { name: 'Set a guard' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set a guard' });
    await dialog.getByLabel('What is so').selectOption('bereavement');
    await dialog.getByRole('button', { name: 'In a week' }).click();
    await dialog.getByLabel('How we know').fill('She told us on the phone');
    await dialog.getByRole('button', { name: 'Set a guard' }).click();
    await page.getByText('She told us on the phone').waitFor();
    await until('the offer refused', async () => !(await statesOf('ana')).includes('deferred'));
    expect(await statesOf('ana')).toContain('refused');
    await page
      .getByText(/Not sent:.*bereavement/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Lift bereavement' }).click();
    await page.getByText('No guard is set.').waitFor();
  });

  it('has a journey paused and stopped for this customer alone', async () => {
    const { page } = ben;
    await openCustomer(page, 'ana');
    const journeys = page.getByRole('region', { name: 'Journeys' });
    await journeys.getByRole('button', { name: 'Pause offer' }).click();
    const pause = page.getByRole('dialog', { name: /Pause ‘offer’/ });
    await pause.getByRole('button', { name: 'In a week' }).click();
    await pause.getByLabel('Why').fill('is moving house');
    await pause.getByRole('button', { name: 'Pause' }).click();
    await journeys.getByText('Paused by ben').waitFor();
    await journeys.getByRole('button', { name: 'Stop offer' }).click();
    const stop = page.getByRole('dialog', { name: /Stop ‘offer’/ });
    await stop.getByLabel('Why').fill('wants none of it');
    await stop.getByRole('button', { name: 'Stop' }).click();
    const ended = async (): Promise<boolean> => {
      const runs = desk.engine.db.selectFrom('enrolments').select('state').where('customer_id', '=', 'ana');
      return (await runs.where('journey', '=', 'offer').execute()).every(({ state }) => state === 'ended');
    };
    await until('its runs ended', ended, 30_000);
    await journeys.getByText('Stopped by ben').waitFor();
    await journeys.getByRole('button', { name: /Let it go on/ }).click();
    await until('it lifted', async () => (await journeys.getByText('Stopped by ben').count()) === 0);
  }, 60_000);

  it('is confidential from now on: its people read it, others see whom they can ask', async () => {
    const { page } = ben;
    const mia = await desk.sit({ name: 'mia', role: 'agent', teams: ['care'] });
    await openTask(mia.page, 'bo');
    await openCustomer(page, 'bo');
    await page.getByRole('button', { name: 'Mark confidential' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mark confidential' });
    await dialog.getByLabel('Why').fill('a dispute');
    await dialog.getByRole('button', { name: 'Mark confidential' }).click();
    await page.getByText('Its people: ben').waitFor();
    await page.getByText('This is Bo Berg. Where is my parcel?').waitFor();
    await mia.page.reload();
    await mia.page.getByText(/This conversation is confidential. ben read it/).waitFor();
    expect(await mia.page.getByText('This is Bo Berg. Where is my parcel?').count()).toBe(0);
    await page.reload();
    await page.getByText('Who read it').click();
    await page.getByText('was not let in').waitFor();
  });
});

describe('At a task', () => {
  it('who was quicker is told by the clock of whoever reads', async () => {
    const cleo = await desk.sit({ name: 'cleo', role: 'agent', teams: ['care'] }, { timezoneId: 'America/New_York' });
    await cleo.page.route('**/v1/live', (route) => route.abort());
    await openTask(cleo.page, 'ana');
    await cleo.page.getByRole('button', { name: /Take it/ }).waitFor();
    await openTask(ben.page, 'ana');
    await ben.page.getByRole('button', { name: /Take it/ }).click();
    await ben.page.getByRole('textbox', { name: /Answer Ana/ }).waitFor();
    await cleo.page.getByRole('button', { name: /Take it/ }).click();
    const told = await cleo.page.getByText(/already claimed by ben \(\d\d:\d\d\)/).innerText();
    const row = await desk.engine.db
      .selectFrom('tasks')
      .select('claimed_at')
      .where('claimed_by', '=', 'ben')
      .executeTakeFirstOrThrow();
    const there = { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: 'America/New_York' } as const;
    expect(told).toContain(new Intl.DateTimeFormat('en-GB', there).format(row.claimed_at ?? new Date(0)));
  });

  it('two who are with one customer see each other, and a call is counted, noted and told', async () => {
    const { page } = ben;
    await openTask(page, 'ana');
    await page.getByRole('textbox', { name: /Answer Ana/ }).fill('Hello');
    const dora = await desk.sit({ name: 'dora', role: 'agent', teams: ['care'] });
    await openTask(dora.page, 'ana');
    await dora.page.getByText('ben is writing to them.').waitFor({ timeout: 15_000 });
    await page.getByRole('textbox', { name: /Answer Ana/ }).fill('');
    await page.getByRole('textbox', { name: /Answer Ana/ }).blur();
    await page.keyboard.press('p');
    const warned = page.getByRole('dialog', { name: 'Before you go on' });
    await warned.getByText(/no consent/).waitFor();
    await warned.getByLabel(/Why you go on/).fill('she asked me to call');
    await warned.getByRole('button', { name: 'Call all the same' }).click();
    const note = page.getByRole('dialog', { name: /What was said on the phone/ });
    await note.getByLabel('Your note').fill('It comes tomorrow, she is glad.');
    await note.getByLabel(/I reached them/).check();
    await note.getByRole('button', { name: 'Keep the note' }).click();
    await page.getByRole('article').getByText('It comes tomorrow, she is glad.').waitFor();
    expect(await statesOf('ana')).toContain('sent');
    const [override] = await desk.engine.db.selectFrom('overrides').selectAll().execute();
    expect(override).toMatchObject({ agent: 'ben', why: 'she asked me to call' });
  }, 60_000);

  it('an answer shows what it costs and how it arrives before it is sent', async () => {
    const { page } = ben;
    await openTask(page, 'ana');
    await page.getByRole('textbox', { name: /Answer Ana/ }).fill('It is on its way.');
    await page.getByText(/costs 1 of their budget|free: a turn/).click();
    const sheet = page.getByRole('region', { name: 'Preview' });
    await sheet.getByText('To ana@customers.test').waitFor();
    await sheet.getByText('Re: Parcel').waitFor();
    await sheet.getByText('It is on its way.').waitFor();
    await page.getByRole('textbox', { name: /Answer Ana/ }).fill('');
  });

  it('is handed over to another team with its story, and reminds us of what is to come; all by keyboard', async () => {
    const { page } = ben;
    await openTask(page, 'ana');
    await page.keyboard.press('m');
    const remind = page.getByRole('dialog', { name: /Remind us/ });
    await remind.getByRole('button', { name: 'Tomorrow, 9:00' }).press('Enter');
    await remind.getByLabel('Of what').fill('is it there?');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('region', { name: 'Reminders' }).getByText('is it there?').waitFor();
    await page.keyboard.press('h');
    const hand = page.getByRole('dialog', { name: 'Hand over' });
    await hand.getByLabel('To whom?').selectOption('team field');
    await hand.getByLabel(/What should they know/).fill('needs somebody at the door');
    await page.keyboard.press('Control+Enter');
    await until('the other team asked', async () => (await taskOf('ana')).team === 'field');
    const fay = await desk.sit({ name: 'fay', role: 'agent', teams: ['field'] });
    await openTask(fay.page, 'ana');
    await fay.page.getByText('needs somebody at the door').waitFor();
    await fay.page.keyboard.press('i');
    await fay.page.waitForURL(/\/customers\/ana$/);
  });
});

describe('What customers fill in', () => {
  const payloads = [
    '<img src=x onerror="window.hacked=1">',
    '"><svg onload=window.hacked=1>',
    '</script><script>window.hacked=1</script>',
  ];
  it('stays text on every page, whatever it says', async () => {
    const [name = '', subject = '', body = ''] = payloads;
    const now = desk.engine.clock.now();
    await desk.engine.customer('eve', { fields: { firstName: name } });
    await desk.writes('eve', body, subject);
    await suppress(desk.engine.db, 'eve', {
      ...{ channel: 'sms', reason: body, source: subject, actor: name, at: now },
    });
    const { page, complaints } = await desk.sit({ name: 'gus', role: 'lead', teams: ['care'] });
    await openCustomer(page, 'eve');
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByText(subject, { exact: true }).first().waitFor();
    await page.getByText(body, { exact: true }).first().waitFor();
    await page.keyboard.press('f');
    await page.keyboard.type('eve');
    await page.getByRole('option').getByText(name).waitFor();
    expect(await page.evaluate(`'hacked' in window`)).toBe(false);
    expect(await page.locator('main img, main svg, main iframe, main script, dialog img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('Everybody can use it', () => {
  const faultsOn = async (page: Page): Promise<string[]> =>
    (await new AxeBuilder({ page }).analyze()).violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
    );
  it.each([
    ['light', 1280, 'en'],
    ['dark', 1280, 'de-DE'],
    ['light', 360, 'de-DE'],
    ['dark', 360, 'en'],
  ] as const)(
    'axe finds nothing in %s at %i px, and nothing is wider than the screen (%s)',
    async (colorScheme, width, locale) => {
      const options = { colorScheme, viewport: { width, height: 800 }, locale };
      const { page, complaints } = await desk.sit({ name: 'hana', role: 'lead', teams: ['care', 'field'] }, options);
      const fits = async (): Promise<void> => {
        expect(await faultsOn(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      };
      await openTask(page, 'ana');
      await fits();
      for (const key of ['h', 'n', 'm']) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        await fits();
        await page.getByRole('button', { name: /Cancel|Abbrechen/ }).click();
      }
      await openCustomer(page, 'ana');
      await fits();
      await page.getByRole('button', { name: /Set a guard|Umstand festhalten/ }).click();
      await page.getByRole('dialog').waitFor();
      await fits();
      await page.getByRole('button', { name: /Cancel|Abbrechen/ }).click();
      await page.keyboard.press('f');
      await page.keyboard.type('ana');
      await page.getByRole('option').first().waitFor();
      await fits();
      expect(complaints).toEqual([]);
    },
    120_000,
  );
});
