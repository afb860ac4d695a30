/** Kill switches: from the next moment on nothing in their scope goes out. */
import { z } from 'zod';
import { channels } from '../core/journey/channels.ts';
import {
  killSwitches as allKillSwitches,
  liftKillSwitch,
  setKillSwitch,
  type KillScope,
  type KillSwitch,
} from '../store/budget/kill-switches.ts';
import { latestJourney, listJourneys } from '../store/journeys.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { bodyRefusals, instant, iso, line, refusals } from './shapes.ts';
import { refuseUnknown, unknown } from './words-published.ts';

const scope = z
  .string()
  .regex(
    new RegExp(`^(all|journey:[a-z][a-z0-9-]{0,63}|channel:(${channels.join('|')}))$`),
    "'all', 'journey:NAME' or 'channel:NAME'",
  )
  .describe("'all', 'journey:NAME' or 'channel:NAME'");
const killSwitch = z
  .object({ scope: z.string(), reason: z.string(), actor: z.string(), at: instant })
  .meta({ id: 'KillSwitch' });
const all = z.object({ items: z.array(killSwitch).describe('Each one means: switched off') });
const path = z.strictObject({ scope });

export function killSwitches(app: Api, { db, now }: ApiDeps): void {
  const listed = async (): Promise<z.output<typeof all>> => ({ items: (await allKillSwitches(db)).map(shown) });

  app.route({
    method: 'GET',
    url: '/v1/kill-switches',
    schema: {
      tags: ['kill switches'],
      summary: 'List what is switched off',
      operationId: 'listKillSwitches',
      response: { 200: all, ...refusals() },
    },
    handler: listed,
  });

  app.route({
    method: 'PUT',
    url: '/v1/kill-switches/:scope',
    schema: {
      tags: ['kill switches'],
      summary: 'Switch off all touches, those of a journey, or those on a channel',
      operationId: 'setKillSwitch',
      description: 'Also what is reserved and not yet on its way. Switching off twice keeps the first reason.',
      params: path,
      body: z.strictObject({ reason: line(500) }),
      response: { 200: all, ...refusals(422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const of = request.params.scope as KillScope; // Its pattern allows no other.
      const journey = of.startsWith('journey:') ? of.slice('journey:'.length) : null;
      if (journey !== null && (await latestJourney(db, journey)) === null) {
        const names = (await listJourneys(db)).map((known) => known.name);
        refuseUnknown([unknown('path.scope', 'journey', journey, names)]);
      }
      await setKillSwitch(db, { scope: of, reason: request.body.reason, actor: actorOf(request), at: now() });
      return listed();
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/kill-switches/:scope',
    schema: {
      tags: ['kill switches'],
      summary: 'Switch on again',
      operationId: 'liftKillSwitch',
      description:
        'What was refused meanwhile has met its fate and does not come back. Lifting one that is not set changes nothing.',
      params: path,
      response: { 200: all, ...refusals() },
    },
    handler: async ({ params }) => {
      await liftKillSwitch(db, params.scope as KillScope);
      return listed();
    },
  });
}

const shown = (stored: KillSwitch): z.output<typeof killSwitch> => ({ ...stored, at: iso(stored.at) });
