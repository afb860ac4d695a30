/** What others document and what ours does, run over one customer's week; docs/frequency-capping-compared.md shows what came of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { dayMs } from '../../../core/calendar/zone.ts';
import { columns, deliveredBy, examples, exampleTable, sourceTable, wanted, weekTable, worst } from './tables.ts';
import { oneSignal } from './vendors.ts';

const file = fileURLToPath(new URL('../../../docs/frequency-capping-compared.md', import.meta.url));
const tables = { week: weekTable, examples: exampleTable, sources: sourceTable };

/** Between `<!-- name -->` and `<!-- /name -->`. */
const place = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\\n)([^]*?)(\\n<!-- /${name} -->)`);
/** As prettier lays tables out, but for the padding of their cells. */
const bare = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim();

test('the document shows what was run; RT_RECORD=1 writes it', () => {
  let text = readFileSync(file, 'utf8');
  if (process.env['RT_RECORD']) {
    for (const [name, table] of Object.entries(tables))
      text = text.replace(place(name), (_, begin: string, __, end: string) => `${begin}\n${table()}\n${end}`);
    writeFileSync(file, text);
  }
  for (const [name, table] of Object.entries(tables))
    expect(bare(place(name).exec(text)?.[2] ?? '')).toBe(bare(table()));
  expect(text).toContain(oneSignal.url);
});

test('ours never exceeds the cap in any seven days, and whoever waits is not lost', () => {
  for (const { name, run } of columns.filter((column) => column.name.startsWith('RightTouch')))
    expect([name, worst(run(wanted), 7 * dayMs)]).toEqual([name, 3]);
  const [dropped = [], waited = []] = columns.slice(-2).map(({ run }) => run(wanted).filter((at) => at !== null));
  expect(waited.length).toBeGreaterThan(dropped.length);
});

test.each(examples)('$whose: as documented, by their rule and by ours', ({ theirs, ours, wanted: all, delivered }) => {
  expect(deliveredBy(theirs, all)).toEqual(delivered);
  expect(deliveredBy(ours, all)).toEqual(delivered);
});
