import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { publishSamples } from '../api/samples.ts';
import { jsonOf, ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
  for (const [id, plan] of [
    ['c-1', 'gold'],
    ['c-2', 'gold'],
    ['c-3', 'free'],
  ] as const)
    await own.cli(['customers', 'put', id, '--email', `${id}@example.com`, 'firstName=Ana', `plan=${plan}`]);
  await own.cli(['customers', 'consent', 'c-1', 'email', 'marketing', '--source', 'web form']);
});
afterAll(() => own.stop());

test('an audience is set by a condition, counted before anybody is written to, and listed', async () => {
  expect((await own.cli(['audiences'])).out).toBe('There is no audience yet: righttouch audiences set.');
  const gold = '{"path":"customer.plan","is":["gold"]}';
  expect(await own.cli(['audiences', 'set', 'customers-of-2026', '--where', gold])).toMatchObject({
    exit: 0,
    out: `customers-of-2026 is ${gold}.`,
  });
  expect((await own.cli(['audiences', 'preview', 'customers-of-2026', '--journey', 'year-in-review'])).out).toBe(
    [
      'customers-of-2026: 2 customers: c-1, c-2',
      '  email: 2 have an address, 1 have consented, 1 both',
      '  1 can be reached. Guards, hours and budgets are asked when it is sent.',
    ].join('\n'),
  );
  expect(jsonOf(await own.cli(['audiences', 'list', '--json']))).toMatchObject({
    items: [
      {
        name: 'customers-of-2026',
        condition: { path: 'customer.plan', is: ['gold'] },
        members: null,
        setBy: 'everything',
      },
    ],
  });
});

test('a list of ids is sent in pages', async () => {
  const file = join(own.folder, 'ids.txt');
  writeFileSync(file, ['c-3', ...Array.from({ length: 5_500 }, (_, n) => `later-${String(n)}`), 'c-3', ''].join('\n'));
  expect((await own.cli(['audiences', 'set', 'some', '--ids', file])).out).toBe('some is a list of 5501.');
  expect((await own.cli(['audiences', 'preview', 'some'])).out).toBe('some: 1 customer: c-3');
});

test('what cannot be asked, or is not known, is refused with what to write instead', async () => {
  const wrong = await own.cli(['audiences', 'set', 'x', '--where', '{"path":"customer.plann","is":["gold"]}']);
  expect(wrong).toMatchObject({ exit: 1, told: expect.stringContaining("Did you mean 'plan'?") });
  const visits = await own.cli(['audiences', 'set', 'x', '--where', '{"path":"visit.total","atLeast":3}']);
  expect(visits).toMatchObject({ exit: 1, told: expect.stringContaining('consent-PURPOSE.CHANNEL') });
  const noCondition = await own.cli(['audiences', 'set', 'x', '--where', '{"path":"customer.plan"}']);
  expect(noCondition).toMatchObject({ exit: 1, told: expect.stringContaining('A condition has a path with is') });
  expect(await own.cli(['audiences', 'set', 'x'])).toMatchObject({ exit: 2 });
  expect(await own.cli(['audiences', 'preview', 'x'])).toMatchObject({
    exit: 1,
    told: expect.stringContaining("There is no audience 'x'."),
  });
  expect(await own.cli(['audiences', 'preview', 'some', '--journey', 'offr'])).toMatchObject({
    exit: 1,
    told: expect.stringContaining("Did you mean 'offer'?"),
  });
});

test('a published journey by audience is planned, told and cancelled', async () => {
  const { items } = jsonOf(await own.cli(['broadcasts', '--json'])) as { items: { id: string }[] };
  const id = items[0]?.id ?? '';
  const line = `${id}  year-in-review 1 to customers-of-2026 at 2026-12-16 09:00`;
  expect((await own.cli(['broadcasts'])).out).toBe(`${line}: planned`);
  expect((await own.cli(['broadcasts', 'cancel', id])).out).toBe(`${line}: cancelled`);
  expect(await own.cli(['broadcasts', 'cancel', id])).toMatchObject({
    exit: 1,
    told: expect.stringContaining('is over already'),
  });
  expect(await own.cli(['broadcasts', 'cancel', 'b_none'])).toMatchObject({ exit: 1 });
});
