/** A person has the conversation, without a task of ours: machines are quiet until it ends, and it always ends. */
import { z } from 'zod';
import { inFlightTo } from '../store/budget/in-flight.ts';
import { getCustomer } from '../store/customers.ts';
import { latestDefinition } from '../store/definitions.ts';
import { deskOf } from '../store/desk.ts';
import { holdCustomer, holdOf, liftHold, type Hold } from '../store/holds.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { holdAnswer, type hold } from './hold-shape.ts';
import { flying, shownFlying } from './in-flight.ts';
import { bodyRefusals, customerPath, instant, iso, line, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer, refuseUnknown } from './words-published.ts';

export function holds(app: Api, { db, now, defaultTeam }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/hold',
    schema: {
      tags: ['customers'],
      summary: 'The hold that was set by hand; taking a task holds as well',
      operationId: 'getHold',
      params: customerPath,
      response: { 200: holdAnswer, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { hold: shown(await holdOf(db, id, now())) };
    },
  });

  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/hold',
    schema: {
      tags: ['customers'],
      summary: 'A person has the conversation: what is automated and no service waits',
      operationId: 'holdCustomer',
      description:
        "Until then, or for as long as the policy's holdAtMost, which is also the most that may be asked for. One before is replaced.",
      params: customerPath,
      body: z.strictObject({ reason: line(500), until: instant.optional() }),
      response: { 200: holdAnswer.extend({ inFlight: flying }), ...refusals(404, 422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const at = now();
      const most = await atMost(at);
      const until = request.body.until === undefined ? most : Date.parse(request.body.until);
      if (until <= at || until > most)
        refuseUnknown([
          {
            field: 'until',
            expected: `an instant later than now and at most ${iso(most)}, because a hold has an end`,
            value: iso(until),
            mend: `Leave it out for ${iso(most)}; it can be set again.`,
          },
        ]);
      const set: Hold = { until, reason: request.body.reason, actor: actorOf(request), at };
      if (!(await holdCustomer(db, id, set))) throw noCustomer(id);
      return { hold: shown(set), inFlight: shownFlying(await inFlightTo(db, [id], 'all', now())) };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/hold',
    schema: {
      tags: ['customers'],
      summary: 'End a hold: what waited for it asks again at once',
      operationId: 'liftHold',
      params: customerPath,
      response: { 200: holdAnswer, ...refusals(404) },
    },
    handler: async (request) => {
      const { id } = request.params;
      if ((await liftHold(db, id, actorOf(request), now())) === null) throw noCustomer(id);
      await tellPump(db, app.log);
      return { hold: null };
    },
  });

  /** By the calendar of the team that the policy names. */
  async function atMost(at: number): Promise<number> {
    const policy = (await latestDefinition(db, 'policy'))?.data;
    const { addSpan } = await deskOf(db, defaultTeam);
    return addSpan(policy?.team ?? defaultTeam, at, policy?.holdAtMost ?? '2 days');
  }
}

const shown = (stored: Hold | null): z.output<typeof hold> | null =>
  stored && { ...stored, until: iso(stored.until), at: iso(stored.at) };
