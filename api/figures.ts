/** What the last days were like: for whoever leads a team or designs journeys. */
import { z } from 'zod';
import { isWorkingDay } from '../core/calendar/business.ts';
import { lastDays } from '../core/calendar/last-days.ts';
import { dayOf } from '../core/calendar/zone.ts';
import { latestDefinition } from '../store/definitions.ts';
import { dayCounter } from '../store/figures/day-counter.ts';
import type { DayFigures } from '../store/figures/figures.ts';
import { calendarOf } from '../store/team-calendar.ts';
import type { Api, ApiDeps } from './deps.ts';
import { figuresPage } from './figures-shape.ts';
import { iso, refusals } from './shapes.ts';

export function figures(app: Api, { db, now, defaultTeam }: ApiDeps): void {
  const counter = dayCounter(db, (error) => app.log.error({ err: error }, 'A day could not be counted'));
  app.addHook('onClose', () => counter.stop());
  app.route({
    method: 'GET',
    url: '/v1/figures',
    schema: {
      tags: ['desk'],
      summary: 'What the last days were like for customers and for our own people',
      operationId: 'getFigures',
      description:
        "Days lie between midnights of the default team's zone. Each is counted once when it is over; today is as it was a few seconds ago. A day whose figures are null is being counted: ask again.",
      querystring: z.strictObject({
        days: z.coerce.number().int().min(1).max(92).default(28).describe('How many, today among them'),
      }),
      response: { 200: figuresPage, ...refusals(422) },
    },
    handler: async ({ query }) => {
      const at = now();
      const words = (await latestDefinition(db, 'words'))?.data ?? null;
      const calendar = words && calendarOf(words, defaultTeam, at);
      const zone = calendar?.zone ?? 'UTC';
      const days = lastDays(zone, at, query.days);
      const counted = await counter.figuresOf({ zone, days, now: at });
      return {
        zone,
        now: iso(at),
        days: days.map(({ date, from, to }) => ({
          date,
          from: iso(from),
          to: iso(to),
          isOver: to <= at,
          isWorkingDay: calendar ? isWorkingDay(calendar, dayOf(date) ?? 0) : true,
          figures: copied(counted.get(date)),
        })),
      };
    },
  });
}

const copied = (of: DayFigures | undefined): z.output<typeof figuresPage>['days'][number]['figures'] =>
  of === undefined
    ? null
    : {
        ...of,
        sent: { ...of.sent, by: [...of.sent.by], customers: [...of.sent.customers] },
        notMade: [...of.notMade],
      };
