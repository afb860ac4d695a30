/** What people did although they were warned, and why: for whoever designs the journeys. */
import { z } from 'zod';
import { listOverrides } from '../store/tasks/overrides.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { agent, customerId, instant, iso, pageOf, paging, refusals } from './shapes.ts';
import { warning } from './warning-shape.ts';

const override = z
  .object({
    touchId: z.string(),
    customerId,
    agent,
    warnings: z.array(warning),
    why: z.string(),
    at: instant,
  })
  .meta({ id: 'Override' });

export function overrides(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/overrides',
    schema: {
      tags: ['people'],
      summary: 'List what people did although they were warned, newest first',
      operationId: 'listOverrides',
      querystring: z.strictObject({ ...paging, customerId: customerId.optional() }),
      response: { 200: pageOf(override), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, customerId: of } }) => {
      const cursor = readCursor(after, ['number', 'string']);
      const from = cursor && { at: cursor[0] as number, touchId: cursor[1] as string };
      const rows = await listOverrides(db, { of: of ?? null, after: from, limit: limit + 1 });
      return page(
        rows,
        limit,
        ({ at, warnings, ...row }) => ({ ...row, warnings: [...warnings], at: iso(at) }),
        (row) => [row.at, row.touchId],
      );
    },
  });
}
