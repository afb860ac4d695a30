/** Broadcasts: journeys to an audience, planned, under way and over, and how one is stopped. */
import { z } from 'zod';
import {
  cancelBroadcast,
  countWaiting,
  getBroadcast,
  listBroadcasts,
  type Broadcast,
} from '../store/broadcasts/row.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { instant, iso, maybeInstant, maybeIso, ourPath, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';

const broadcast = z
  .object({
    id: z.string(),
    journey: z.string(),
    version: z.number().int(),
    audience: z.string(),
    at: z.string().describe("'2026-12-16 09:00', on each customer's own clock"),
    state: z.enum(['planned', 'running', 'done', 'cancelled', 'missed']),
    entered: z.number().int().describe('Whom it has come to'),
    waiting: z.number().int().describe('Whose touch waits for its place'),
    counts: z.record(z.string(), z.number().int()).describe("What came of the others: 'sent', 'refused: guard'"),
    wakeAt: maybeInstant.describe('When it goes on by itself'),
    plannedAt: instant,
    begunAt: maybeInstant,
    overAt: maybeInstant,
    cancelledBy: z.string().nullable(),
  })
  .meta({ id: 'Broadcast' });

export function broadcasts(app: Api, { db, now }: ApiDeps): void {
  const shown = async (stored: Broadcast): Promise<z.output<typeof broadcast>> => {
    const { id, journey, version, audience, at, state, entered, counts, cancelledBy } = stored;
    return {
      id,
      journey,
      version,
      audience,
      at,
      state,
      entered,
      waiting: await countWaiting(db, id),
      counts: { ...counts },
      wakeAt: maybeIso(stored.wakeAt),
      plannedAt: iso(stored.plannedAt),
      begunAt: maybeIso(stored.begunAt),
      overAt: maybeIso(stored.overAt),
      cancelledBy,
    };
  };
  const found = async (id: string): Promise<z.output<typeof broadcast>> => {
    const one = await getBroadcast(db, id);
    if (one === null) throw none(id);
    return shown(one);
  };

  app.route({
    method: 'GET',
    url: '/v1/broadcasts',
    schema: {
      tags: ['audiences'],
      summary: 'List broadcasts, the newest 100 first',
      operationId: 'listBroadcasts',
      response: { 200: z.object({ items: z.array(broadcast) }), ...refusals() },
    },
    handler: async () => ({ items: await Promise.all((await listBroadcasts(db)).map(shown)) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/broadcasts/:id',
    schema: {
      tags: ['audiences'],
      summary: 'Get a broadcast',
      operationId: 'getBroadcast',
      params: ourPath,
      response: { 200: broadcast, ...refusals(404) },
    },
    handler: ({ params: { id } }) => found(id),
  });

  app.route({
    method: 'POST',
    url: '/v1/broadcasts/:id/cancel',
    schema: {
      tags: ['audiences'],
      summary: 'Stop a broadcast for good',
      operationId: 'cancelBroadcast',
      description:
        'Nobody else is written to: within a second or two nothing of it is on its way, and what was kept for its customers is given back. ' +
        'A kill switch for its journey stops it too, until the switch is lifted.',
      params: ourPath,
      response: { 202: broadcast, ...refusals(404, 409) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const done = await cancelBroadcast(db, id, actorOf(request), now());
      if ('refused' in done) {
        if (done.refused === 'unknown') throw none(id);
        throw new Problem('not-possible-now', `Broadcast ${id} is over already.`);
      }
      await tellPump(db, app.log);
      return reply.code(202).send(await found(id));
    },
  });
}

const none = (id: string): Problem => new Problem('not-found', `There is no broadcast '${id}'.`);
