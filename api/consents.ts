/** What a customer agreed to, with where it was said and what shows it. */
import { z } from 'zod';
import { allConsents, consentsOf, recordConsent, type Consent } from '../store/consents.ts';
import { getCustomer } from '../store/customers.ts';
import { actorOf } from './authenticate.ts';
import { consent } from './consent-shape.ts';
import type { Api, ApiDeps } from './deps.ts';
import { page, readCursor } from './cursor.ts';
import {
  bodyRefusals,
  channel,
  customerId,
  customerPath,
  instant,
  iso,
  line,
  name,
  pageOf,
  paging,
  refusals,
} from './shapes.ts';
import { againstPurposes, noCustomer, publishedWords, refuseUnknown } from './words-published.ts';

const given = z.strictObject({
  channel,
  purpose: name.describe("'marketing', 'relationship', 'service', or one of your own"),
  granted: z.boolean().describe('False: withdrawn'),
  source: line(200).describe("Where it was said: 'web form', 'phone'"),
  proof: line(2_000).optional().describe("What shows it: a document's id, a recording's"),
  text: z.string().min(1).max(10_000).optional().describe('The words that were agreed to, as the customer saw them'),
  givenBy: line(200).optional().describe('Who said it, where that was not the customer'),
  givenAt: instant.optional().describe('When it was said; now, unless given, and never later'),
});
const exported = consent.extend({ customerId }).meta({ id: 'ExportedConsent' });

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
    method: 'GET',
    url: '/v1/consents',
    schema: {
      tags: ['customers'],
      summary: 'All consents of all customers, given and withdrawn, with their proof',
      operationId: 'exportConsents',
      description:
        'In the order in which they were written down: an export reads page after page, and goes on later where it ended.',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(exported), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const [from] = readCursor(after, ['number']) ?? [0];
      const rows = await allConsents(db, {
        after: Math.trunc(Math.min(Number(from), Number.MAX_SAFE_INTEGER)),
        limit: limit + 1,
      });
      return page(
        rows,
        limit,
        (row) => ({ ...shown(row), customerId: row.customerId }),
        (row) => [Number(row.id)],
      );
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
      const { proof, text, givenBy, givenAt, ...said } = request.body;
      const at = now();
      const saidAt = givenAt === undefined ? at : Date.parse(givenAt);
      refuseUnknown([
        ...againstPurposes(await publishedWords(db), 'purpose', said.purpose),
        ...(saidAt > at
          ? [{ field: 'givenAt', expected: 'no later than now', value: iso(saidAt), mend: 'Nobody has said it yet.' }]
          : []),
      ]);
      const more = { proof: proof ?? null, text: text ?? null, givenBy: givenBy ?? null, givenAt: saidAt };
      const recorded: Consent = { ...said, ...more, actor: actorOf(request), at };
      if ('refused' in (await recordConsent(db, id, recorded))) throw noCustomer(id);
      return reply.code(201).send(shown(recorded));
    },
  });
}

const shown = (stored: Consent): z.output<typeof consent> => ({
  ...stored,
  proof: stored.proof ?? null,
  text: stored.text ?? null,
  givenBy: stored.givenBy ?? null,
  givenAt: iso(stored.givenAt ?? stored.at),
  at: iso(stored.at),
});
