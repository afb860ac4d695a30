/** Sensitive facts about customers' situations: for one or for a list. They hold until somebody lifts them. */
import { z } from 'zod';
import { areaGuardsOver } from '../store/area-guards.ts';
import { inFlightTo } from '../store/budget/in-flight.ts';
import { getCustomer } from '../store/customers.ts';
import { guardsOf, guardsToReview, liftGuard, setGuards, type CustomerGuard } from '../store/guards.ts';
import { shownAreaGuard } from './area-guards.ts';
import { actorOf } from './authenticate.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { guard, guardsOfOne, guardWhy, readGuard } from './guard-shape.ts';
import { flying, shownFlying } from './in-flight.ts';
import { bodyRefusals, customerId, customerPath, iso, name, pageOf, paging, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer } from './words-published.ts';

const atOnce = 1_000;

export function guards(app: Api, { db, now }: ApiDeps): void {
  const shown = ({ at, reviewAt, contradicts, ...rest }: CustomerGuard): z.output<typeof guard> => ({
    ...rest,
    contradicts: [...contradicts],
    at: iso(at),
    reviewAt: iso(reviewAt),
    reviewDue: reviewAt <= now(),
  });
  const all = async (id: string): Promise<z.output<typeof guardsOfOne>> => ({
    items: (await guardsOf(db, id)).map(shown),
    ofAreas: (await areaGuardsOver(db, id)).map((one) => shownAreaGuard(one, now())),
  });
  app.route({
    method: 'GET',
    url: '/v1/guards',
    schema: {
      tags: ['guards'],
      summary: 'Guards of all customers by the date of their review',
      operationId: 'listGuards',
      description: 'With `due`, those that somebody should have looked at by now.',
      querystring: z.strictObject({ ...paging, due: z.enum(['true', 'false']).default('false') }),
      response: { 200: pageOf(guard), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, due } }) => {
      const from = readCursor(after, ['number', 'string', 'string']) as [number, string, string] | null;
      const until = due === 'true' ? now() : null;
      const rows = await guardsToReview(db, { until, after: from, limit: limit + 1 });
      return page(rows, limit, shown, (row) => [row.reviewAt, row.customerId, row.fact]);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/guards',
    schema: {
      tags: ['guards'],
      summary: 'Set a guard for some customers',
      operationId: 'setGuards',
      description: `At most ${String(atOnce)} at once. Set again, a guard has the new reason and review. Ids that nobody knows are told, and change nothing.`,
      body: z.strictObject({ ...guardWhy, customers: z.array(customerId).min(1).max(atOnce) }),
      response: {
        200: z.object({ set: z.number().int(), unknown: z.array(z.string()), inFlight: flying }),
        ...refusals(422, ...bodyRefusals),
      },
    },
    handler: async (request) => {
      const { customers, fact, reason, reviewAt } = request.body;
      const contradicts = await readGuard(db, request.body, now());
      const at = now();
      const set = { fact, contradicts, reason, actor: actorOf(request), reviewAt: Date.parse(reviewAt), now: at };
      const nobody = await setGuards(db, customers, set);
      // Whoever waits asks again at once, and hears of it.
      await tellPump(db, app.log);
      const flies = shownFlying(await inFlightTo(db, customers, 'all', now()));
      return { set: new Set(customers).size - nobody.length, unknown: nobody, inFlight: flies };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/guards',
    schema: {
      tags: ['guards'],
      summary: 'Guards that hold for a customer',
      operationId: 'guardsOf',
      params: customerPath,
      response: { 200: guardsOfOne, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return all(id);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/guards/:fact',
    schema: {
      tags: ['guards'],
      summary: 'Lift a guard',
      operationId: 'liftGuard',
      description: 'Answers with those that still hold. Lifting one that does not hold changes nothing.',
      params: z.strictObject({ id: customerId, fact: name }),
      response: { 200: guardsOfOne, ...refusals(404) },
    },
    handler: async (request) => {
      const { id, fact } = request.params;
      if ((await liftGuard(db, { customerId: id, fact, actor: actorOf(request), now: now() })) === null)
        throw noCustomer(id);
      await tellPump(db, app.log);
      return all(id);
    },
  });
}
