import { gates } from '../../core/budget/gates.ts';
import { legalHours } from '../../core/calendar/legal-hours.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { JsonOption } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

/** All that may stop a touch, in the one order in which it is asked; with `laws`, whose hours are kept. */
export function showGates(
  io: Io,
  { json, markdown, laws }: JsonOption & { markdown?: true; laws?: true },
): Promise<ExitCode> {
  const listed = gates.map(({ name, says, opensByItself }, n) => [
    String(n + 1),
    name,
    opensByItself ? 'yes' : 'no',
    says,
  ]);
  if (json) printJson(io, laws ? { laws: legalHours } : { gates });
  else if (laws) {
    io.out(
      columns(
        ['law', 'for', 'hours', 'since', 'source'],
        legalHours.map((law) => [
          law.jurisdiction,
          law.channels.join(', '),
          law.allowed
            .map(({ from, to, on }) => `${from}–${to}${on ? ` ${on.map((day) => day.slice(0, 3)).join(' ')}` : ''}`)
            .join('; '),
          law.validFrom,
          `${law.source.law}, ${law.source.section}`,
        ]),
      ),
    );
    io.out('This is no legal advice.');
  } else if (markdown) for (const line of gatesTable()) io.out(line);
  else io.out(columns(['', 'gate', 'opens by itself', 'what it says'], listed));
  return Promise.resolve(0);
}

/** As the documentation shows them. */
export const gatesTable = (): readonly string[] => [
  '|     | gate | opens by itself | what it says |',
  '| --- | --- | --- | --- |',
  ...gates.map(
    ({ name, says, opensByItself }, n) => `| ${String(n + 1)} | ${name} | ${opensByItself ? 'yes' : 'no'} | ${says} |`,
  ),
];
