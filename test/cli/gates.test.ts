import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishSamples } from '../api/samples.ts';
import { ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
  for (const id of ['ana', 'ben'])
    await own.cli([
      'customers',
      'put',
      id,
      '--email',
      `${id}@example.com`,
      '--place',
      'DE:53501',
      '--zone',
      'Europe/Berlin',
    ]);
});
afterAll(() => own.stop());

describe('guards', () => {
  it('are set for customers, a list, an area and from a file, listed and lifted', async () => {
    const why = ['--reason', 'told us', '--review', '2026-03-20'];
    expect((await own.cli(['guards', 'set', 'bereavement', '--customer', 'ana', ...why])).out).toBe(
      "The guard 'bereavement' holds for 1 of them.\n  nothing was on its way",
    );
    writeFileSync(join(own.folder, 'ids.txt'), 'ben\nnobody\n');
    expect((await own.cli(['guards', 'set', 'bereavement', '--ids', 'ids.txt', ...why])).out).toContain(
      'nobody knows: nobody',
    );
    const areas = 'fact: flood-area\n  reason: the river Ahr\n  review: 2026-03-21\n  areas: [DE:535]\n';
    writeFileSync(join(own.folder, 'guards.yaml'), `- ${areas}`);
    const applied = await own.cli(['guards', 'apply', 'guards.yaml']);
    expect(applied.out).toMatch(/holds in DE:535 \(g_\w+\): for 2 who are there, 0 who may be, and whoever comes/);
    const listed = (await own.cli(['guards'])).out;
    for (const said of ['bereavement', 'ana', 'ben', 'DE:535', '2026-03-21']) expect(listed).toContain(said);
    expect((await own.cli(['guards', 'list', '--due'])).out).toBe('No review is due.');
    expect((await own.cli(['guards', 'lift', 'ana', 'bereavement'])).out).toBe(
      "The guard 'bereavement' of ana is lifted.",
    );
    const [id = ''] = /g_[\w-]+/.exec(listed) ?? [];
    expect((await own.cli(['guards', 'lift', id])).out).toBe(`The guard ${id} is lifted.`);
  });
  it('want somebody to hold for, and a file of their form', async () => {
    const why = ['--reason', 'x', '--review', '2026-03-20'];
    expect((await own.cli(['guards', 'set', 'bereavement', ...why])).told).toContain('Say for whom');
    writeFileSync(join(own.folder, 'bad.yaml'), '- fact: bereavement\n');
    expect(await own.cli(['guards', 'apply', 'bad.yaml'])).toMatchObject({
      exit: 2,
      told: expect.stringContaining('0.reason'),
    });
  });
});

describe('checked, hold and limits', () => {
  it('say what they did', async () => {
    expect((await own.cli(['checked', 'ana', 'home-is-fine'])).out).toMatch(/^ana was looked at: 'home-is-fine' is so/);
    expect((await own.cli(['hold', 'ana', '--reason', 'on the phone'])).out).toMatch(
      /^ana is held until 2026-03-04T09:00/,
    );
    expect((await own.cli(['hold', 'ana', '--lift'])).out).toBe('No hold is set for ana: what waited asks again.');
    const limits = await own.cli([
      'limits',
      'ana',
      '--channels',
      'email',
      '--hours',
      '09:00-18:00',
      '--source',
      'phone',
    ]);
    const means =
      'You hear from us only by e-mail, only between 09:00 and 18:00, except about what you asked us yourself.';
    expect(limits.out).toBe(means);
    expect((await own.cli(['limits', 'ana'])).out).toBe(means);
    expect((await own.cli(['limits', 'ana', '--clear'])).out).toBe('You have set no limits of your own.');
  });
});

describe('consents', () => {
  it('are exported as CSV that no program takes for a formula', async () => {
    const said = ['--source', 'shop', '--text', '=1+1, "yes"', '--by', 'her daughter'];
    expect((await own.cli(['customers', 'consent', 'ana', 'email', 'marketing', ...said])).exit).toBe(0);
    const [head, row] = (await own.cli(['consents'])).out.split('\n');
    expect(head).toBe('customerId,channel,purpose,granted,givenAt,givenBy,source,text,proof,actor,at');
    expect(row).toContain('ana,email,marketing,true,2026-03-02T09:00:00.000Z,her daughter,shop,"\'=1+1, ""yes""",');
  });
});

describe('gates', () => {
  it('are shown in their order, and laws with their sources', async () => {
    const { out } = await own.cli(['gates']);
    expect(out.indexOf('kill switch')).toBeLessThan(out.indexOf('channel rate'));
    const laws = (await own.cli(['gates', '--laws'])).out;
    for (const said of ['47 CFR 64.1200(c)(1)', 'Fla. Stat. 501.616(6)(a)', 'no legal advice'])
      expect(laws).toContain(said);
  });
});
