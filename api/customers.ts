/** Customers, as far as we need to know them: how they can be reached, their clock, and the fields that the words name. */
import { z } from 'zod';
import { isZone } from '../core/calendar/zone.ts';
import { readAddress } from '../channels/address.ts';
import { locate } from '../channels/whereabouts.ts';
import { getCustomer, upsertCustomer, type Address, type Customer } from '../store/customers.ts';
import { listCustomers } from '../store/list-customers.ts';
import { page, readCursor } from './cursor.ts';
import { accountId, customer, place, scalar } from './customer-shape.ts';
import type { Api, ApiDeps } from './deps.ts';
import type { FieldFault } from './problems.ts';
import { tellPump } from './tell-pump.ts';
import {
  bodyRefusals,
  channel,
  customerId,
  customerPath,
  instant,
  iso,
  line,
  maybeIso,
  pageOf,
  paging,
  refusals,
} from './shapes.ts';
import { againstFields, noCustomer, nothingPublished, publishedWords, refuseUnknown } from './words-published.ts';

const change = z.strictObject({
  place: place
    .nullable()
    .optional()
    .describe('For guards and kill switches of areas, and for the hours that laws leave; null: not known'),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "a country or a part of it, such as 'DE' or 'US-FL'")
    .nullable()
    .optional()
    .describe('Whose law holds for them. Without it, their place and their numbers say whose may: of several, all do'),
  zone: z.string().max(60).nullable().optional().describe("An IANA zone such as 'Europe/Berlin'"),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, "a language such as 'de' or 'de-CH'")
    .optional(),
  fields: z
    .record(z.string().max(64), scalar.nullable())
    .refine((fields) => Object.keys(fields).length <= 100, 'at most 100 fields')
    .optional()
    .describe('Merged into what is known; null takes a field away'),
  preferredChannel: channel.nullable().optional(),
  addresses: z
    .array(z.strictObject({ channel, address: line(500) }))
    .max(20)
    .optional()
    .describe('Replaces all addresses'),
  accountId: accountId.nullable().optional(),
});

export function customers(app: Api, { db, now, defaultCountry }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers',
    schema: {
      tags: ['customers'],
      summary: 'List customers',
      operationId: 'listCustomers',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(z.object({ id: customerId, createdAt: instant, updatedAt: instant })), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const [from] = readCursor(after, ['string']) ?? [null];
      const rows = await listCustomers(db, { after: from as string | null, limit: limit + 1 });
      return page(
        rows,
        limit,
        (row) => ({ id: row.id, createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt) }),
        (row) => [row.id],
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/customers/:id',
    schema: {
      tags: ['customers'],
      summary: 'Get a customer',
      operationId: 'getCustomer',
      params: customerPath,
      response: { 200: customer, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      const found = await getCustomer(db, id);
      if (found === null) throw noCustomer(id);
      return shown(found);
    },
  });

  app.route({
    method: 'PUT',
    url: '/v1/customers/:id',
    schema: {
      tags: ['customers'],
      summary: 'Create or change a customer',
      operationId: 'putCustomer',
      description: 'What is left out stays as it is.',
      params: customerPath,
      body: change,
      response: { 200: customer, 201: customer, ...refusals(422, ...bodyRefusals) },
    },
    handler: async ({ params: { id }, body: { fields, addresses, place: at, ...rest } }, reply) => {
      const read = readAddresses(addresses ?? [], defaultCountry);
      refuseUnknown([...zoneFaults(rest.zone), ...read.faults, ...(await fieldFaults(fields ?? {}))]);
      const { customer: stored, isNew } = await upsertCustomer(db, {
        id,
        ...definedOf(rest),
        ...(at !== undefined && {
          place: at && { country: at.country, ...definedOf({ region: at.region, postal: at.postal }) },
        }),
        locate,
        ...(fields !== undefined && { fields }),
        ...(addresses !== undefined && { addresses: read.addresses }),
        now: now(),
      });
      // Runs whose time hangs on a field of theirs hear that it changed.
      if (fields !== undefined) await tellPump(db, app.log);
      return reply.code(isNew ? 201 : 200).send(shown(stored));
    },
  });

  async function fieldFaults(fields: Readonly<Record<string, unknown>>): Promise<FieldFault[]> {
    if (Object.keys(fields).length === 0) return [];
    const words = await publishedWords(db);
    return words === null
      ? [nothingPublished('fields', 'field')]
      : againstFields(words.customer, fields, { at: 'fields', partly: true });
  }
}

function zoneFaults(zone: string | null | undefined): FieldFault[] {
  if (zone === null || zone === undefined || isZone(zone)) return [];
  const expected = "an IANA zone such as 'Europe/Berlin'";
  return [{ field: 'zone', expected, value: zone, mend: `Write ${expected}.` }];
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
/** Without what is undefined, which `exactOptionalPropertyTypes` tells apart from what is left out. */
const definedOf = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;

function readAddresses(
  given: readonly Address[],
  defaultCountry: string | null,
): { addresses: Address[]; faults: FieldFault[] } {
  const addresses: Address[] = [];
  const faults: FieldFault[] = [];
  given.forEach(({ channel: by, address }, i) => {
    const read = readAddress(by, address, defaultCountry ?? undefined);
    if (read.ok) addresses.push({ channel: by, address: read.address });
    else faults.push({ field: `addresses.${i}.address`, expected: `an address for ${by}`, mend: read.problem });
  });
  return { addresses, faults };
}

const shown = (stored: Customer): z.output<typeof customer> => ({
  ...stored,
  fields: { ...stored.fields },
  addresses: stored.addresses.map((address) => ({ ...address })),
  place: stored.place && { ...stored.place },
  wroteAt: maybeIso(stored.wroteAt),
  createdAt: iso(stored.createdAt),
  updatedAt: iso(stored.updatedAt),
});
