import { z } from 'zod';
import { areaSays, readArea, type Area } from '../../core/budget/area.ts';
import { createApiClient, part } from '../api-client.ts';
import { columns } from '../columns.ts';
import { everyPage } from '../every-page.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { readFields, sendFields } from '../read-fields.ts';
import { misused, type ExitCode } from '../refusal.ts';
import { flying, tellFlying } from '../tell-flying.ts';

const listed = z.looseObject({ id: z.string(), createdAt: z.string(), updatedAt: z.string() });
const customer = z.looseObject({
  id: z.string(),
  zone: z.string().nullable(),
  locale: z.string(),
  preferredChannel: z.string().nullable(),
  wroteOn: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  addresses: z.array(z.looseObject({ channel: z.string(), address: z.string() })),
  accountId: z.string().nullable(),
});
const consent = z.looseObject({
  channel: z.string(),
  purpose: z.string(),
  granted: z.boolean(),
  source: z.string(),
  at: z.string(),
});
const consents = z.looseObject({ items: z.array(consent) });
const stops = z.looseObject({
  items: z.array(z.looseObject({ channel: z.string(), reason: z.string(), at: z.string() })),
  inFlight: flying.optional(),
});

export async function listCustomers(io: Io, options: ClientOptions): Promise<ExitCode> {
  const items = await everyPage(createApiClient(io, options), '/v1/customers', listed);
  if (options.json) printJson(io, { items });
  else if (items.length === 0) io.out('There is no customer yet: righttouch customers put.');
  else
    io.out(
      columns(
        ['customer', 'since', 'changed'],
        items.map(({ id, createdAt, updatedAt }) => [id, createdAt, updatedAt]),
      ),
    );
  return 0;
}

export async function showCustomer(io: Io, id: string, options: ClientOptions): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const path = `/v1/customers/${part(id)}`;
  const found = await client.call('GET', path, customer);
  const given = await client.call('GET', `${path}/consents`, consents);
  const stopped = await client.call('GET', `${path}/suppressions`, stops);
  if (options.json) {
    printJson(io, { ...found, consents: given.items, stops: stopped.items });
    return 0;
  }
  tellCustomer(io, found);
  for (const { channel, purpose, granted, source, at } of given.items)
    io.out(`  ${granted ? 'agreed to' : 'withdrew'} ${purpose} by ${channel}, ${source}, ${at}`);
  for (const { channel, reason, at } of stopped.items) io.out(`  stopped: ${channel}, ${reason}, ${at}`);
  return 0;
}

function tellCustomer(
  io: Io,
  { id, zone, locale, preferredChannel, wroteOn, fields, addresses, accountId }: z.infer<typeof customer>,
): void {
  io.out(`${id}, ${locale}, ${zone ?? 'zone not known'}`);
  for (const { channel, address } of addresses) {
    const notes = [
      channel === preferredChannel ? 'preferred' : '',
      channel === wroteOn ? 'wrote here last' : '',
    ].filter(Boolean);
    io.out(`  ${channel} ${address}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`);
  }
  if (accountId !== null) io.out(`  of account ${accountId}`);
  for (const [name, value] of Object.entries(fields)) io.out(`  ${name} = ${JSON.stringify(value)}`);
}

export interface PutOptions extends ClientOptions {
  readonly zone?: string;
  readonly locale?: string;
  readonly prefers?: string;
  /** 'DE', 'DE-NW', 'DE:53501'; empty takes it away. */
  readonly place?: string;
  readonly jurisdiction?: string;
  readonly account?: string;
  readonly email?: readonly string[];
  readonly sms?: readonly string[];
}
export async function putCustomer(
  io: Io,
  id: string,
  given: readonly string[],
  options: PutOptions,
): Promise<ExitCode> {
  const { zone, locale, prefers, place, jurisdiction, account, email = [], sms = [] } = options;
  const addresses = [
    ...email.map((address) => ({ channel: 'email', address })),
    ...sms.map((address) => ({ channel: 'sms', address })),
  ];
  const fields = Object.fromEntries(
    Object.entries(readFields(given)).map(([name, value]) => [name, value === '' ? null : value]),
  );
  const body = {
    ...(zone !== undefined && { zone }),
    ...(locale !== undefined && { locale }),
    ...(prefers !== undefined && { preferredChannel: prefers }),
    ...(place !== undefined && { place: readPlace(place) }),
    ...(jurisdiction !== undefined && { jurisdiction: jurisdiction === '' ? null : jurisdiction }),
    ...(addresses.length > 0 && { addresses }),
    ...(account !== undefined && { accountId: account === '' ? null : account }),
  };
  const client = createApiClient(io, options);
  const stored = await sendFields(fields, 'fields', (sent) =>
    client.call('PUT', `/v1/customers/${part(id)}`, customer, {
      body: { ...body, ...(given.length > 0 && { fields: sent }) },
    }),
  );
  if (options.json) printJson(io, stored);
  else tellCustomer(io, stored);
  return 0;
}

function readPlace(said: string): Area | null {
  const place = readArea(said);
  if (said !== '' && place === null) throw misused(`--place is '${said}', but should be ${areaSays}.`);
  return place;
}

export interface ConsentOptions extends ClientOptions {
  readonly source: string;
  readonly proof?: string;
  readonly text?: string;
  readonly by?: string;
  readonly at?: string;
  readonly withdraw?: true;
}
export async function recordConsent(
  io: Io,
  id: string,
  channel: string,
  purpose: string,
  { source, proof, text, by, at, withdraw, ...options }: ConsentOptions,
): Promise<ExitCode> {
  const body = {
    channel,
    purpose,
    granted: withdraw !== true,
    source,
    ...(proof !== undefined && { proof }),
    ...(text !== undefined && { text }),
    ...(by !== undefined && { givenBy: by }),
    ...(at !== undefined && { givenAt: at }),
  };
  const recorded = await createApiClient(io, options).call('POST', `/v1/customers/${part(id)}/consents`, consent, {
    body,
  });
  if (options.json) printJson(io, recorded);
  else io.out(`${id} ${recorded.granted ? 'agreed to' : 'withdrew'} ${recorded.purpose} by ${recorded.channel}.`);
  return 0;
}

export interface StopOptions extends ClientOptions {
  readonly reason: string;
  readonly source?: string;
  readonly lift?: true;
}
export async function stopCustomer(
  io: Io,
  id: string,
  channel: string,
  { reason, source, lift, ...options }: StopOptions,
): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const path = `/v1/customers/${part(id)}/suppressions`;
  const { items, inFlight } = lift
    ? await client.call('DELETE', `${path}/${part(channel)}`, stops)
    : await client.call('POST', path, stops, { body: { channel, reason, ...(source !== undefined && { source }) } });
  if (options.json) printJson(io, { items, ...(inFlight && { inFlight }) });
  else if (items.length === 0) io.out(`No stop holds for ${id}.`);
  else for (const stop of items) io.out(`${id} is stopped: ${stop.channel}, ${stop.reason}`);
  if (!options.json && inFlight && inFlight.length > 0) tellFlying(io, inFlight);
  return 0;
}

const merged = z.looseObject({
  merged: z.enum(['now', 'again']),
  into: z.string(),
  moved: z.record(z.string(), z.number()),
  doubled: z.array(z.looseObject({ journey: z.string(), value: z.string() })),
  tasks: z.array(z.looseObject({ closed: z.string(), into: z.string() })),
});

export async function mergeCustomers(
  io: Io,
  from: string,
  into: string,
  { reason, ...options }: ClientOptions & { readonly reason: string },
): Promise<ExitCode> {
  const done = await createApiClient(io, options).call('POST', `/v1/customers/${part(from)}/merge`, merged, {
    body: { into, reason },
  });
  if (options.json) {
    printJson(io, done);
    return 0;
  }
  if (done.merged === 'again') io.out(`${from} was merged into ${done.into} before: nothing has changed.`);
  else io.out(`${from} is ${done.into} now, with one budget: the stricter of both.`);
  for (const [what, count] of Object.entries(done.moved)) io.out(`  ${String(count)} ${what.replaceAll('_', ' ')}`);
  for (const { journey, value } of done.doubled) io.out(`  both have had a run of ${journey} (${value}): both go on`);
  for (const task of done.tasks) io.out(`  task ${task.closed} was closed: its reasons are with ${task.into}`);
  return 0;
}
