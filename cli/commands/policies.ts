import { z } from 'zod';
import { createApiClient } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';

const listed = z.looseObject({
  items: z.array(
    z.looseObject({ version: z.number(), name: z.string(), publishedAt: z.string(), journeys: z.array(z.string()) }),
  ),
});
const shown = z.looseObject({ policy: z.record(z.string(), z.unknown()), changes: z.array(z.string()).nullable() });

export async function listPolicies(io: Io, options: ClientOptions): Promise<ExitCode> {
  const { items } = await createApiClient(io, options).call('GET', '/v1/policies', listed);
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('No policy is published yet.');
  else
    io.out(
      columns(
        ['version', 'policy', 'published', 'held to it'],
        items.map(({ version, name, publishedAt, journeys }) => [
          version,
          name,
          publishedAt,
          journeys.join(', ') || null,
        ]),
      ),
    );
  return 0;
}

/** As it was published: what `--json` gives of others, it is. */
export async function showPolicy(io: Io, version: string, options: ClientOptions): Promise<ExitCode> {
  const found = await createApiClient(io, options).call('GET', `/v1/policies/${numbered(version)}`, shown);
  printJson(io, found.policy);
  return 0;
}

export async function diffPolicies(io: Io, before: string, after: string, options: ClientOptions): Promise<ExitCode> {
  const query = { since: numbered(before) };
  const { changes } = await createApiClient(io, options).call('GET', `/v1/policies/${numbered(after)}`, shown, {
    query,
  });
  if (options.json) printJson(io, { changes });
  else if (changes === null || changes.length === 0) io.out('They are the same.');
  else for (const says of changes) io.out(says);
  return 0;
}

function numbered(version: string): number {
  if (!/^[1-9]\d{0,5}$/.test(version)) throw misused(`'${version}' should be the number of a version, such as 3.`);
  return Number(version);
}
