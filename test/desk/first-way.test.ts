import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { setGuards } from '../../store/guards.ts';
import { setFollowUp } from '../../store/notes/follow-up.ts';
import { until } from '../story/engine.ts';
import { ownDesk, type OwnDesk } from './own-desk.ts';

let desk: OwnDesk;
beforeAll(async () => {
  desk = await ownDesk();
});
afterAll(() => desk.stop());

const ben = { name: 'ben', role: 'agent', teams: ['care'] } as const;

it('somebody signs in, sees whom to help next and why, takes it, reads, answers and finishes', async () => {
  const { engine } = desk;
  await engine.customer('ana', { fields: { firstName: 'Ana' } });
  await desk.writes('ana', 'My bill has last month on it twice. What now?', 'Bill');
  const { page, complaints } = await desk.sit(ben);
  expect(new URL(page.url()).hash).toBe('');

  await page.getByRole('link', { name: /Ana.*T-\d/ }).waitFor();
  await page.getByText(/less than for anybody else/).waitFor();
  await page.getByRole('article').getByText('My bill has last month on it twice. What now?').waitFor();

  await page.getByRole('button', { name: /Take it/ }).click();
  const field = page.getByRole('textbox', { name: 'Answer Ana by e-mail' });
  await field.fill('Hello Ana, it is corrected.');
  await field.press('Control+Enter');
  const mail = await until('the answer in her mailbox', () =>
    engine.inbox.mails.find(({ text }) => text?.includes('it is corrected')),
  );
  expect(mail.subject).toBe('Re: Bill');
  await page.getByRole('article').getByText('Hello Ana, it is corrected.').waitFor();

  await page.getByRole('button', { name: /Finish/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /answered/ })
    .click();
  await until('the task done', async () => {
    const task = await engine.db.selectFrom('tasks').select(['state', 'outcome']).executeTakeFirstOrThrow();
    return task.state === 'done' && task.outcome === 'answered';
  });
  await page.getByText('Nobody waits for you.').first().waitFor();
  expect(complaints).toEqual([]);
}, 60_000);

/** What is known of somebody: a promise, a guard, and a reminder. */
async function knownOf({ engine }: OwnDesk, id: string): Promise<void> {
  const now = engine.clock.now();
  await engine.event(id, 'inquiry-received', { inquiryId: 'i-2041', topic: 'billing', urgent: false });
  await until('a promise', () =>
    engine.db.selectFrom('promises').select('id').where('customer_id', '=', id).executeTakeFirst(),
  );
  const day = 86_400_000;
  await setGuards(engine.db, [id], {
    ...{ fact: 'bereavement', contradicts: ['celebratory'], reason: 'His mother has died', actor: 'eve' },
    ...{ reviewAt: now + 21 * day, now },
  });
  const { id: taskId } = await engine.db
    .selectFrom('tasks')
    .select('id')
    .where('customer_id', '=', id)
    .executeTakeFirstOrThrow();
  await setFollowUp(engine.db, {
    taskId,
    by: 'eve',
    about: 'Has the move gone well?',
    dueAt: now + 7 * day,
    key: 'k',
    now,
  });
}

/** `npm run screens`: pictures of each page for the README, to be looked at by whoever changes them. */
const folder = process.env['RT_SCREENS'];
if (folder !== undefined)
  it('looks as the pictures show', async () => {
    const { engine } = desk;
    const stories = [
      ['mia', 'Mia Sandberg', 'Parcel', 'Only one of the two parcels has come. Where is the other one?'],
      ['omar', 'Omar Haddad', 'Moving', 'We are moving in March. Can the contract come with us?'],
      ['lena', 'Lena Brandt', 'Invoice', 'The invoice has the wrong address on it again.'],
      ['tom', 'Tom Price', 'Cancel', 'I would rather leave than wait another week for an answer.'],
    ] as const;
    for (const [id, firstName, subject, text] of stories) {
      await engine.customer(id, { fields: { firstName } });
      await desk.writes(id, text, subject);
      const offers = async (offerId: string): Promise<void> =>
        engine.event(id, 'offer-ready', { offerId, percent: 15 });
      const states = async (): Promise<string[]> => {
        const rows = await engine.db.selectFrom('touches').select('state').where('customer_id', '=', id).execute();
        return rows.map(({ state }) => state);
      };
      if (id === 'omar') {
        await offers('spring');
        await until('the offer', async () => (await states()).includes('sent'));
        await offers('summer');
        await until('another that is not made', async () => (await states()).length > 1);
      }
    }
    await knownOf(desk, 'omar');
    const first = 'Omar';
    const eve = await desk.sit({ name: 'eve', role: 'agent', teams: ['care'] });
    await eve.page.getByRole('link', { name: /Tom Price.*T-\d/ }).click();
    await eve.page.getByRole('button', { name: /Take it/ }).click();
    for (const [name, options] of [
      ['light', {}],
      ['dark', { colorScheme: 'dark' }],
      ['narrow', { viewport: { width: 360, height: 740 } }],
      ['german', { locale: 'de-DE' }],
    ] as const) {
      const out = await desk.stranger(options);
      await out.page.goto(`${desk.url}/desk/`);
      await out.page.getByRole('button', { name: /Sign in|Anmelden/ }).waitFor();
      if (name === 'light') await out.page.screenshot({ path: `${folder}/sign-in.png` });
      const { page } = await desk.sit({ name: 'fay', role: 'agent', teams: ['care'] }, options);
      await page.getByRole('button', { name: /Later|Später/ }).click();
      await page
        .getByRole('link', { name: new RegExp(`${first}.*T-\\d`) })
        .first()
        .waitFor();
      await page.screenshot({ path: `${folder}/inbox-${name}.png` });
      await page.getByRole('link', { name: new RegExp(`${first}.*T-\\d`) }).click();
      await page.getByRole('button', { name: /Take it|Übernehmen/ }).click();
      await page
        .getByRole('textbox', { name: /Answer|antworten/ })
        .fill('Hello, I am looking into it and will be back today.');
      await page.getByText(/of their budget|vom Budget|free: a turn|kostenlos/).waitFor();
      await page.screenshot({ path: `${folder}/task-${name}.png` });
      if (name === 'light') {
        await page.getByRole('button', { name: /Put aside/ }).click();
        await page.screenshot({ path: `${folder}/put-aside.png` });
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /Keys/ }).click();
        await page.screenshot({ path: `${folder}/keys.png` });
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: /Give back|Zurückgeben/ }).click();
      await page.getByRole('button', { name: /Take it|Übernehmen/ }).waitFor();
      await page.keyboard.press('i');
      await page.getByRole('region', { name: /Journeys|Abläufe/ }).waitFor();
      await page.getByText('His mother has died').first().waitFor();
      await page.screenshot({ path: `${folder}/customer-${name}.png` });
      await page.keyboard.press('f');
      await page.keyboard.type('om');
      await page.getByRole('option', { name: /Omar/ }).waitFor();
      if (name === 'light' || name === 'german') await page.screenshot({ path: `${folder}/find-${name}.png` });
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: new RegExp(`${first}.*T-\\d`) }).click();
      await page.getByRole('button', { name: /Take it|Übernehmen/ }).waitFor();
    }
  }, 240_000);
