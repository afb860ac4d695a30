/** Stops: who must not be contacted on a channel, or on any. */
import { z } from 'zod';
import { inFlightTo } from '../store/budget/in-flight.ts';
import { liftSuppression, suppress, suppressionHistory, suppressionsOf, type Suppression } from '../store/consents.ts';
import { getCustomer } from '../store/customers.ts';
import { actorOf } from './authenticate.ts';
import { suppression, where } from './consent-shape.ts';
import type { Api, ApiDeps } from './deps.ts';
import { flying, shownFlying } from './in-flight.ts';
import { bodyRefusals, customerId, customerPath, iso, line, maybeIso, refusals } from './shapes.ts';
import { noCustomer } from './words-published.ts';

const all = z.object({ items: z.array(suppression) });
const stopped = all.extend({ inFlight: flying });

export function suppressions(app: Api, { db, now }: ApiDeps): void {
  const holding = async (id: string): Promise<z.output<typeof all>> => {
    if ((await getCustomer(db, id)) === null) throw noCustomer(id);
    return { items: (await suppressionsOf(db, id)).map(shown) };
  };

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/suppressions',
    schema: {
      tags: ['customers'],
      summary: 'List the stops that hold',
      operationId: 'listSuppressions',
      description: 'With `history`, also those that were lifted.',
      params: customerPath,
      querystring: z.strictObject({ history: z.enum(['true', 'false']).default('false') }),
      response: { 200: all, ...refusals(404) },
    },
    handler: async ({ params: { id }, query: { history } }) =>
      history === 'true' ? { items: (await suppressionHistory(db, id)).map(shown) } : holding(id),
  });

  app.route({
    method: 'POST',
    url: '/v1/customers/:id/suppressions',
    schema: {
      tags: ['customers'],
      summary: 'Stop all contact on a channel, or on all',
      operationId: 'suppress',
      params: customerPath,
      description: 'Nothing that is not on its way already leaves after the answer; what is on its way is listed.',
      body: z.strictObject({
        channel: where,
        reason: line(500),
        source: line(200).optional().describe("Where it was said: 'phone', 'complaint'"),
      }),
      response: { 201: stopped, ...refusals(404, ...bodyRefusals) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { channel: from, reason, source } = request.body;
      const stop = { channel: from, reason, source: source ?? null, actor: actorOf(request), at: now() };
      const done = await suppress(db, id, stop);
      if ('refused' in done) throw noCustomer(id);
      const flies = shownFlying(await inFlightTo(db, [id], from, now()));
      return reply.code(201).send({ ...(await holding(id)), inFlight: flies });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/suppressions/:channel',
    schema: {
      tags: ['customers'],
      summary: 'Lift a stop',
      operationId: 'liftSuppression',
      description: 'Answers with the stops that still hold. Lifting one that does not hold changes nothing.',
      params: z.strictObject({ id: customerId, channel: where }),
      response: { 200: all, ...refusals(404) },
    },
    handler: async (request) => {
      const { id, channel: from } = request.params;
      if ('refused' in (await liftSuppression(db, id, from, actorOf(request), now()))) throw noCustomer(id);
      return holding(id);
    },
  });
}

const shown = (stored: Suppression): z.output<typeof suppression> => ({
  ...stored,
  source: stored.source ?? null,
  at: iso(stored.at),
  liftedAt: maybeIso(stored.liftedAt ?? null),
  liftedBy: stored.liftedBy ?? null,
});
