/** What Temporal could not be told, for those who run this. */
import { z } from 'zod';
import { parkedCalls } from '../store/parked-calls.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { instant, iso, pageOf, paging, refusals } from './shapes.ts';

const parked = z
  .object({
    workflowId: z.string(),
    kind: z.enum(['enrolment', 'task', 'promise', 'broadcast']),
    ref: z.string().describe('The id of the enrolment, task or promise'),
    attempts: z.number().int(),
    lastError: z.string().nullable(),
    parkedAt: instant,
  })
  .meta({ id: 'ParkedCall' });

export function outbox(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/outbox/parked',
    schema: {
      tags: ['operations'],
      summary: 'List calls to Temporal that were given up on',
      operationId: 'listParkedCalls',
      description: 'A further reason to call the same workflow gives it another chance.',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(parked), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const [from = null] = readCursor(after, ['string']) ?? [];
      const rows = await parkedCalls(db, { after: from as string | null, limit: limit + 1 });
      return page(
        rows,
        limit,
        (row) => ({ ...row, parkedAt: iso(row.parkedAt) }),
        (row) => [row.workflowId],
      );
    },
  });
}
