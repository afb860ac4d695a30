/** Kill switches: from the next moment on nothing in their scope goes out. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { areaForm, areaSays } from '../core/budget/area.ts';
import { channels } from '../core/journey/channels.ts';
import {
  killSwitches as allKillSwitches,
  liftKillSwitch,
  setKillSwitch,
  type KillScope,
  type KillSwitch,
} from '../store/budget/kill-switches.ts';
import { findAudience, listAudiences } from '../store/audiences/audiences.ts';
import { inFlight } from '../store/budget/in-flight.ts';
import { inScope } from '../store/budget/in-scope.ts';
import { latestJourney, listJourneys } from '../store/journeys.ts';
import { isThere, noCountry } from './area-shape.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { flying, shownFlying } from './in-flight.ts';
import { bodyRefusals, instant, iso, line, refusals } from './shapes.ts';
import { refuseUnknown, unknown } from './words-published.ts';

const scopeSays =
  "'all', 'journey:NAME', 'channel:NAME', 'segment:AUDIENCE', or 'area:' with an area such as 'DE', 'DE-NW' or 'DE:535'";
const named = '[a-z][a-z0-9-]{0,63}';
const scope = z
  .string()
  .regex(new RegExp(`^(all|(journey|segment):${named}|channel:(${channels.join('|')})|area:${areaForm})$`), scopeSays)
  .describe(scopeSays);
const killSwitch = z
  .object({ scope: z.string(), reason: z.string(), actor: z.string(), at: instant })
  .meta({ id: 'KillSwitch' });
const all = z.object({ items: z.array(killSwitch).describe('Each one means: switched off') });
const set = all.extend({ inFlight: flying });
/** A send that was being decided in the same moment is on its way by then: it is among what is told. */
const decidedWithinMs = 250;
const path = z.strictObject({ scope });

export function killSwitches(app: Api, { db, now }: ApiDeps): void {
  const listed = async (): Promise<z.output<typeof all>> => ({ items: (await allKillSwitches(db)).map(shown) });

  async function refuseNobody(of: KillScope): Promise<void> {
    const [kind, name = ''] = of.split(':');
    if (kind === 'journey' && (await latestJourney(db, name)) === null) {
      const names = (await listJourneys(db)).map((known) => known.name);
      refuseUnknown([unknown('path.scope', 'journey', name, names)]);
    }
    if (kind === 'segment' && (await findAudience(db, name)) === null) {
      const names = (await listAudiences(db)).map((known) => known.name);
      refuseUnknown([unknown('path.scope', 'audience', name, names)]);
    }
    if (kind === 'area' && !isThere(of.slice('area:'.length)))
      refuseUnknown([{ field: 'path.scope', expected: noCountry, value: of, mend: `Name ${areaSays}.` }]);
  }

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
      summary: 'Switch off all touches, or those of a journey, a channel, a segment or an area',
      operationId: 'setKillSwitch',
      description:
        'From the next decision on, and for what is waiting, reserved and not yet on its way; what is on its way already is listed. A segment is an audience that is ' +
        'stored: who is in it when a touch is decided. Switching off twice keeps the first reason.',
      params: path,
      body: z.strictObject({ reason: line(500) }),
      response: { 200: set, ...refusals(422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const of = request.params.scope as KillScope; // Its pattern allows no other.
      await refuseNobody(of);
      await setKillSwitch(db, { scope: of, reason: request.body.reason, actor: actorOf(request), at: now() });
      await sleep(decidedWithinMs);
      return { ...(await listed()), inFlight: shownFlying(await inFlight(db, await inScope(db, of), now())) };
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
