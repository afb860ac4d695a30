/** The documentation has the gates as the code asks them. */
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { gatesTable } from '../../../cli/commands/gates.ts';
import { closedGates, gates, timedGates } from '../../../core/budget/gates.ts';

const cells = (line: string): string =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .join('|');

it('ARCHITECTURE.md shows the table that `righttouch gates --markdown` prints', () => {
  const shown = readFileSync(new URL('../../../ARCHITECTURE.md', import.meta.url), 'utf8')
    .split('\n')
    .map(cells);
  const first = shown.indexOf(cells(gatesTable()[2] ?? ''));
  expect(shown.slice(first, first + gates.length)).toEqual(gatesTable().slice(2).map(cells));
});
it('the list that is shown is the order in which they are asked', () => {
  const asked = [...closedGates, ...timedGates].map(([name]) => name);
  const shown = gates.map(({ name }) => name).filter((name) => name !== 'priority');
  expect(asked).toEqual(shown);
  expect(gates.filter(({ opensByItself }) => !opensByItself).map(({ name }) => name)).toEqual(
    closedGates.map(([name]) => name),
  );
});
