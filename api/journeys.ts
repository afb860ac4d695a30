/** Journeys: published together with the words, the policy and the templates they were written for, and never changed after that. */
import { z } from 'zod';
import { journeyVersions, journeyAt, latestJourney, listJourneys, type JourneyVersion } from '../store/journeys.ts';
import { publish } from '../store/publish.ts';
import type { Db } from '../store/open.ts';
import { standing, type Standing } from '../store/standing.ts';
import { plan } from '../store/moves/plan.ts';
import { listed, whole } from './journey-shape.ts';
import { orphaned } from './orphaned.ts';
import { planned, standingShape, standsAt, toldPlan } from './plan-shape.ts';
import { stepMap } from './step-map.ts';
import { actorOf } from './authenticate.ts';
import { callerGone } from './caller-gone.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { storiesOf } from './explore-publication.ts';
import { Problem } from './problems.ts';
import { readPublication, refuseFaults } from './read-publication.ts';
import { seldom } from './seldom.ts';
import { bodyRefusals, iso, maybeIso, name, pageOf, paging, refusals } from './shapes.ts';

const anything = z.record(z.string(), z.unknown());
const others = z
  .strictObject({ keep: z.literal(true).optional(), move: stepMap.optional() })
  .refine(({ keep, move }) => keep !== undefined || move !== undefined, {
    error: "{ keep: true }, or { move: { 'old-step': 'new-step' } }",
  })
  .refine(({ move }) => move === undefined || Object.keys(move).length > 0, {
    path: ['move'],
    error: "at least one step, such as { 'old-step': 'new-step' }; without any, leave `move` out",
  })
  .describe(
    '`move`: those at the named steps go on in the new version. `keep`: all others stay on theirs, with everything it was published with',
  );

const bundle = z.strictObject({
  words: anything.describe('`words` as `teach` made them'),
  policy: anything.describe('As `policy` made it'),
  templates: z.array(anything).max(1_000).describe('Templates in their stored form'),
  journeys: z
    .array(
      z.strictObject({
        definition: anything.describe('As `journey` compiled it'),
        version: z.number().int().min(1).max(1_000_000).optional().describe('Without it: the next one'),
        others: others.optional().describe('What becomes of customers whose step the new version does not have'),
      }),
    )
    .min(1)
    .max(200),
});

/** Whoever looks at a picture of a journey asks for it every few seconds. */
function standingSeldom(db: Db): (journey: string) => Promise<Standing[]> {
  const known = new Map<string, () => Promise<Standing[]>>();
  return (journey) => {
    const read = known.get(journey) ?? seldom(() => standing(db, journey));
    known.set(journey, read);
    if (known.size > journeysKnown) known.clear();
    return read();
  };
}
const journeysKnown = 1_000;

export function journeys(app: Api, { db, now }: ApiDeps): void {
  const stood = standingSeldom(db);
  app.route({
    method: 'GET',
    url: '/v1/journeys',
    schema: {
      tags: ['journeys'],
      summary: 'List journeys, each in its newest version',
      operationId: 'listJourneys',
      querystring: z.strictObject(paging),
      response: { 200: pageOf(listed), ...refusals(422) },
    },
    handler: async ({ query: { limit, after } }) => {
      const [from = null] = readCursor(after, ['string']) ?? [];
      const rows = (await listJourneys(db)).filter((journey) => from === null || journey.name > String(from));
      return page(rows, limit, shown, (row) => [row.name]);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/journeys',
    schema: {
      tags: ['journeys'],
      summary: 'Publish journeys with their words, policy and templates',
      operationId: 'publishJourneys',
      description:
        'All of them or none. They are checked as `righttouch check` does, every way they can go among it, and refused with all faults at once. Publishing the same again changes nothing. Running enrolments stay on the version they began with.',
      body: bundle,
      response: {
        200: z.object({
          published: z.array(
            z.object({
              name: z.string(),
              version: z.number().int(),
              hash: z.string(),
              isNew: z.boolean().describe('False: exactly this was published before'),
              move: z
                .string()
                .nullable()
                .describe('The move that was begun with it, or one to it that is not over: tell its pages'),
            }),
          ),
        }),
        ...refusals(409, 422, ...bodyRefusals),
      },
    },
    handler: async (request, reply) => {
      const publication = readPublication(request.body);
      const definitions = publication.journeys.map(({ definition }) => definition);
      refuseFaults(await storiesOf(db, publication, callerGone(reply)), definitions);
      const result = await publish(db, { ...publication, by: actorOf(request), now: now() });
      if ('refused' in result) {
        const at = request.body.journeys.findIndex(({ definition }) => definition['name'] === result.journey);
        if (result.refused === 'another-move-is-going')
          throw new Problem('another-move-is-going', `${result.because}. Nothing was published.`);
        if (result.refused === 'would-orphan') throw orphaned(result, `journeys.${at}.others`);
        throw new Problem('definition-changed', `${result.because}.`, [
          {
            field: `journeys.${at}.version`,
            expected: 'a version that is not published, or exactly what is published under it',
            value: String(result.version),
            mend: `Leave the version out, or publish it as ${result.newest + 1}.`,
          },
        ]);
      }
      return { published: result.published.map((journey) => ({ ...journey })) };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/journeys/plan',
    schema: {
      tags: ['journeys'],
      summary: 'What publishing would change',
      operationId: 'planJourneys',
      description:
        "Nothing is published. The difference to the newest version of each, in designers' words; who is where; and who would be left where the new version does not go.",
      body: bundle,
      response: { 200: z.object({ journeys: z.array(planned) }), ...refusals(422, ...bodyRefusals) },
    },
    handler: async ({ body }) => ({ journeys: (await plan(db, readPublication(body))).map(toldPlan) }),
  });

  app.route({
    method: 'GET',
    url: '/v1/journeys/:name',
    schema: {
      tags: ['journeys'],
      summary: 'Get a journey with its newest definition, and its versions',
      operationId: 'getJourney',
      params: z.strictObject({ name }),
      response: {
        200: whole.extend({ versions: z.array(listed) }).meta({ id: 'JourneyWithVersions' }),
        ...refusals(404),
      },
    },
    handler: async ({ params }) => {
      const found = await latestJourney(db, params.name);
      if (found === null) throw new Problem('not-found', `No journey is called '${params.name}'.`);
      return { ...entire(found), versions: (await journeyVersions(db, params.name)).map(shown) };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/versions/:version',
    schema: {
      tags: ['journeys'],
      summary: 'Get one version of a journey',
      operationId: 'getJourneyVersion',
      params: z.strictObject({ name, version: z.coerce.number().int().min(1).max(1_000_000) }),
      response: { 200: whole, ...refusals(404) },
    },
    handler: async ({ params }) => {
      const found = await journeyAt(db, params.name, params.version);
      if (found === null)
        throw new Problem('not-found', `There is no version ${params.version} of a journey '${params.name}'.`);
      return entire(found);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/standing',
    schema: {
      tags: ['journeys'],
      summary: 'Count the customers at each step',
      operationId: 'countStanding',
      description: 'Of every version that somebody is still on. A run that has not parked yet stands at no step.',
      params: z.strictObject({ name }),
      response: {
        200: standingShape,
        ...refusals(404),
      },
    },
    handler: async ({ params }) => {
      const rows = await stood(params.name);
      if (rows.length === 0 && (await latestJourney(db, params.name)) === null)
        throw new Problem('not-found', `No journey is called '${params.name}'.`);
      return {
        journey: params.name,
        customers: rows.reduce((sum, row) => sum + row.customers, 0),
        standing: rows.map(standsAt),
      };
    },
  });
}

const shown = ({
  name: called,
  version,
  hash,
  definition,
  publishedAt,
  publishedBy,
  sameAs,
  retiredAt,
}: JourneyVersion): z.output<typeof listed> => ({
  name: called,
  version,
  hash,
  story: definition.story ?? null,
  publishedAt: iso(publishedAt),
  publishedBy,
  sameAs,
  retiredAt: maybeIso(retiredAt),
});
const entire = (stored: JourneyVersion): z.output<typeof whole> => ({
  ...shown(stored),
  definition: { ...stored.definition },
  wordsHash: stored.wordsHash,
  policyHash: stored.policyHash,
  templatesHash: stored.templatesHash,
});
