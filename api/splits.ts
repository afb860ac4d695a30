/** What a journey's splits have shown so far. */
import { z } from 'zod';
import { goalsCountForMs } from '../core/split.ts';
import { latestJourney } from '../store/journeys.ts';
import { splitResults } from '../store/splits/results.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { name, refusals } from './shapes.ts';

const share = z.number().min(0).max(1);
const arm = z
  .object({
    arm: z.string(),
    customers: z.number().int().describe('Who went this way, each counted once'),
    goalsMet: z.number().int().describe('Of these, who met the goal'),
    rate: share.nullable().describe('goalsMet / customers; null: nobody went this way'),
    low: share.describe('With 95 % certainty the true rate is at least this (Wilson)'),
    high: share.describe('With 95 % certainty the true rate is at most this (Wilson)'),
  })
  .meta({ id: 'SplitArm' });

export function splits(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/splits',
    schema: {
      tags: ['journeys'],
      summary: 'What the splits of a journey have shown',
      operationId: 'getSplits',
      description:
        'Over all its versions: a customer falls to the same way in each. A goal that is met after the end of a run counts as long as it is measured.',
      params: z.strictObject({ name }),
      response: {
        200: z.object({
          journey: z.string(),
          goal: z.string().nullable().describe("The event that is its newest version's goal"),
          measuredDays: z.number().describe("How long after a run's end its goal still counts"),
          splits: z.array(z.object({ step: z.string(), arms: z.array(arm) })),
        }),
        ...refusals(404),
      },
    },
    handler: async ({ params }) => {
      const journey = await latestJourney(db, params.name);
      if (journey === null) throw new Problem('not-found', `No journey is called '${params.name}'.`);
      return {
        journey: journey.name,
        goal: journey.definition.goal ?? null,
        measuredDays: goalsCountForMs / 86_400_000,
        splits: (await splitResults(db, journey.name)).map(({ step, arms }) => ({
          step,
          arms: arms.map((result) => ({ ...result })),
        })),
      };
    },
  });
}
