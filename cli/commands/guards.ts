/** Sensitive facts of customers and areas, from the command line and from a file. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createApiClient, part, type ApiClient } from '../api-client.ts';
import { columns } from '../columns.ts';
import { everyPage } from '../every-page.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';
import { flying, tellFlying } from '../tell-flying.ts';

const facts = { fact: z.string(), reason: z.string(), actor: z.string(), reviewAt: z.string(), reviewDue: z.boolean() };
const guard = z.looseObject({ customerId: z.string(), ...facts });
const areaGuard = z.looseObject({ id: z.string(), areas: z.array(z.string()), ...facts });
const listed = z.looseObject({ items: z.array(areaGuard) });
const setFor = z.looseObject({ set: z.number(), unknown: z.array(z.string()), inFlight: flying });
const setIn = z.looseObject({
  guard: areaGuard,
  reach: z.looseObject({ there: z.number(), perhaps: z.number(), notKnown: z.number() }),
  inFlight: flying,
});

/** So many customers are set in one call. */
const atOnce = 1_000;

export async function listGuards(io: Io, { due, ...options }: ClientOptions & { due?: true }): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const customers = await everyPage(client, '/v1/guards', guard, { due: String(due === true) });
  const areas = (await client.call('GET', '/v1/area-guards', listed)).items.filter((one) => !due || one.reviewDue);
  if (options.json) printJson(io, { customers, areas });
  else if (customers.length + areas.length === 0) io.out(due ? 'No review is due.' : 'No guard holds.');
  else
    io.out(
      columns(
        ['guard', 'of', 'review', 'because', 'by'],
        [
          ...areas.map((g) => [g.fact, `${g.areas.join(', ')} (${g.id})`, review(g), g.reason, g.actor]),
          ...customers.map((g) => [g.fact, g.customerId, review(g), g.reason, g.actor]),
        ],
      ),
    );
  return 0;
}
const review = ({ reviewAt, reviewDue }: { reviewAt: string; reviewDue: boolean }): string =>
  `${reviewAt.slice(0, 10)}${reviewDue ? ' DUE' : ''}`;

export interface SetGuardOptions extends ClientOptions {
  readonly customer?: readonly string[];
  readonly ids?: string;
  readonly area?: readonly string[];
  readonly reason: string;
  readonly review: string;
}
interface Wanted {
  readonly fact: string;
  readonly reason: string;
  readonly reviewAt: string;
  readonly customers: readonly string[];
  readonly areas: readonly string[];
}

export async function setGuard(
  io: Io,
  fact: string,
  { customer = [], ids, area = [], reason, review: by, ...options }: SetGuardOptions,
): Promise<ExitCode> {
  const listedIds = ids === undefined ? [] : linesOf(io, ids);
  const wanted = { fact, reason, reviewAt: instantOf(by), customers: [...customer, ...listedIds], areas: area };
  if (wanted.customers.length + wanted.areas.length === 0)
    throw misused('Say for whom: --customer, --ids with a file of ids, or --area, such as DE:535.');
  return set(io, [wanted], options);
}

const inFile = z.array(
  z.strictObject({
    fact: z.string(),
    reason: z.string(),
    review: z.string(),
    customers: z.array(z.string()).default([]),
    areas: z.array(z.string()).default([]),
  }),
);
/** A YAML or JSON file that lists guards: what it names is set, and nothing is lifted. */
export async function applyGuards(io: Io, file: string, options: ClientOptions): Promise<ExitCode> {
  const read = inFile.safeParse(parse(textOf(io, file)));
  if (!read.success)
    throw misused(
      `'${file}' should be a list of guards, each with fact, reason, review, and customers or areas.`,
      read.error.issues.map((issue) => ({ says: `${issue.path.join('.')}: ${issue.message}` })),
    );
  return set(
    io,
    read.data.map(({ review: by, ...rest }) => ({ ...rest, reviewAt: instantOf(by) })),
    options,
  );
}

async function set(io: Io, all: readonly Wanted[], options: ClientOptions): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const told = [];
  for (const wanted of all) told.push(...(await setOne(io, client, wanted, options)));
  if (options.json) printJson(io, { set: told });
  return 0;
}

async function setOne(io: Io, client: ApiClient, wanted: Wanted, { json }: ClientOptions): Promise<unknown[]> {
  const { customers, areas, ...why } = wanted;
  const told: unknown[] = [];
  for (let from = 0; from < customers.length; from += atOnce) {
    const body = { ...why, customers: customers.slice(from, from + atOnce) };
    const done = await client.call('POST', '/v1/guards', setFor, { body });
    told.push(done);
    if (json) continue;
    io.out(`The guard '${why.fact}' holds for ${String(done.set)} of them.`);
    if (done.unknown.length > 0) io.out(`  nobody knows: ${done.unknown.join(', ')}`);
    tellFlying(io, done.inFlight);
  }
  if (areas.length === 0) return told;
  const done = await client.call('POST', '/v1/area-guards', setIn, { body: { ...why, areas } });
  told.push(done);
  if (json) return told;
  const { there, perhaps, notKnown } = done.reach;
  io.out(
    `The guard '${why.fact}' holds in ${areas.join(', ')} (${done.guard.id}): for ${String(there)} who are there, ${String(perhaps)} who may be, and whoever comes.`,
  );
  if (notKnown > 0) io.out(`  of ${String(notKnown)} customers no place is known: it does not hold for them`);
  tellFlying(io, done.inFlight);
  return told;
}

/** A guard of a customer by their id and its fact; of an area by the id that it was given. */
export async function liftGuard(
  io: Io,
  of: string,
  fact: string | undefined,
  options: ClientOptions,
): Promise<ExitCode> {
  const path = fact === undefined ? `/v1/area-guards/${part(of)}` : `/v1/customers/${part(of)}/guards/${part(fact)}`;
  const left = await createApiClient(io, options).call('DELETE', path, z.looseObject({ items: z.array(z.unknown()) }));
  if (options.json) printJson(io, left);
  else io.out(fact === undefined ? `The guard ${of} is lifted.` : `The guard '${fact}' of ${of} is lifted.`);
  return 0;
}

export async function recordCheck(
  io: Io,
  customer: string,
  assumption: string,
  { note, ...options }: ClientOptions & { note?: string },
): Promise<ExitCode> {
  const shape = z.looseObject({ assumption: z.string(), at: z.string() });
  const body = { assumption, ...(note !== undefined && { note }) };
  const done = await createApiClient(io, options).call('POST', `/v1/customers/${part(customer)}/checks`, shape, {
    body,
  });
  if (options.json) printJson(io, done);
  else io.out(`${customer} was looked at: '${assumption}' is so, ${done.at}.`);
  return 0;
}

function textOf(io: Io, file: string): string {
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8');
  } catch {
    throw misused(`The file '${file}' cannot be read.`);
  }
}
const linesOf = (io: Io, file: string): string[] =>
  textOf(io, file)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A day is its beginning in UTC. */
function instantOf(said: string): string {
  const at = Date.parse(said);
  if (Number.isNaN(at)) throw misused(`'${said}' should be a day or an instant, such as 2026-12-20.`);
  return new Date(at).toISOString();
}
