/** Our people at the desk. There is no field for what nobody may decide by: descent, belief, health, age, sex or whom somebody loves. */
import { z } from 'zod';
import { readCalendar } from '../core/calendar/business.ts';
import { getAgent, listAgents, putAgent, setShift, type Agent } from '../store/agents/agents.ts';
import { latestDefinition } from '../store/definitions.ts';
import { deskOf } from '../store/desk.ts';
import { leaveTasks } from '../store/tasks/leave.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { unknownTeam } from './known-teams.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, line, maybeInstant, maybeIso, name, pageOf, paging, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';

const language = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, "a language such as 'de' or 'de-CH'");
const some = <T extends z.ZodType>(of: T) => z.array(of).max(50);
const said = {
  teams: some(name).min(1).describe('Teams of the published words'),
  languages: some(language).min(1),
  skills: some(name).default([]).describe('What they know well, such as topics: looked for when a task asks for it'),
  interests: some(name)
    .default([])
    .describe('What they like; counts only where they and the customer said that it may'),
  sharesInterests: z.boolean().default(false),
  hours: line(200).nullable().default(null).describe("As a team's: 'Mon-Fri 09:00-17:00'; without, their team's"),
  zone: line(60).nullable().default(null),
  capacity: z.number().int().min(1).max(1_000).default(5).describe('How many tasks at once'),
};
const shape = z.object({ name: agent, ...said, onShift: z.boolean(), shiftSince: maybeInstant }).meta({ id: 'Agent' });
const shown = (it: Agent): z.output<typeof shape> => ({
  ...it,
  teams: [...it.teams],
  languages: [...it.languages],
  skills: [...it.skills],
  interests: [...it.interests],
  shiftSince: maybeIso(it.shiftSince),
});
const namePath = z.strictObject({ name: agent });
export const ownPath = z.strictObject({ agent });
export const noAgent = (who: string): Problem => new Problem('not-found', `There is no agent '${who}'.`);

export function agents(app: Api, deps: ApiDeps): void {
  reading(app, deps);
  changing(app, deps);
  shifts(app, deps);
}

function reading(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/agents',
    schema: {
      tags: ['people'],
      summary: 'List agents, by name',
      operationId: 'listAgents',
      querystring: z.strictObject({ ...paging, team: name.optional() }),
      response: { 200: pageOf(shape), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, team } }) => {
      const [from] = readCursor(after, ['string']) ?? [null];
      const rows = await listAgents(db, { team: team ?? null, after: from as string | null, limit: limit + 1 });
      return page(rows, limit, shown, (row) => [row.name]);
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/agents/:name',
    schema: {
      tags: ['people'],
      summary: 'Get an agent',
      operationId: 'getAgent',
      params: namePath,
      response: { 200: shape, ...refusals(404) },
    },
    handler: async ({ params: { name: who } }) => {
      const found = await getAgent(db, who);
      if (!found) throw noAgent(who);
      return shown(found);
    },
  });
}

function changing(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'PUT',
    url: '/v1/agents/:name',
    schema: {
      tags: ['people'],
      summary: 'Create an agent, or say all of it anew',
      operationId: 'putAgent',
      params: namePath,
      body: z.strictObject(said),
      response: { 200: shape, ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async ({ params: { name: who }, body }) => {
      const teams = Object.keys((await latestDefinition(db, 'words'))?.data.teams ?? {});
      for (const team of body.teams) if (!teams.includes(team)) throw unknownTeam(team, teams);
      refuseHours(body);
      await putAgent(db, { ...body, name: who }, now());
      const found = await getAgent(db, who);
      if (!found) throw noAgent(who);
      return shown(found);
    },
  });
}

function refuseHours({ hours, zone }: { readonly hours: string | null; readonly zone: string | null }): void {
  if (hours === null) return;
  const read = readCalendar({ open: hours, zone: zone ?? 'UTC', holidays: new Set() });
  if (read.ok && zone !== null) return;
  const mend = read.ok ? "Say their zone with their hours, such as 'Europe/Berlin'." : `${read.faults.join('; ')}.`;
  throw new Problem('unknown-name', 'The hours cannot be read.', [
    { field: read.ok ? 'zone' : 'hours', expected: "hours such as 'Mon-Fri 09:00-17:00' in a zone", mend },
  ]);
}

function shifts(app: Api, { db, now, defaultTeam }: ApiDeps): void {
  app.route({
    method: 'PUT',
    url: '/v1/agents/:agent/shift',
    schema: {
      tags: ['people'],
      summary: 'Go on shift, or off it',
      description: 'Off shift, what they have goes back to those who are asked; what they put aside stays so.',
      operationId: 'setShift',
      params: ownPath,
      body: z.strictObject({ on: z.boolean() }),
      response: { 200: shape, ...refusals(404, ...bodyRefusals) },
    },
    handler: async ({ params: { agent: who }, body: { on } }) => {
      const changed = await setShift(db, who, on, now());
      if (!changed) throw noAgent(who);
      if (!on) {
        const { addSpan } = await deskOf(db, defaultTeam);
        await leaveTasks(db, { agent: who, by: who, now: now(), addSpan });
        await tellPump(db, app.log);
      }
      return shown(changed);
    },
  });
}
