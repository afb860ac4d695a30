/** Customers moved to another version of their journey: planned, begun, and told in pages. */
import { z } from 'zod';
import { journeyAt } from '../store/journeys.ts';
import { beginMove, refusalOf, type MoveRefused } from '../store/moves/begin.ts';
import { whereTheyWouldGo } from '../store/moves/lead.ts';
import { tellNextPage } from '../store/moves/page.ts';
import { getMove, listMoves, type Move } from '../store/moves/tally.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, instant, iso, maybeInstant, maybeIso, name, ourPath, refusals } from './shapes.ts';
import { stepId, stepMap } from './step-map.ts';
import { tellPump } from './tell-pump.ts';
import { noVersion, version } from './version-path.ts';

const between = z.strictObject({
  from: version.describe('Whoever is on this version'),
  to: version.describe('goes on in this one'),
  map: stepMap.default({}),
  steps: z.array(stepId).min(1).max(200).optional().describe('Only who stands at these; everybody, without it'),
});
const move = z
  .object({
    id: z.string(),
    journey: z.string(),
    from: z.number().int(),
    to: z.number().int(),
    map: z.record(z.string(), z.string()),
    steps: z.array(z.string()).nullable(),
    state: z
      .enum(['going', 'done'])
      .describe('`done`: everybody has been told. Who is just doing something moves when that is done'),
    by: z.string(),
    at: instant,
    doneAt: maybeInstant,
    moved: z.number().int(),
    told: z.number().int().describe('Told, and still about to move'),
    ended: z.number().int().describe('Told, and ended before they could'),
    stayed: z.array(z.object({ because: z.string(), customers: z.number().int() })),
  })
  .meta({ id: 'Move' });
const shown = ({ at, doneAt, map, steps, stayed, ...told }: Move): z.output<typeof move> => ({
  ...told,
  map: { ...map },
  steps: steps && [...steps],
  at: iso(at),
  doneAt: maybeIso(doneAt),
  stayed: stayed.map((one) => ({ ...one })),
});

export function moves(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/journeys/:name/moves/plan',
    schema: {
      tags: ['moves'],
      summary: 'Where the customers of a version would go on in another one',
      operationId: 'planMove',
      description:
        'Nothing is done. What a run has heard and promised is looked at when it moves, and may keep it where it is.',
      params: z.strictObject({ name }),
      body: between,
      response: {
        200: z.object({
          customers: z.number().int(),
          steps: z.array(
            z.object({
              step: z.string().nullable().describe('Null: it has not waited yet, and is asked when it does'),
              customers: z.number().int(),
              leads: z
                .enum(['goes-on', 'begins', 'stays', 'asked-later'])
                .describe('`goes-on`: it keeps its wait; `begins`: that step begins'),
              at: z.string().nullable().describe('The step of the new version'),
              because: z.string().nullable().describe('Why it stays'),
            }),
          ),
        }),
        ...refusals(404, 409, 422, ...bodyRefusals),
      },
    },
    handler: async ({ params, body: { from, to, map, steps } }) => {
      const refused = await refusalOf(db, { journey: params.name, from, to, map });
      if (refused) throw refusedMove(params.name, refused);
      const [was, is] = [await journeyAt(db, params.name, from), await journeyAt(db, params.name, to)];
      if (!was || !is) throw noVersion(params.name, was ? to : from);
      const led = (await whereTheyWouldGo(db, { from: was.definition, version: from, to: is.definition, map })).filter(
        ({ step }) => steps === undefined || (step !== null && steps.includes(step)),
      );
      return {
        customers: led.reduce((sum, { customers }) => sum + customers, 0),
        steps: led.map(({ step, customers, lead }) => ({
          step,
          customers,
          leads: lead?.is ?? ('asked-later' as const),
          at: lead && 'at' in lead ? lead.at : null,
          because: lead && 'because' in lead ? lead.because : null,
        })),
      };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/journeys/:name/moves',
    schema: {
      tags: ['moves'],
      summary: 'Begin a move to another version',
      operationId: 'beginMove',
      description:
        'It is written down, and nobody is told yet: that is done in pages, by `POST /v1/moves/:id/tell`. The same again answers with the one that is going on.',
      params: z.strictObject({ name }),
      body: between,
      response: { 200: move, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { from, to, map, steps } = request.body;
      const asked = { journey: request.params.name, from, to, map, steps: steps ?? null };
      const begun = await beginMove(db, { ...asked, by: actorOf(request), now: now() });
      if ('refused' in begun) throw refusedMove(asked.journey, begun);
      return whole(begun.id);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/moves',
    schema: {
      tags: ['moves'],
      summary: 'The moves of a journey, newest first',
      operationId: 'listMoves',
      params: z.strictObject({ name }),
      response: { 200: z.object({ items: z.array(move) }), ...refusals(404) },
    },
    handler: async ({ params }) => ({ items: (await listMoves(db, params.name)).map(shown) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/moves/:id',
    schema: {
      tags: ['moves'],
      summary: 'How far a move is',
      operationId: 'getMove',
      params: ourPath,
      response: { 200: move, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => whole(id),
  });

  app.route({
    method: 'POST',
    url: '/v1/moves/:id/tell',
    schema: {
      tags: ['moves'],
      summary: 'Tell the next of those who move',
      operationId: 'tellMove',
      description:
        'Each is told once, whoever asks and however often. Ask until `done`. A run moves when it next waits: what it is doing just now is done on its old version.',
      params: ourPath,
      body: z.strictObject({ limit: z.number().int().min(1).max(500).default(100) }),
      response: {
        200: z.object({ told: z.number().int(), done: z.boolean().describe('Nobody is left to tell') }),
        ...refusals(404, ...bodyRefusals),
      },
    },
    handler: async ({ params: { id }, body: { limit } }) => {
      const page = await tellNextPage(db, { id, limit, now: now() });
      if (!page) throw noMove(id);
      await tellPump(db, app.log);
      return { ...page };
    },
  });

  async function whole(id: string): Promise<z.output<typeof move>> {
    const found = await getMove(db, id);
    if (!found) throw noMove(id);
    return shown(found);
  }
}

const noMove = (id: string): Problem => new Problem('not-found', `There is no move '${id}'.`);
function refusedMove(journey: string, refused: MoveRefused): Problem {
  switch (refused.refused) {
    case 'unknown-version':
      return noVersion(journey, refused.version);
    case 'same-version':
      return new Problem('not-possible-now', 'They are on that version already: name another one to move to.');
    case 'retired':
      return new Problem(
        'not-possible-now',
        `Version ${refused.version} of '${journey}' is retired: nobody is moved to it.`,
      );
    case 'another-is-going':
      return new Problem(
        'another-move-is-going',
        `Another move from that version is not over: ${refused.id}. Finish it first.`,
      );
    case 'wrong-map':
      return new Problem(
        'unknown-name',
        refused.faults.length === 1 ? 'There is one fault.' : `There are ${refused.faults.length} faults.`,
        refused.faults.map(({ step, problem, mend }) => ({
          field: 'map',
          expected: 'steps that are there',
          value: step,
          problem,
          mend,
        })),
      );
  }
}
