/** Finding a customer by what one knows of them. */
import { z } from 'zod';
import { findCustomers } from '../store/find-customers.ts';
import { customerName } from './customer-name.ts';
import type { Api, ApiDeps } from './deps.ts';
import { found } from './found-shape.ts';
import { line, maybeIso, refusals } from './shapes.ts';

export function customerSearch(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customer-search',
    schema: {
      tags: ['desk'],
      summary: 'Find customers by id, address, telephone number, what is on record, or what was said',
      operationId: 'findCustomers',
      description:
        'Each word may be the beginning of one; a number is known by its end, however it is written. What was said counts only for callers who may read it, and never where it is confidential.',
      querystring: z.strictObject({
        words: line(100),
        limit: z.coerce.number().int().min(1).max(50).default(20),
      }),
      response: { 200: found, ...refusals() },
    },
    handler: async ({ query: { words, limit }, caller }) => {
      const said = caller?.scopes.includes('conversation:read') ?? false;
      const rows = await findCustomers(db, { words, said, limit });
      return {
        items: rows.map(({ fields, wroteAt, ...row }) => ({
          ...row,
          name: customerName(fields, row.id),
          wroteAt: maybeIso(wroteAt),
        })),
      };
    },
  });
}
