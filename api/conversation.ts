/** What was said between us and a customer, and what came from senders that nobody knows. */
import { z } from 'zod';
import { conversationOf, unmatchedMessages } from '../store/conversation.ts';
import { getCustomer } from '../store/customers.ts';
import { refuseConfidential } from './confidential.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { message } from './message-shape.ts';
import { channel, customerPath, instant, iso, pageOf, paging, refusals } from './shapes.ts';
import { noCustomer } from './words-published.ts';

const unmatched = z
  .object({
    channel,
    providerKey: z.string(),
    sender: z.string(),
    subject: z.string().nullable(),
    body: z.string(),
    at: instant,
  })
  .meta({ id: 'UnmatchedMessage' });

export function conversation(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/conversation',
    schema: {
      tags: ['conversation'],
      summary: 'Read the conversation with a customer, newest first',
      description: 'If it is confidential, its people read it and nobody else, and every reading is written down.',
      operationId: 'getConversation',
      params: customerPath,
      querystring: z.strictObject(paging),
      response: { 200: pageOf(message), ...refusals(404, 422) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const { limit, after } = request.query;
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      await refuseConfidential(db, request, id, now());
      const cursor = readCursor(after, ['number', 'string']);
      const from = cursor && { at: cursor[0] as number, id: cursor[1] as string };
      const rows = await conversationOf(db, id, { after: from, limit: limit + 1 });
      return page(
        rows,
        limit,
        (row) => ({ ...row, at: iso(row.at) }),
        (row) => [row.at, row.id],
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/unmatched-messages',
    schema: {
      tags: ['conversation'],
      summary: 'List messages from senders nobody knows, newest first',
      operationId: 'listUnmatchedMessages',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(unmatched), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const cursor = readCursor(after, ['number', 'string']);
      const from = cursor && { at: cursor[0] as number, key: cursor[1] as string };
      const rows = await unmatchedMessages(db, { after: from, limit: limit + 1 });
      return page(
        rows,
        limit,
        (row) => ({ ...row, at: iso(row.at) }),
        (row) => [row.at, row.providerKey],
      );
    },
  });
}
