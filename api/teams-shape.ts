/** A team as the desk shows it. */
import { z } from 'zod';
import { instant, maybeInstant, pageOf } from './shapes.ts';

const count = z.number().int();
const minutes = z.number();

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
        'From being taken until it is done: the median of 30 days, or what is reckoned with until there are 5',
      ),
      measured: z.boolean().describe('False: too few were done to tell'),
      finished: count.describe('How many were done in these days'),
      people: count.describe('Who is on shift'),
      minutesAhead: minutes.describe(
        'Tasks ahead × handling time, shared by those who are there (nobody counts as one): until the last who waits has a person',
      ),
      takenBy: maybeInstant.describe(
        "The same as an instant, on the team's calendar; null: nobody is there, or nobody waits",
      ),
      waitAtMost: z
        .string()
        .nullable()
        .describe("How long customers may wait for them, such as '4 hours'; null: nobody said"),
      slowed: z
        .boolean()
        .describe('It is longer: what journeys would give them, besides services and escalations, waits'),
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
