/** Two records that are one person: merging them, and which were. */
import { z } from 'zod';
import { mergeCustomers } from '../store/merge/merge-customers.ts';
import { mergesInto } from '../store/merge/list-merges.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, customerId, customerPath, instant, iso, line, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer } from './words-published.ts';

const merged = z
  .object({
    merged: z.enum(['now', 'again']).describe("'again': it was done before, and nothing has changed"),
    into: customerId,
    moved: z.record(z.string(), z.number()).describe('How many rows of what belong to the kept record now'),
    doubled: z
      .array(z.object({ journey: z.string(), value: z.string() }))
      .describe('Of these both had a run already: both go on'),
    tasks: z
      .array(z.object({ closed: z.string(), into: z.string() }))
      .describe('Open tasks of one team that became one: the closed one, and the one that has its reasons'),
  })
  .meta({ id: 'Merged' });
const kept = z.object({ from: customerId, actor: z.string(), reason: z.string(), at: instant }).meta({ id: 'Merge' });

export function merges(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/customers/:id/merge',
    schema: {
      tags: ['customers'],
      summary: 'Merge a record into another of the same person',
      operationId: 'mergeCustomer',
      description:
        'From then on both ids mean the kept record, with one budget: the stricter of both. It cannot be undone. The same merge again changes nothing.',
      params: customerPath,
      body: z.strictObject({ into: customerId, reason: line(500) }),
      response: { 200: merged, ...refusals(404, 409, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const { into, reason } = request.body;
      const done = await mergeCustomers(db, { from: id, into, reason, actor: actorOf(request), now: now() });
      if (!('refused' in done)) {
        await tellPump(db, app.log);
        return { ...done, moved: { ...done.moved }, doubled: [...done.doubled], tasks: [...done.tasks] };
      }
      if (done.refused === 'unknown-customer') throw noCustomer(done.id);
      const where =
        done.refused === 'same' ? 'they are one record already' : `it was merged into '${done.into}' before`;
      throw new Problem('not-possible-now', `Customer '${id}' cannot be merged into '${into}': ${where}.`);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/merges',
    schema: {
      tags: ['customers'],
      summary: 'List the records that were merged into a customer',
      operationId: 'listMerges',
      params: customerPath,
      response: { 200: z.object({ items: z.array(kept) }), ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      const found = await mergesInto(db, id);
      if (found === null) throw noCustomer(id);
      return { items: found.map(({ at, ...one }) => ({ ...one, at: iso(at) })) };
    },
  });
}
