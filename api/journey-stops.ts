/** The journeys of one customer: which run, and which one of our people paused or stopped for them. */
import { z } from 'zod';
import { inFlightTo } from '../store/budget/in-flight.ts';
import { getCustomer } from '../store/customers.ts';
import { listEnrolments } from '../store/enrolments.ts';
import { journeyStopsOf, letJourneyGoOn, stopJourney } from '../store/journey-stops.ts';
import { latestJourney } from '../store/journeys.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { flying, shownFlying } from './in-flight.ts';
import { theirJourneys } from './journey-stop-shape.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, customerPath, instant, iso, line, maybeIso, name, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer, refuseUnknown } from './words-published.ts';

const path = customerPath.extend({ journey: name });
const runsAtMost = 200;

export function journeyStops(app: Api, { db, now }: ApiDeps): void {
  const all = async (id: string): Promise<z.output<typeof theirJourneys>> => {
    const runs = await listEnrolments(db, { customerId: id, state: 'running', limit: runsAtMost });
    const stops = await journeyStopsOf(db, id, now());
    const names = [...new Set([...runs, ...stops].map(({ journey }) => journey))].sort();
    const items = names.map(async (journey) => {
      const stop = stops.find((one) => one.journey === journey);
      return {
        journey,
        story: (await latestJourney(db, journey))?.definition.story ?? null,
        runs: runs
          .filter((run) => run.journey === journey)
          .map(({ id: run, version, step, waitingFor, wakeAt, startedAt }) => ({
            ...{ id: run, version, step, waitingFor },
            wakeAt: maybeIso(wakeAt),
            startedAt: iso(startedAt),
          })),
        stop: stop ? { until: maybeIso(stop.until), reason: stop.reason, actor: stop.actor, at: iso(stop.at) } : null,
      };
    });
    return { items: await Promise.all(items) };
  };

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/journeys',
    schema: {
      tags: ['people'],
      summary: 'Journeys that run for a customer, and those that were paused or stopped for them',
      operationId: 'journeysOf',
      params: customerPath,
      response: { 200: theirJourneys, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return all(id);
    },
  });

  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/journeys/:journey/stop',
    schema: {
      tags: ['people'],
      summary: 'Pause a journey for a customer until an instant, or stop it',
      operationId: 'stopJourneyFor',
      description:
        'With `until`, its runs go on and whatever they would say waits until then. Without it, they end, what was on its way is withdrawn, and it is not entered again until somebody lifts the stop. Other customers and other journeys go on.',
      params: path,
      body: z.strictObject({ reason: line(500), until: instant.optional() }),
      response: {
        200: theirJourneys.extend({ ended: z.number().int().describe('How many runs end'), inFlight: flying }),
        ...refusals(404, 422, ...bodyRefusals),
      },
    },
    handler: async (request) => {
      const { id, journey } = request.params;
      const at = now();
      const { reason, until } = request.body;
      const ends = until === undefined ? null : Date.parse(until);
      if (ends !== null && ends <= at)
        refuseUnknown([
          { field: 'until', expected: 'an instant later than now', value: iso(ends), mend: 'Leave it out to stop it.' },
        ]);
      if ((await latestJourney(db, journey)) === null)
        throw new Problem('not-found', `There is no journey '${journey}'.`);
      const ended = await stopJourney(db, id, { journey, until: ends, reason, actor: actorOf(request), at });
      if (ended === null) throw noCustomer(id);
      await tellPump(db, app.log);
      return { ...(await all(id)), ended, inFlight: shownFlying(await inFlightTo(db, [id], 'all', at)) };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/journeys/:journey/stop',
    schema: {
      tags: ['people'],
      summary: 'Let a journey go on for a customer: what waited asks again at once',
      operationId: 'letJourneyGoOn',
      description: 'Runs that were ended stay so; it may be entered again.',
      params: path,
      response: { 200: theirJourneys, ...refusals(404) },
    },
    handler: async (request) => {
      const { id, journey } = request.params;
      if ((await letJourneyGoOn(db, id, { journey, actor: actorOf(request), at: now() })) === null)
        throw noCustomer(id);
      await tellPump(db, app.log);
      return all(id);
    },
  });
}
