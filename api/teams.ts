/** Our teams: what is ahead of each, and how long a customer would wait for it. */
import { z } from 'zod';
import { forecastOf, isSlowed, limitOf } from '../core/task/forecast.ts';
import { teamLoad } from '../store/teams/load.ts';
import type { Api, ApiDeps } from './deps.ts';
import { refusals } from './shapes.ts';
import { publishedWords } from './words-published.ts';

const shape = z
  .object({
    team: z.string(),
    ahead: z.number().int().describe('Open tasks that wait for somebody of the team'),
    onShift: z.number().int(),
    handlingMs: z
      .number()
      .describe('From taking a task to its end: the median of 30 days, or what is reckoned with until there are 5'),
    measured: z.boolean().describe('False: too few were done to tell'),
    waitMs: z.number().describe('Tasks ahead × handling time, shared by those on shift'),
    waitAtMostMs: z.number().nullable().describe('What customers may wait; beyond it journeys are slowed'),
    slowed: z.boolean().describe('What journeys would give them, besides services and escalations, waits'),
  })
  .meta({ id: 'TeamForecast' });

export function teams(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/teams',
    schema: {
      tags: ['people'],
      summary: 'Teams, with what is ahead of each and how long a customer would wait',
      operationId: 'listTeams',
      response: { 200: z.object({ items: z.array(shape) }), ...refusals() },
    },
    handler: async () => {
      const known = Object.entries((await publishedWords(db))?.teams ?? {});
      const items: z.output<typeof shape>[] = [];
      for (const [team, { waitAtMost }] of known) {
        const forecast = forecastOf(await teamLoad(db, team, now()));
        const { ahead, onShift, handlingMs, measured, waitMs } = forecast;
        const limit = waitAtMost ?? null;
        const slowed = isSlowed(forecast, limit);
        items.push({ team, ahead, onShift, handlingMs, measured, waitMs, waitAtMostMs: limitOf(limit), slowed });
      }
      return { items };
    },
  });
}
