import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { columns } from '../columns.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, refused } from '../refusal.ts';
import type { ExitCode } from '../refusal.ts';

const audience = z.looseObject({
  name: z.string(),
  condition: z.unknown(),
  members: z.number().nullable(),
  setBy: z.string(),
  setAt: z.string(),
});
const listed = z.looseObject({ items: z.array(audience) });
const preview = z.looseObject({
  count: z.number(),
  ids: z.array(z.string()),
  reach: z
    .looseObject({
      any: z.number(),
      channels: z.array(
        z.looseObject({ channel: z.string(), address: z.number(), consent: z.number(), both: z.number() }),
      ),
    })
    .optional(),
});
const broadcast = z.looseObject({
  id: z.string(),
  journey: z.string(),
  version: z.number(),
  audience: z.string(),
  at: z.string(),
  state: z.string(),
  entered: z.number(),
  waiting: z.number(),
  counts: z.record(z.string(), z.number()),
});
const broadcasts = z.looseObject({ items: z.array(broadcast) });

const idsAtOnce = 5_000;

export async function listAudiences(io: Io, options: ClientOptions): Promise<ExitCode> {
  const { items } = await createApiClient(io, options).call('GET', '/v1/audiences', listed);
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('There is no audience yet: righttouch audiences set.');
  else
    io.out(
      columns(
        ['audience', 'who', 'set by', 'at'],
        items.map(({ name, condition, members, setBy, setAt }) => [name, who(condition, members), setBy, setAt]),
      ),
    );
  return 0;
}

const who = (condition: unknown, members: number | null): string =>
  members === null ? JSON.stringify(condition) : `a list of ${String(members)}`;

export interface SetAudienceOptions extends ClientOptions {
  readonly where?: string;
  readonly ids?: string;
}
/** By a condition, or by a file of ids, one a line; a list is sent in pages. */
export async function setAudience(io: Io, name: string, options: SetAudienceOptions): Promise<ExitCode> {
  const { where, ids } = options;
  if ((where === undefined) === (ids === undefined))
    throw misused('Say who it is: with --where a condition, or with --ids a file of customers, one a line.');
  const client = createApiClient(io, options);
  const path = `/v1/audiences/${part(name)}`;
  const customers = ids === undefined ? [] : idsIn(ids);
  let set = await client.call('PUT', path, audience, { body: { condition: where === undefined ? null : json(where) } });
  for (let from = 0; from < customers.length; from += idsAtOnce)
    set = await client.call('POST', `${path}/members`, audience, {
      body: { ids: customers.slice(from, from + idsAtOnce) },
    });
  if (options.json) printJson(io, set);
  else io.out(`${name} is ${who(set.condition, set.members)}.`);
  return 0;
}

function json(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    throw refused(`--where is no JSON: ${said}. A condition reads like {"path":"customer.plan","is":["gold"]}.`);
  }
}

function idsIn(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))];
  } catch (error) {
    throw refused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

export async function previewAudience(
  io: Io,
  name: string,
  options: ClientOptions & { readonly journey?: string },
): Promise<ExitCode> {
  const { journey } = options;
  const path = `/v1/audiences/${part(name)}/preview`;
  const found = await createApiClient(io, options).call('GET', path, preview, { query: { journey } });
  if (options.json) {
    printJson(io, found);
    return 0;
  }
  const some = found.ids.length < found.count ? `${found.ids.join(', ')} …` : found.ids.join(', ');
  io.out(`${name}: ${String(found.count)} ${found.count === 1 ? 'customer' : 'customers'}${some && `: ${some}`}`);
  for (const { channel, address, consent, both } of found.reach?.channels ?? [])
    io.out(`  ${channel}: ${String(address)} have an address, ${String(consent)} have consented, ${String(both)} both`);
  if (found.reach)
    io.out(`  ${String(found.reach.any)} can be reached. Guards, hours and budgets are asked when it is sent.`);
  return 0;
}

export async function listBroadcasts(io: Io, options: ClientOptions): Promise<ExitCode> {
  const { items } = await createApiClient(io, options).call('GET', '/v1/broadcasts', broadcasts);
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('There is no broadcast: a published journey by audience plans one.');
  else for (const one of items) tell(io, one);
  return 0;
}

export async function cancelBroadcast(io: Io, id: string, options: ClientOptions): Promise<ExitCode> {
  const path = `/v1/broadcasts/${part(id)}/cancel`;
  const cancelled = await createApiClient(io, options).call('POST', path, broadcast);
  if (options.json) printJson(io, cancelled);
  else tell(io, cancelled);
  return 0;
}

function tell(io: Io, one: z.infer<typeof broadcast>): void {
  const { id, journey, version, audience: to, at, state, entered, waiting, counts } = one;
  io.out(`${id}  ${journey} ${String(version)} to ${to} at ${at}: ${state}`);
  const came = Object.entries(counts).map(([what, count]) => `${what} ${String(count)}`);
  if (entered > 0) io.out(`  ${[`come to ${String(entered)}`, ...came, `waiting ${String(waiting)}`].join(' · ')}`);
}
