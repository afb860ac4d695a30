/** Our people, from a list that somebody keeps elsewhere. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { columns } from '../columns.ts';
import { everyPage } from '../every-page.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { readCsv } from '../read-csv.ts';
import { misused, Refusal, type ExitCode } from '../refusal.ts';

const agent = z.looseObject({
  name: z.string(),
  teams: z.array(z.string()),
  languages: z.array(z.string()),
  capacity: z.number(),
  onShift: z.boolean(),
});

export async function listAgents(
  io: Io,
  { team, ...options }: ClientOptions & { readonly team?: string },
): Promise<ExitCode> {
  const items = await everyPage(createApiClient(io, options), '/v1/agents', agent, { team });
  if (options.json) printJson(io, { items });
  else if (items.length === 0)
    io.out(team === undefined ? 'No agent is on record.' : `No agent of ${team} is on record.`);
  else
    io.out(
      columns(
        ['agent', 'teams', 'languages', 'at once', 'on shift'],
        items.map((each) => [
          each.name,
          each.teams.join(' '),
          each.languages.join(' '),
          String(each.capacity),
          each.onShift ? 'yes' : 'no',
        ]),
      ),
    );
  return 0;
}

const lists = ['teams', 'languages', 'skills', 'interests'];
const known = ['name', ...lists, 'sharesInterests', 'hours', 'zone', 'capacity'];

/** Each row is put as it stands; a faulty one is told with its line, and the others are put all the same. */
export async function importAgents(io: Io, file: string, options: ClientOptions): Promise<ExitCode> {
  const [head = [], ...rows] = readCsv(read(resolve(io.cwd, file)));
  const unknown = head.filter((column) => !known.includes(column));
  if (unknown.length > 0 || !head.includes('name'))
    throw misused(
      `${file} should begin with a line of columns, 'name' among them: ${known.join(', ')}${unknown.length > 0 ? `; it has ${unknown.map((column) => `'${column}'`).join(', ')}` : ''}.`,
    );
  const client = createApiClient(io, options);
  let failed = 0;
  for (const [n, row] of rows.entries()) {
    const said = Object.fromEntries(head.map((column, i) => [column, row[i] ?? '']));
    const { name = '', ...rest } = said;
    try {
      await client.call('PUT', `/v1/agents/${part(name)}`, agent, { body: bodyOf(rest) });
    } catch (error) {
      // Whoever cannot be reached refuses every line in the same way.
      if (!(error instanceof Refusal) || error.exit !== 1) throw error;
      failed += 1;
      io.tell(`line ${String(n + 2)}, ${name}: ${[error.message, ...error.faults.map(({ says }) => says)].join(' ')}`);
    }
  }
  io.out(`${String(rows.length - failed)} of ${String(rows.length)} agents are as ${file} says.`);
  return failed === 0 ? 0 : 1;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw misused(`There is no file ${file} that can be read.`);
  }
}

const bodyOf = (row: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== '')
      .map(([column, value]) => [column, valueOf(column, value)]),
  );

function valueOf(column: string, value: string): unknown {
  if (lists.includes(column)) return value.split(/[;\s]+/).filter((each) => each !== '');
  if (column === 'capacity') return Number(value);
  if (column === 'sharesInterests') return value === 'yes';
  return value;
}
