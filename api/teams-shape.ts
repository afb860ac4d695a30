/** A team as the desk shows it. */
import { z } from 'zod';
import { instant, maybeInstant, pageOf } from './shapes.ts';

const count = z.number().int();
const minutes = z.number().nullable();

const team = z
  .object({
    name: z.string(),
    zone: z.string(),
    isOpen: z.boolean(),
    changesAt: maybeInstant.describe('Open: when they close next. Closed: when they open next'),
    load: z.object({
      open: count.describe('Wait for somebody of this team to take them'),
      claimed: count,
      snoozed: count,
      overdue: count.describe('Of what is open or claimed: its time is over'),
      waitsSince: maybeInstant.describe('Of what is open: since when the first waits'),
    }),
    forecast: z.object({
      handlingMinutes: minutes.describe(
        'From being taken until it is done: the median of what was finished in four weeks; null: nothing was',
      ),
      finished: count.describe('How many that is the median of'),
      people: count.describe('Who is on shift'),
      minutesAhead: minutes.describe(
        'Tasks ahead × median handling time, shared by those who are there: until the last who waits has a person. Null: nobody is there, or nothing is known',
      ),
      takenBy: maybeInstant.describe("The same as an instant, on the team's calendar"),
    }),
    inflow: z
      .array(
        z.object({
          from: instant,
          came: count,
          usual: z.number().nullable().describe('The mean of the same hour of the weeks before; null: there is none'),
        }),
      )
      .describe('Tasks opened in each of the last 24 hours of real time, the hour that goes on among them'),
    people: z.array(
      z.object({
        name: z.string(),
        isOnShift: z.boolean(),
        shiftSince: maybeInstant,
        inHand: count.describe('Tasks that they have now'),
        capacity: count,
        hours: z.string().nullable().describe("Their own hours; null: their team's"),
        zone: z.string().nullable(),
      }),
    ),
    calendar: z
      .array(
        z.object({
          date: z.string(),
          open: z.array(z.object({ from: instant, to: instant })).describe('What begins on this day; none: closed'),
          holiday: z.string().nullable().describe('The name of the public holiday that it is'),
          isDayOff: z.boolean().describe('A day of their own on which nobody is there'),
        }),
      )
      .describe('From today on, on the wall of their zone'),
  })
  .meta({ id: 'TeamView' });

export const teamsPage = pageOf(team).extend({ now: instant.describe("The engine's clock") });
