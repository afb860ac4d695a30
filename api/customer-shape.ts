/** A customer as the API tells of them. */
import { z } from 'zod';
import { channel, customerId, idOfTheirs, instant, maybeInstant } from './shapes.ts';

export const accountId = idOfTheirs.describe(
  'The account they belong to: its people have a limit in common where the policy has one',
);
export const scalar = z.union([z.string().max(2_000), z.number(), z.boolean()]);
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
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Customer' });
