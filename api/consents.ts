/** What a customer agreed to, with where it was said and what shows it. */
import { z } from 'zod';
import { consentsOf, recordConsent, type Consent } from '../store/consents.ts';
import { getCustomer } from '../store/customers.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { bodyRefusals, channel, customerPath, instant, iso, line, name, refusals } from './shapes.ts';
import { againstPurposes, noCustomer, publishedWords, refuseUnknown } from './words-published.ts';

const consent = z
  .object({
    channel,
    purpose: z.string(),
    granted: z.boolean().describe('False: withdrawn'),
    source: z.string(),
    proof: z.string().nullable(),
    actor: z.string().describe('The API key that recorded it'),
    at: instant,
  })
  .meta({ id: 'Consent' });

const given = z.strictObject({
  channel,
  purpose: name.describe("'marketing', 'relationship', 'service', or one of your own"),
  granted: z.boolean().describe('False: withdrawn'),
  source: line(200).describe("Where it was said: 'web form', 'phone'"),
  proof: line(2_000).optional().describe("What shows it: a document's id, the words that were agreed to"),
});

export function consents(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/consents',
    schema: {
      tags: ['customers'],
      summary: 'List consents, given and withdrawn',
      operationId: 'listConsents',
      description: 'Oldest first; of each channel and purpose the last one holds.',
      params: customerPath,
      response: { 200: z.object({ items: z.array(consent) }), ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { items: (await consentsOf(db, id)).map(shown) };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/customers/:id/consents',
    schema: {
      tags: ['customers'],
      summary: 'Record a consent, or that it was withdrawn',
      operationId: 'recordConsent',
      params: customerPath,
      body: given,
      response: { 201: consent, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      refuseUnknown(againstPurposes(await publishedWords(db), 'purpose', request.body.purpose));
      const recorded: Consent = {
        ...request.body,
        proof: request.body.proof ?? null,
        actor: actorOf(request),
        at: now(),
      };
      if ('refused' in (await recordConsent(db, id, recorded))) throw noCustomer(id);
      return reply.code(201).send(shown(recorded));
    },
  });
}

const shown = (stored: Consent): z.output<typeof consent> => ({
  ...stored,
  proof: stored.proof ?? null,
  at: iso(stored.at),
});
