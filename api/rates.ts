/** How often one caller may ask. Counted in each process for itself: with several, the whole is that much larger. */
import rateLimit from '@fastify/rate-limit';
import { accessTo } from './access.ts';
import type { Identify } from './authenticate.ts';
import type { Api } from './deps.ts';
import type { Limits } from './limits.ts';
import { Problem } from './problems.ts';

/** What asks whether we live is never refused. */
const unlimited = new Set(['/health', '/ready']);

/**
 * Runs before a caller is authorised, so that guessing keys is limited too: callers without a valid key are counted
 * together, by their network address.
 */
export async function limitRates(app: Api, limits: Limits, identify: Identify): Promise<void> {
  await app.register(rateLimit, { global: false });
  const calls = app.createRateLimit({
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: async (request) => {
      const caller = await identify(request);
      return caller === null ? `address ${request.ip}` : `key ${caller.id}`;
    },
  });
  const webhooks = app.createRateLimit({
    max: limits.webhooksPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => `webhooks ${request.ip}`,
  });
  app.addHook('onRequest', async (request) => {
    const path = request.routeOptions.url ?? '';
    if (unlimited.has(path)) return;
    const counted = await (accessTo(request.method, path) === 'signed' ? webhooks : calls)(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    const seconds = String(Math.max(1, counted.ttlInSeconds));
    throw new Problem(
      'too-many-requests',
      `More than ${counted.max} requests in a minute. Try again in ${seconds} s.`,
      [],
      {
        'retry-after': seconds,
      },
    );
  });
}
