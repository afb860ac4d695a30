/** What it changes that tasks are suggested to somebody. */
import { z } from 'zod';
import { dayMs } from '../core/calendar/zone.ts';
import { routingEffect } from '../store/routing/effect.ts';
import type { Api, ApiDeps } from './deps.ts';
import { instant, refusals } from './shapes.ts';

const arm = z
  .object({
    heldOut: z.boolean().describe('True: drawn at random, and suggested to nobody'),
    tasks: z.number().int(),
    claimed: z.number().int(),
    byThem: z.number().int().describe('Claimed by whoever was suggested, or would have been'),
    medianMsToClaim: z.number().nullable(),
    done: z.number().int(),
  })
  .meta({ id: 'RoutingArm' });

export function routing(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/routing/effect',
    schema: {
      tags: ['people'],
      summary: 'Tasks that were suggested to somebody, beside those that were held out',
      operationId: 'getRoutingEffect',
      querystring: z.strictObject({ since: instant.optional().describe('Opened since then; 30 days unless given') }),
      response: { 200: z.object({ items: z.array(arm) }), ...refusals() },
    },
    handler: async ({ query: { since } }) => ({
      items: await routingEffect(db, since === undefined ? now() - 30 * dayMs : Date.parse(since)),
    }),
  });
}
