/** Versions of a journey that are over, and such as come back. */
import { z } from 'zod';
import { retire } from '../store/moves/retire.ts';
import { rollback } from '../store/moves/rollback.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { name, refusals } from './shapes.ts';
import { noVersion, versionPath } from './version-path.ts';

export function versions(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/journeys/:name/versions/:version/retire',
    schema: {
      tags: ['moves'],
      summary: 'Retire a version that nobody is on',
      operationId: 'retireVersion',
      description:
        'Nobody enters it any more, and nobody is moved to it. The newest one retired, the journey is entered no more until it is published again.',
      params: versionPath,
      response: {
        200: z.object({ isNew: z.boolean().describe('False: it was retired already') }),
        ...refusals(404, 409),
      },
    },
    handler: async (request) => {
      const { name: journey, version: at } = request.params;
      const done = await retire(db, { journey, version: at, by: actorOf(request), now: now() });
      if ('retired' in done) return { isNew: done.isNew };
      if (done.refused === 'unknown') throw noVersion(journey, at);
      if (done.refused === 'has-a-broadcast')
        throw new Problem(
          'not-possible-now',
          `'${journey}' ${at} is still to be said to an audience. Cancel that broadcast first.`,
        );
      throw new Problem(
        'not-possible-now',
        `${done.customers} ${done.customers === 1 ? 'customer is' : 'customers are'} still on '${journey}' ${at}.`,
        done.where.map(({ step, customers }) => ({
          field: 'path.version',
          expected: 'a version that nobody is on',
          problem: `${customers} at ${step === null ? 'its beginning' : `'${step}'`}.`,
          mend: 'Wait until they have ended, or move them to another version.',
        })),
      );
    },
  });
  app.route({
    method: 'POST',
    url: '/v1/journeys/:name/rollback',
    schema: {
      tags: ['moves'],
      summary: 'Let the version before take the entries again',
      operationId: 'rollBack',
      description:
        'It comes back under the next number, with the same definition, words, policy and templates. Whoever is on a newer one stays on that.',
      params: z.strictObject({ name }),
      response: {
        200: z.object({
          version: z.number().int(),
          sameAs: z.number().int().describe('The version that has come back'),
          replaces: z.number().int(),
        }),
        ...refusals(404, 409),
      },
    },
    handler: async (request) => {
      const { name: journey } = request.params;
      const done = await rollback(db, { journey, by: actorOf(request), now: now() });
      if (!('refused' in done)) return { ...done };
      if (done.refused === 'unknown') throw new Problem('not-found', `No journey is called '${journey}'.`);
      throw new Problem('not-possible-now', `There is no version of '${journey}' before this one that is not retired.`);
    },
  });
}
