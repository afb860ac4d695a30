/** What people propose becomes a change of the designer's own files, and only if it compiles to exactly that change. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { publishSamples } from '../api/samples.ts';
import { jsonOf, ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
const root = fileURLToPath(new URL('../../', import.meta.url));
const file = (name: string): string => join(own.folder, 'journeys', name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
  cpSync(join(root, 'journeys'), join(own.folder, 'journeys'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(own.folder, 'node_modules'));
});
afterAll(() => own.stop());

let made = 0;
async function proposed(step: string, change: object): Promise<string> {
  const body = { agent: 'ben', journey: 'inquiry', version: 1, step, change, why: `reason ${String((made += 1))}` };
  const { status, body: answer, text } = await own.api.call('POST', '/v1/proposals', { body });
  if (status !== 200) throw new Error(text);
  return (answer as { proposal: { name: string } }).proposal.name;
}

test('they are listed, and told with what they would do', async () => {
  expect((await own.cli(['proposals', 'list'])).out).toMatch(/^Nothing is proposed/);
  const name = await proposed('our-answer', { is: 'wait', after: '4 business hours' });
  expect((await own.cli(['proposals', 'list'])).out).toMatchInlineSnapshot(`
   "PROPOSAL  JOURNEY    STEP        CHANGE                             BY   STATE
   P-1       inquiry 1  our-answer  1 business day → 4 business hours  ben  open"
  `);
  const { out } = await own.cli(['proposals', 'show', name]);
  expect(out).toContain('Customers at *our-answer* will now wait 4 business hours instead of 1 business day.');
  expect(out).toMatch(/What it asks of a typical customer: .*sooner to a person/);
});

test('one that is accepted is written where it is meant, although the same time is said twice in the file', async () => {
  const before = read('inquiry.ts');
  const dry = await own.cli(['proposals', 'accept', 'P-1', '--dry-run']);
  expect(dry.out).toMatch(/^P-1 would be written to inquiry\.ts:/);
  expect(read('inquiry.ts')).toBe(before);
  const done = await own.cli(['proposals', 'accept', 'P-1']);
  expect([done.exit, done.told]).toEqual([0, '']);
  expect(read('inquiry.ts')).toBe(
    before.replace("listen('our-answer', '1 business day'", "listen('our-answer', '4 business hours'"),
  );
  expect(jsonOf(await own.cli(['proposals', 'list', '--all', '--json']))).toMatchObject({
    items: [{ name: 'P-1', state: 'accepted', decidedBy: 'everything' }],
  });
  expect((await own.cli(['proposals', 'accept', 'P-1'])).told).toBe('P-1 was accepted before.');
});

test('other words are written below the front matter of their template', async () => {
  const head = /^---[\s\S]*?\n---\n/.exec(read('templates/still-there.en.liquid'))?.[0] ?? '';
  const name = await proposed('still-here', { is: 'wording', locale: 'en', after: 'We have not forgotten you.' });
  expect((await own.cli(['proposals', 'accept', name])).exit).toBe(0);
  expect(read('templates/still-there.en.liquid')).toBe(`${head}We have not forgotten you.\n`);
});

test('a file in which the place is not found stays as it is, and says what to do by hand', async () => {
  const name = await proposed('all-well', { is: 'wait', after: '3 days' });
  const before = read('inquiry.ts');
  const apart = before.replace("listen('all-well', '2 days'", "listen('all-well', `${String(2)} days` as '2 days'");
  expect(apart).not.toBe(before);
  writeFileSync(file('inquiry.ts'), apart);
  const refused = await own.cli(['proposals', 'accept', name]);
  expect([refused.exit, refused.told]).toEqual([1, expect.stringContaining('Change it by hand')]);
  expect(read('inquiry.ts')).toBe(apart);
  // By hand it is done, and then only said.
  writeFileSync(file('inquiry.ts'), before.replace("listen('all-well', '2 days'", "listen('all-well', '3 days'"));
  expect((await own.cli(['proposals', 'accept', name])).out).toContain('inquiry.ts says so already.');
});

test('what is no time never becomes code, whatever the API says', async () => {
  const name = await proposed('our-answer-still', { is: 'wait', after: '2 business days' });
  const number = name.replace('P-', '');
  const change = { is: 'wait', field: 'until', before: '1 business day', after: "1 day', process.exit(7), '" };
  await own.api.db
    .updateTable('proposals')
    .set({ change: JSON.stringify(change) })
    .where('number', '=', number)
    .execute();
  const before = read('inquiry.ts');
  const refused = await own.cli(['proposals', 'accept', name]);
  expect([refused.exit, refused.told]).toEqual([1, expect.stringContaining('no time that a journey could say')]);
  expect(read('inquiry.ts')).toBe(before);
});

test('one that was made for another state of the journey is refused; one that is declined says why', async () => {
  const name = await proposed('person', { is: 'wait', after: '2 business hours' });
  const before = read('inquiry.ts');
  writeFileSync(
    file('inquiry.ts'),
    before.replace(
      "because: 'An inquiry needs a person', within: '4 business hours'",
      "because: 'An inquiry needs a person', within: '3 business hours'",
    ),
  );
  const refused = await own.cli(['proposals', 'accept', name]);
  expect([refused.exit, refused.told]).toEqual([1, expect.stringContaining("here it is '3 business hours'")]);
  expect((await own.cli(['proposals', 'decline', name, '--why', 'they are too few'])).out).toBe(
    `${name} is declined: they are too few.`,
  );
});
