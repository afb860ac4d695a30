import { afterAll, beforeAll, expect, it } from '@jest/globals';
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

  await page.getByRole('link', { name: /Ana/ }).waitFor();
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
  await page.screenshot({ path: '/tmp/rt/desk-dialog.png' });
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
