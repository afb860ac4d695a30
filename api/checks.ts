/** Somebody looked at a customer's situation: what a policy lets templates assume only after that, they may assume for a while. */
import { z } from 'zod';
import { checksOf, recordCheck, type Check } from '../store/checks.ts';
import { getCustomer } from '../store/customers.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { bodyRefusals, customerPath, instant, iso, line, name, refusals } from './shapes.ts';
import { noCustomer, publishedWords, refuseUnknown, unknown } from './words-published.ts';

const check = z
  .object({ assumption: z.string(), note: z.string().nullable(), actor: z.string(), at: instant })
  .meta({ id: 'Check' });

export function checks(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/checks',
    schema: {
      tags: ['guards'],
      summary: "What somebody found to be so of a customer's situation, newest first",
      operationId: 'listChecks',
      params: customerPath,
      response: { 200: z.object({ items: z.array(check) }), ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { items: (await checksOf(db, id)).map(shown) };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/customers/:id/checks',
    schema: {
      tags: ['guards'],
      summary: 'Record that somebody looked, and what a template assumes is so',
      operationId: 'recordCheck',
      description: 'How long it counts says the policy: assumeOnlyIfChecked. A guard outweighs it.',
      params: customerPath,
      body: z.strictObject({ assumption: name, note: line(500).optional() }),
      response: { 201: check, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { assumption, note } = request.body;
      const words = await publishedWords(db);
      const known = [...new Set(Object.values(words?.guards ?? {}).flat())];
      if (!known.includes(assumption)) refuseUnknown([unknown('assumption', 'assumption', assumption, known)]);
      const done: Check = { assumption, note: note ?? null, actor: actorOf(request), at: now() };
      if (!(await recordCheck(db, id, done))) throw noCustomer(id);
      return reply.code(201).send(shown(done));
    },
  });
}

const shown = (stored: Check): z.output<typeof check> => ({ ...stored, at: iso(stored.at) });
