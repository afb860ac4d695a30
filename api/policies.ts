/** How often customers may be touched: each policy that was published, and what one changed of another. */
import { z } from 'zod';
import type { Policy } from '../core/budget/policy.ts';
import { policyChanges } from '../core/journey/diff/policy.ts';
import { policyNumbered } from '../store/budget-view/policy-in-force.ts';
import { listPolicies } from '../store/policies.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { instant, iso, refusals } from './shapes.ts';

const number = z.coerce.number().int().min(1).max(1_000_000);

export function policies(app: Api, { db }: ApiDeps): void {
  const policyOf = async (version: number): Promise<Policy> => {
    const found = await policyNumbered(db, version);
    if (found === null) throw new Problem('not-found', `There is no version ${String(version)} of the policy.`);
    return found.data;
  };

  app.route({
    method: 'GET',
    url: '/v1/policies',
    schema: {
      tags: ['journeys'],
      summary: 'List the versions of the policy, the newest first',
      operationId: 'listPolicies',
      response: {
        200: z.object({
          items: z.array(
            z.object({
              version: z.number().int(),
              name: z.string(),
              publishedAt: instant,
              journeys: z.array(z.string()).describe('Journeys whose newest version is held to it'),
            }),
          ),
        }),
        ...refusals(),
      },
    },
    handler: async () => ({
      items: (await listPolicies(db)).map(({ number: version, name, publishedAt, journeys }) => ({
        version,
        name,
        publishedAt: iso(publishedAt),
        journeys: [...journeys],
      })),
    }),
  });

  app.route({
    method: 'GET',
    url: '/v1/policies/:version',
    schema: {
      tags: ['journeys'],
      summary: 'Get a version of the policy, and what it changed of another',
      operationId: 'getPolicy',
      params: z.strictObject({ version: number }),
      querystring: z.strictObject({ since: number.optional().describe('Tell what changed since this version') }),
      response: {
        200: z.object({
          version: z.number().int(),
          policy: z.record(z.string(), z.unknown()).describe('As it was published'),
          changes: z.array(z.string()).nullable().describe('In sentences; null: none were asked for'),
        }),
        ...refusals(404),
      },
    },
    handler: async ({ params: { version }, query: { since } }) => {
      const policy = await policyOf(version);
      const before = since === undefined ? null : await policyOf(since);
      const changes = before && policyChanges(before, policy).map(({ says }) => says);
      return { version, policy: { ...policy }, changes };
    },
  });
}
