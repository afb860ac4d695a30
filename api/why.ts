/** Every touch to a customer, made and not made, with its reason. */
import { z } from 'zod';
import { whyCustomer, type TouchTold } from '../store/budget/index.ts';
import { getCustomer } from '../store/customers.ts';
import type { Api, ApiDeps } from './deps.ts';
import { customerPath, instant, iso, maybeInstant, maybeIso, refusals } from './shapes.ts';
import { noCustomer } from './words-published.ts';

const touch = z
  .object({
    touchId: z.string(),
    says: z.string().describe('Where it stands now, in one plain sentence'),
    state: z.enum([
      'reserved',
      'deferred',
      'refused',
      'with-person',
      'sending',
      'sent',
      'failed',
      'unknown',
      'withdrawn',
    ]),
    journey: z.string().nullable(),
    version: z.number().int().nullable(),
    step: z.string().nullable(),
    purpose: z.string(),
    cause: z.string().nullable(),
    template: z.string().nullable(),
    madeBy: z.enum(['tech', 'human']),
    channel: z.string().nullable(),
    cost: z.number(),
    askedAt: instant,
    until: maybeInstant.describe('Reserved: the latest instant it may be sent. Deferred: when it may ask again'),
    sentAt: maybeInstant,
    receipt: z.string().nullable(),
    failure: z.string().nullable(),
    considered: z.unknown().describe('What the chooser saw: rules with their values, ways that were left out'),
    asks: z
      .array(
        z.object({
          ask: z.number().int(),
          at: instant,
          decided: z.string(),
          because: z.string().nullable(),
          says: z.string(),
          tried: z.array(z.unknown()).describe('Each channel in order, and what was decided of it'),
        }),
      )
      .describe('Each time it asked for its place'),
  })
  .meta({ id: 'TouchTold' });

export function why(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/why',
    schema: {
      tags: ['customers'],
      summary: 'Why a customer was touched, and why not',
      operationId: 'whyCustomer',
      params: customerPath,
      querystring: z.strictObject({
        limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many touches at most, 1 to 200'),
        first: z.enum(['newest', 'oldest']).default('newest'),
      }),
      response: { 200: z.object({ customerId: z.string(), touches: z.array(touch) }), ...refusals(404) },
    },
    handler: async ({ params: { id }, query }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { customerId: id, touches: (await whyCustomer(db, id, query)).map(shown) };
    },
  });
}

const shown = (told: TouchTold): z.output<typeof touch> => ({
  ...told,
  askedAt: iso(told.askedAt),
  until: maybeIso(told.until),
  sentAt: maybeIso(told.sentAt),
  asks: told.asks.map((ask) => ({ ...ask, at: iso(ask.at), tried: [...ask.tried] })),
});
