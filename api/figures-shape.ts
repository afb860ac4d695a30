/** Figures of days, as the API tells them: each is defined in `store/figures/figures.ts`. */
import { z } from 'zod';
import { instant } from './shapes.ts';

const count = z.number().int();
const minutes = z.number().nullable();

const dayFigures = z
  .object({
    sent: z.object({
      by: z
        .array(z.object({ madeBy: z.enum(['tech', 'human']), channel: z.string(), count }))
        .describe('Everything that went out, turns of conversations among it'),
      customers: z
        .array(count)
        .describe('How many customers got one touch, two, …; the last is for as many or more. Turns are no touches'),
      pestered: count.describe(
        'Pestered-days: customers to whom a touch went out with which a window of the policy was passed: a soft cap, or one that only people pass',
      ),
    }),
    notMade: z
      .array(z.object({ is: z.enum(['waited', 'to-person', 'not-made']), because: z.string(), touches: count }))
      .describe('Touches that did not get their place at once, each once for each gate that it met'),
    toPerson: z
      .object({ taken: count, medianMinutes: minutes, mostMinutes: minutes.describe('Nine in ten were taken sooner') })
      .describe('Of tasks that a person took first on this day: how long after they were opened'),
    promises: z.object({ kept: count, broken: count }).describe('Of those that were settled on this day'),
    crickets: count.describe(
      'Cricket-days: customers who waited for us through the whole of this day and heard nothing',
    ),
  })
  .meta({ id: 'DayFigures' });

export const figuresPage = z.object({
  zone: z.string().describe('At whose midnights a day ends'),
  now: instant.describe("The engine's clock"),
  days: z
    .array(
      z.object({
        date: z.string().describe("'2026-03-02'"),
        from: instant,
        to: instant,
        isOver: z.boolean(),
        isWorkingDay: z.boolean().describe("By the default team's calendar"),
        figures: dayFigures.nullable().describe('Null: it is being counted'),
      }),
    )
    .describe('The oldest first; the last one is today'),
});
