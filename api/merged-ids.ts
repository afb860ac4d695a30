/** A record that was merged is still asked for by its old id, for years: whoever does means the record it is now. */
import type { FastifyInstance } from 'fastify';
import type { Db } from '../store/open.ts';
import { idNow } from '../store/lock-customer.ts';

/** Of events and the like the store itself finds out, while it holds the customer. */
export function followMerges(app: FastifyInstance, db: Db): void {
  app.addHook('preHandler', async (request) => {
    const { url = '' } = request.routeOptions;
    if (url.startsWith('/v1/customers/:id') && url !== '/v1/customers/:id/merge') await follow(request.params, 'id');
    await follow(request.query, 'customerId');
  });

  async function follow(given: unknown, name: string): Promise<void> {
    if (typeof given !== 'object' || given === null || !(name in given)) return;
    const named = given as Record<string, unknown>;
    const id = named[name];
    if (typeof id === 'string') named[name] = (await idNow(db, id)) ?? id;
  }
}
