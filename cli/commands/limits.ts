/** Holds, and what customers asked of us. */
import { z } from 'zod';
import { createApiClient, part } from '../api-client.ts';
import { printJson, type Io } from '../io.ts';
import type { ClientOptions } from '../program/declare.ts';
import { misused, type ExitCode } from '../refusal.ts';
import { flying, tellFlying } from '../tell-flying.ts';

const held = z.looseObject({
  hold: z.looseObject({ until: z.string(), reason: z.string() }).nullable(),
  inFlight: flying.default([]),
});
export interface HoldOptions extends ClientOptions {
  readonly reason: string;
  readonly until?: string;
  readonly lift?: true;
}
export async function holdCustomer(
  io: Io,
  customer: string,
  { reason, until, lift, ...options }: HoldOptions,
): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const path = `/v1/customers/${part(customer)}/hold`;
  const done = lift
    ? await client.call('DELETE', path, held)
    : await client.call('PUT', path, held, { body: { reason, ...(until !== undefined && { until }) } });
  if (options.json) printJson(io, done);
  else if (done.hold === null) io.out(`No hold is set for ${customer}: what waited asks again.`);
  else {
    io.out(`${customer} is held until ${done.hold.until}: ${done.hold.reason}`);
    tellFlying(io, done.inFlight);
  }
  return 0;
}

const limits = z.looseObject({ says: z.string(), means: z.looseObject({ en: z.string(), de: z.string() }) });
export interface LimitsOptions extends ClientOptions {
  readonly less?: string;
  readonly in?: string;
  readonly until?: string;
  readonly pause?: string;
  readonly hours?: string;
  readonly channels?: string;
  readonly source: string;
  readonly clear?: true;
}
/** Without anything to change, what holds now. */
export async function ownLimits(io: Io, customer: string, options: LimitsOptions): Promise<ExitCode> {
  const client = createApiClient(io, options);
  const path = `/v1/customers/${part(customer)}/limits`;
  const body = bodyOf(options);
  const done = options.clear
    ? await client.call('DELETE', path, limits)
    : Object.keys(body).length === 0
      ? await client.call('GET', path, limits)
      : await client.call('PUT', path, limits, { body: { ...body, source: options.source } });
  if (options.json) printJson(io, done);
  else for (const said of new Set([done.says, done.means.en])) io.out(said);
  return 0;
}

function bodyOf({ less, in: span, until, pause, hours, channels }: LimitsOptions): Record<string, unknown> {
  if (less !== undefined && !/^\d{1,4}$/.test(less))
    throw misused(`--less is '${less}', but should be a number such as 1.`);
  const often = {
    ...(less !== undefined && { atMost: Number(less) }),
    ...(span !== undefined && { in: span }),
    ...(until !== undefined && { until }),
  };
  return {
    ...(Object.keys(often).length > 0 && { less: often }),
    ...(pause !== undefined && { pausedUntil: pause }),
    ...(hours !== undefined && { hours: hours.split(',').map(readHours) }),
    ...(channels !== undefined && { channels: channels.split(',') }),
  };
}

/** '09:00-18:00' */
function readHours(said: string): { from: string; to: string } {
  const [from, to, ...more] = said.trim().split('-');
  if (from === undefined || to === undefined || more.length > 0)
    throw misused(`--hours has '${said}', but should have times such as 09:00-18:00.`);
  return { from, to };
}

const consent = z.looseObject({
  customerId: z.string(),
  channel: z.string(),
  purpose: z.string(),
  granted: z.boolean(),
  source: z.string(),
  proof: z.string().nullable(),
  text: z.string().nullable(),
  givenBy: z.string().nullable(),
  givenAt: z.string(),
  actor: z.string(),
  at: z.string(),
});
const exportedColumns = [
  'customerId',
  'channel',
  'purpose',
  'granted',
  'givenAt',
  'givenBy',
  'source',
  'text',
  'proof',
  'actor',
  'at',
] as const;

const page = z.looseObject({ items: z.array(consent), next: z.string().nullable() });
/** Every consent ever given or withdrawn, as CSV; with --json, one JSON object a line. */
export async function exportConsents(io: Io, options: ClientOptions): Promise<ExitCode> {
  const client = createApiClient(io, options);
  if (!options.json) io.out(exportedColumns.join(','));
  // Page by page and line by line: an export has as many as there are.
  for (let after: string | undefined, more = true; more;) {
    const { items, next } = await client.call('GET', '/v1/consents', page, { query: { limit: 200, after } });
    for (const item of items)
      io.out(options.json ? JSON.stringify(item) : exportedColumns.map((name) => cell(item[name])).join(','));
    after = next ?? undefined;
    more = next !== null;
  }
  return 0;
}

/** What people wrote must be no formula to the program that opens it. */
function cell(value: string | boolean | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
