/** Teams: what they have now, what comes, who is there, and when they are open. */
import type { z } from 'zod';
import { addBusiness, isOpen, nextOpening, openOn, type BusinessCalendar } from '../core/calendar/business.ts';
import { dateOf, hourMs, minuteMs, wallDay } from '../core/calendar/zone.ts';
import type { StoredWords } from '../core/journey/stored-words.ts';
import { forecastOf, isSlowed } from '../core/task/forecast.ts';
import { inflow } from '../core/task/inflow.ts';
import { listAgents, type Agent } from '../store/agents/agents.ts';
import { latestDefinition } from '../store/definitions.ts';
import { calendarOf, holidayNamed } from '../store/team-calendar.ts';
import { inHand, noLoad, teamLoads, type TeamLoad } from '../store/teams/loads.ts';
import { noPace, paceMs, teamPaces, type TeamPace } from '../store/teams/pace.ts';
import type { Api, ApiDeps } from './deps.ts';
import { tasksSeenBy } from './own-objects.ts';
import { seldom } from './seldom.ts';
import { iso, maybeIso, refusals } from './shapes.ts';
import { teamsPage } from './teams-shape.ts';

const shownDays = 14;
const shownHours = 24;
const shownPeople = 200;
const freshMs = 30_000;

type Shown = z.output<typeof teamsPage>['items'][number];

export function teamViews(app: Api, { db, now }: ApiDeps): void {
  const paces = seldom(() => teamPaces(db, now()), freshMs);
  const loads = seldom(() => teamLoads(db, now()), 1_000);
  app.route({
    method: 'GET',
    url: '/v1/team-views',
    schema: {
      tags: ['people'],
      summary: 'Teams with their load, what is to be expected, their calendar and who is there',
      operationId: 'listTeamViews',
      description: 'Agents and leads see their own teams; designers, ops and keys all of them.',
      response: { 200: teamsPage, ...refusals() },
    },
    handler: async ({ caller }) => {
      const at = now();
      const words = (await latestDefinition(db, 'words'))?.data ?? null;
      const seen = tasksSeenBy(caller);
      const named = Object.keys(words?.teams ?? {}).filter((team) => seen === null || seen.teams.includes(team));
      const [load, pace, hands] = await Promise.all([loads(), paces(), inHand(db)]);
      const items: Shown[] = [];
      for (const team of named) {
        const calendar = words && calendarOf(words, team, at);
        if (!words || !calendar) continue;
        const people = await listAgents(db, { team, after: null, limit: shownPeople });
        items.push({
          name: team,
          ...standing(calendar, at),
          ...ahead(
            calendar,
            load.get(team) ?? noLoad,
            pace.get(team) ?? noPace,
            people,
            words.teams[team]?.waitAtMost ?? null,
            at,
          ),
          people: people.map((who) => ({
            name: who.name,
            isOnShift: who.onShift,
            shiftSince: maybeIso(who.shiftSince),
            inHand: hands.get(who.name) ?? 0,
            capacity: who.capacity,
            hours: who.hours,
            zone: who.zone,
          })),
          calendar: daysOf(words, team, calendar, at),
        });
      }
      return { items, next: null, now: iso(at) };
    },
  });
}

function standing(calendar: BusinessCalendar, at: number): Pick<Shown, 'zone' | 'isOpen' | 'changesAt'> {
  const open = isOpen(calendar, at);
  return {
    zone: calendar.zone,
    isOpen: open,
    changesAt: iso(open ? closing(calendar, at) : nextOpening(calendar, at)),
  };
}

/** What follows without a break is one opening. */
function closing(calendar: BusinessCalendar, at: number): number {
  const { day } = wallDay(calendar.zone, at);
  const ahead = [-1, 0, 1].flatMap((n) => openOn(calendar, day + n)).filter(({ to }) => to > at);
  let end = at;
  for (const { from, to } of ahead) if (from <= end) end = Math.max(end, to);
  return end;
}

function ahead(
  calendar: BusinessCalendar,
  load: TeamLoad,
  { medianMs, finished, cameAt }: TeamPace,
  people: readonly Agent[],
  waitAtMost: string | null,
  at: number,
): Pick<Shown, 'load' | 'forecast' | 'inflow'> {
  const there = people.filter(({ onShift }) => onShift).length;
  const forecast = forecastOf({ ahead: load.open, onShift: there, medianMs, finished });
  const { handlingMs, measured, waitMs } = forecast;
  const hours = { count: waitMs / hourMs, unit: 'hour' } as const;
  return {
    load: { ...load, waitsSince: maybeIso(load.waitsSince) },
    forecast: {
      handlingMinutes: minutesOf(handlingMs),
      measured,
      finished,
      people: there,
      minutesAhead: minutesOf(waitMs),
      // With nobody there no instant can be promised.
      takenBy: there === 0 || load.open === 0 ? null : iso(addBusiness(calendar, at, hours)),
      waitAtMost,
      slowed: isSlowed(forecast, waitAtMost),
    },
    inflow: inflow(cameAt, { now: at, since: at - paceMs, hours: shownHours }).map(({ from, ...hour }) => ({
      from: iso(from),
      ...hour,
    })),
  };
}

const minutesOf = (ms: number): number => Math.round(ms / (minuteMs / 10)) / 10;

function daysOf(words: StoredWords, team: string, calendar: BusinessCalendar, at: number): Shown['calendar'] {
  const { day: today } = wallDay(calendar.zone, at);
  const daysOff = words.teams[team]?.daysOff ?? [];
  return Array.from({ length: shownDays }, (_, n) => {
    const date = dateOf(today + n);
    return {
      date,
      open: openOn(calendar, today + n).map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
      holiday: holidayNamed(words, team, date),
      isDayOff: daysOff.includes(date),
    };
  });
}
