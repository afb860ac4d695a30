/** Whether the process lives, and whether it can do its work. */
import { z } from 'zod';
import { unmigrated } from '../store/migrate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refusals } from './shapes.ts';

const state = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.enum(['ok', 'unreachable', 'not migrated'])).describe('What is needed → how it is'),
});

export function health(app: Api, deps: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/health',
    schema: {
      tags: ['about'],
      summary: 'Does it live',
      operationId: 'health',
      response: { 200: z.object({ alive: z.literal(true) }), ...refusals() },
    },
    handler: () => ({ alive: true as const }),
  });
  app.route({
    method: 'GET',
    url: '/ready',
    schema: {
      tags: ['about'],
      summary: 'Can it do its work',
      operationId: 'ready',
      description: 'The database is reachable and migrated, and so is whatever else this process needs.',
      response: { ...refusals(), 200: state, 503: state },
    },
    handler: async (_request, reply) => {
      const named = Object.entries({ ...deps.checks, database: () => migrated(deps) });
      const checks = Object.fromEntries(
        await Promise.all(named.map(async ([name, check]) => [name, await outcome(check)] as const)),
      );
      const ready = Object.values(checks).every((found) => found === 'ok');
      return reply.code(ready ? 200 : 503).send({ ready, checks });
    },
  });
}

type Outcome = 'ok' | 'unreachable' | 'not migrated';

/** A check that does not answer within 2 s counts as unreachable. */
async function outcome(check: () => Promise<unknown>): Promise<Outcome> {
  const given = Promise.resolve()
    .then(check)
    .then<Outcome>((found) => (found === 'not migrated' ? found : 'ok'))
    .catch((): Outcome => 'unreachable');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, 2_000, 'unreachable');
  });
  return Promise.race([given, late]).finally(() => clearTimeout(timer));
}

async function migrated({ db, schema }: ApiDeps): Promise<Outcome> {
  return (await unmigrated(db, schema)).length === 0 ? 'ok' : 'not migrated';
}
