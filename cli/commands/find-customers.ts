import { z } from 'zod';
import { createApiClient } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import type { ExitCode } from '../refusal.ts';

const found = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      by: z.string(),
      address: z.string().nullable(),
      task: z.number().nullable(),
    }),
  ),
});

export async function findCustomers(io: Io, words: readonly string[], options: ClientOptions): Promise<ExitCode> {
  const query = { words: words.join(' ') };
  const answer = await createApiClient(io, options).call('GET', '/v1/customer-search', found, { query });
  if (options.json) printJson(io, answer);
  else if (answer.items.length === 0) io.out(`Nobody is found for '${query.words}'.`);
  else
    io.out(
      columns(
        ['customer', 'name', 'address', 'found by', 'task'],
        answer.items.map(({ id, name, address, by, task }) => [
          id,
          name,
          address,
          by,
          task === null ? null : `T-${String(task)}`,
        ]),
      ),
    );
  return 0;
}
