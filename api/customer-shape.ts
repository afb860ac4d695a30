/** A customer as the API tells of them. */
import { z } from 'zod';
import { channel, customerId, idOfTheirs, instant, maybeInstant } from './shapes.ts';

export const accountId = idOfTheirs.describe(
  'The account they belong to: its people have a limit in common where the policy has one',
);
export const scalar = z.union([z.string().max(2_000), z.number(), z.boolean()]);
export const place = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, "ISO 3166 letters such as 'DE'"),
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/, "an ISO 3166-2 code without the country, such as 'NW' of DE-NW")
    .optional(),
  postal: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,11}$/, 'a postal code')
    .optional(),
});
export const customer = z
  .object({
    id: customerId,
    zone: z.string().nullable().describe("Their IANA zone, such as 'Europe/Berlin'"),
    locale: z.string(),
    fields: z.record(z.string(), scalar).describe('What the published words know of customers'),
    preferredChannel: channel.nullable(),
    wroteOn: channel.nullable().describe('Where they wrote last'),
    wroteAt: maybeInstant,
    addresses: z.array(z.object({ channel, address: z.string() })),
    accountId: accountId.nullable(),
    place: place.nullable().describe('Where they live, as far as it is known'),
    jurisdiction: z.string().nullable().describe("Whose law holds for them, where somebody has said so: 'US-FL'"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Customer' });
