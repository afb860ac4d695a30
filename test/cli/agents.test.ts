import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readCsv } from '../../cli/read-csv.ts';
import { publishSamples } from '../api/samples.ts';
import { ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
const folder = mkdtempSync(join(tmpdir(), 'righttouch-agents-'));
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await own.stop();
});
const file = (text: string): string => {
  const path = join(folder, 'people.csv');
  writeFileSync(path, text);
  return path;
};

it('reads commas, quotes and line ends of a table, and no empty lines', () => {
  expect(readCsv('name,teams\r\n"Meyer, ""Jo""",care;leads\n\nAna, care \n')).toEqual([
    ['name', 'teams'],
    ['Meyer, "Jo"', 'care;leads'],
    ['Ana', 'care'],
  ]);
  expect(readCsv('a,,c\n,,\n1,"x\ny",3')).toEqual([
    ['a', '', 'c'],
    ['1', 'x\ny', '3'],
  ]);
});

it('imports agents, tells which lines are wrong, and lists those that there are', async () => {
  const people = file(
    'name,teams,languages,capacity,hours,zone\nAna,care,de;en,4,,\nBen,caer,en,3,,\nJo Meyer,leads,de,2,Mon-Fri 09:00-17:00,Europe/Berlin\n',
  );
  const done = await own.cli(['agents', 'import', people]);
  expect(done).toMatchObject({ exit: 1, out: `2 of 3 agents are as ${people} says.` });
  expect(done.told).toContain('line 3, Ben: ');
  expect(done.told).toContain("Did you mean 'care'?");
  const { out } = await own.cli(['agents', 'list']);
  expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['agent', 'teams', 'languages', 'at once', 'on shift'],
    ['Ana', 'care', 'de en', '4', 'no'],
    ['Jo Meyer', 'leads', 'de', '2', 'no'],
  ]);
  expect((await own.cli(['agents', 'list', '--team', 'field'])).out).toBe('No agent of field is on record.');
});

it('wants a table whose columns it knows', async () => {
  const told = (await own.cli(['agents', 'import', file('name,age\nAna,30\n')])).told;
  expect(told).toContain("it has 'age'");
  expect((await own.cli(['agents', 'import', join(folder, 'none.csv')])).told).toContain('There is no file');
});
