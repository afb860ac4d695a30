/** Sensitive facts about an area: they hold for whoever is there, and for whoever comes there, until somebody lifts them. */
import { z } from 'zod';
import { areaGuards as holding, liftAreaGuard, setAreaGuard, type StoredAreaGuard } from '../store/area-guards.ts';
import { inFlight } from '../store/budget/in-flight.ts';
import { whoIsIn } from '../store/who-is-in.ts';
import { area } from './area-shape.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { areaGuard, guardWhy, readGuard } from './guard-shape.ts';
import { flying, shownFlying } from './in-flight.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, iso, ourPath, refusals } from './shapes.ts';

const ofAreas = z.object({ items: z.array(areaGuard) });

export const shownAreaGuard = (
  { areas, contradicts, at, reviewAt, ...rest }: StoredAreaGuard,
  now: number,
): z.output<typeof areaGuard> => ({
  ...rest,
  areas: [...areas],
  contradicts: [...contradicts],
  at: iso(at),
  reviewAt: iso(reviewAt),
  reviewDue: reviewAt <= now,
});

export function areaGuards(app: Api, { db, now }: ApiDeps): void {
  const shown = (guard: StoredAreaGuard): z.output<typeof areaGuard> => shownAreaGuard(guard, now());
  const listed = async (): Promise<z.output<typeof ofAreas>> => ({ items: (await holding(db)).map(shown) });

  app.route({
    method: 'GET',
    url: '/v1/area-guards',
    schema: {
      tags: ['guards'],
      summary: 'Guards of areas by the date of their review',
      operationId: 'listAreaGuards',
      response: { 200: ofAreas, ...refusals() },
    },
    handler: listed,
  });

  app.route({
    method: 'POST',
    url: '/v1/area-guards',
    schema: {
      tags: ['guards'],
      summary: 'Set a guard for an area',
      operationId: 'setAreaGuard',
      description:
        'It holds for whoever is there or may be, and for whoever comes there while it holds. The answer says how many that is now: by what is on record, by their ' +
        'telephone number alone or with a record that says less than the area does, and of how many nothing is known.',
      body: z.strictObject({ ...guardWhy, areas: z.array(area).min(1).max(100) }),
      response: {
        201: z.object({
          guard: areaGuard,
          reach: z.object({
            there: z.number().int(),
            perhaps: z.number().int(),
            notKnown: z.number().int().describe('For them it does not hold: put their place on record'),
          }),
          inFlight: flying,
        }),
        ...refusals(422, ...bodyRefusals),
      },
    },
    handler: async (request, reply) => {
      const { areas, fact, reason, reviewAt } = request.body;
      const contradicts = await readGuard(db, request.body, now());
      const set = { fact, contradicts, reason, actor: actorOf(request), reviewAt: Date.parse(reviewAt), areas };
      const stored = await setAreaGuard(db, { ...set, now: now() });
      const { reach, among } = await whoIsIn(db, areas);
      const flies = shownFlying(await inFlight(db, among, now()));
      return reply.code(201).send({ guard: shown(stored), reach, inFlight: flies });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/area-guards/:id',
    schema: {
      tags: ['guards'],
      summary: "Lift an area's guard",
      operationId: 'liftAreaGuard',
      params: ourPath,
      response: { 200: ofAreas, ...refusals(404) },
    },
    handler: async (request) => {
      const { id } = request.params;
      if (!(await liftAreaGuard(db, { id, actor: actorOf(request), now: now() })))
        throw new Problem('not-found', `No guard '${id}' of an area holds.`);
      return listed();
    },
  });
}
