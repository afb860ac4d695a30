/** Sensitive facts about customers' situations: for one, for a list, or for an area. They hold until somebody lifts them. */
import { z } from 'zod';
import { areaForm, areaSays } from '../core/budget/area.ts';
import { inFlightTo, inFlight } from '../store/budget/in-flight.ts';
import { getCustomer } from '../store/customers.ts';
import {
  areaGuards,
  guardsOf,
  guardsToReview,
  liftAreaGuard,
  liftGuard,
  setAreaGuard,
  setGuards,
  type CustomerGuard,
  type StoredAreaGuard,
} from '../store/guards.ts';
import { whoIsIn } from '../store/who-is-in.ts';
import { actorOf } from './authenticate.ts';
import { page, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { flying, shownFlying } from './in-flight.ts';
import { Problem } from './problems.ts';
import {
  bodyRefusals,
  customerId,
  customerPath,
  instant,
  iso,
  line,
  name,
  ourPath,
  pageOf,
  paging,
  refusals,
} from './shapes.ts';
import { noCustomer, nothingPublished, publishedWords, refuseUnknown, unknown } from './words-published.ts';

const facts = {
  fact: z.string().describe("A guard of your words, such as 'bereavement'"),
  contradicts: z.array(z.string()).describe('What a template may not assume while it holds'),
  reason: z.string(),
  actor: z.string().describe('Who set it'),
  at: instant,
  reviewAt: instant.describe('When somebody should look again. That it is past lifts nothing'),
  reviewDue: z.boolean(),
};
const guard = z.object({ customerId: z.string(), ...facts }).meta({ id: 'Guard' });
const areaGuard = z.object({ id: z.string(), areas: z.array(z.string()), ...facts }).meta({ id: 'AreaGuard' });
const ofCustomer = z.object({ items: z.array(guard) });
const ofAreas = z.object({ items: z.array(areaGuard) });

const why = {
  fact: name.describe('A guard of the words that are published'),
  reason: line(500),
  reviewAt: instant.describe('When somebody should look again: later than now'),
};
const area = z
  .string()
  .regex(new RegExp(`^${areaForm}$`), areaSays)
  .describe(areaSays);
const atOnce = 1_000;

export function guards(app: Api, deps: ApiDeps): void {
  const { db, now } = deps;
  const shown = ({ at, reviewAt, contradicts, ...rest }: CustomerGuard): z.output<typeof guard> => ({
    ...rest,
    contradicts: [...contradicts],
    at: iso(at),
    reviewAt: iso(reviewAt),
    reviewDue: reviewAt <= now(),
  });
  /** What the words say that the fact contradicts; refuses a fact nobody taught and a review that is over. */
  async function read({ fact, reviewAt }: { fact: string; reviewAt: string }): Promise<readonly string[]> {
    const words = await publishedWords(db);
    const contradicts = words && Object.hasOwn(words.guards, fact) ? words.guards[fact] : undefined;
    const late = Date.parse(reviewAt) <= now();
    refuseUnknown([
      ...(words === null ? [nothingPublished('fact', 'guard')] : []),
      ...(words !== null && contradicts === undefined
        ? [unknown('fact', 'guard', fact, Object.keys(words.guards))]
        : []),
      ...(late
        ? [
            {
              field: 'reviewAt',
              expected: 'an instant later than now',
              value: reviewAt,
              mend: 'Say when to look again.',
            },
          ]
        : []),
    ]);
    return contradicts ?? [];
  }

  app.route({
    method: 'GET',
    url: '/v1/guards',
    schema: {
      tags: ['guards'],
      summary: 'Guards of all customers by the date of their review',
      operationId: 'listGuards',
      description: 'With `due`, those that somebody should have looked at by now.',
      querystring: z.strictObject({ ...paging, due: z.enum(['true', 'false']).default('false') }),
      response: { 200: pageOf(guard), ...refusals(422) },
    },
    handler: async ({ query: { limit, after, due } }) => {
      const from = readCursor(after, ['number', 'string', 'string']) as [number, string, string] | null;
      const until = due === 'true' ? now() : null;
      const rows = await guardsToReview(db, { until, after: from, limit: limit + 1 });
      return page(rows, limit, shown, (row) => [row.reviewAt, row.customerId, row.fact]);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/guards',
    schema: {
      tags: ['guards'],
      summary: 'Set a guard for some customers',
      operationId: 'setGuards',
      description: `At most ${String(atOnce)} at once. Set again, a guard has the new reason and review. Ids that nobody knows are told, and change nothing.`,
      body: z.strictObject({ ...why, customers: z.array(customerId).min(1).max(atOnce) }),
      response: {
        200: z.object({ set: z.number().int(), unknown: z.array(z.string()), inFlight: flying }),
        ...refusals(422, ...bodyRefusals),
      },
    },
    handler: async (request) => {
      const { customers, fact, reason, reviewAt } = request.body;
      const contradicts = await read(request.body);
      const at = now();
      const set = { fact, contradicts, reason, actor: actorOf(request), reviewAt: Date.parse(reviewAt), now: at };
      const nobody = await setGuards(db, customers, set);
      const flies = shownFlying(await inFlightTo(db, customers, 'all', now()));
      return { set: new Set(customers).size - nobody.length, unknown: nobody, inFlight: flies };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/guards',
    schema: {
      tags: ['guards'],
      summary: 'Guards that hold for a customer',
      operationId: 'guardsOf',
      params: customerPath,
      response: { 200: ofCustomer, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      return { items: (await guardsOf(db, id)).map(shown) };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/guards/:fact',
    schema: {
      tags: ['guards'],
      summary: 'Lift a guard',
      operationId: 'liftGuard',
      description: 'Answers with those that still hold. Lifting one that does not hold changes nothing.',
      params: z.strictObject({ id: customerId, fact: name }),
      response: { 200: ofCustomer, ...refusals(404) },
    },
    handler: async (request) => {
      const { id, fact } = request.params;
      if ((await liftGuard(db, { customerId: id, fact, actor: actorOf(request), now: now() })) === null)
        throw noCustomer(id);
      return { items: (await guardsOf(db, id)).map(shown) };
    },
  });
  ofArea(app, deps, read);
}

function ofArea(
  app: Api,
  { db, now }: ApiDeps,
  read: (body: { fact: string; reviewAt: string }) => Promise<readonly string[]>,
): void {
  const shown = ({ areas, contradicts, at, reviewAt, ...rest }: StoredAreaGuard): z.output<typeof areaGuard> => ({
    ...rest,
    areas: [...areas],
    contradicts: [...contradicts],
    at: iso(at),
    reviewAt: iso(reviewAt),
    reviewDue: reviewAt <= now(),
  });
  const listed = async (): Promise<z.output<typeof ofAreas>> => ({ items: (await areaGuards(db)).map(shown) });

  app.route({
    method: 'GET',
    url: '/v1/area-guards',
    schema: {
      tags: ['guards'],
      summary: 'Guards of areas by the date of their review',
      operationId: 'listAreaGuards',
      response: { 200: ofAreas, ...refusals() },
    },
    handler: listed,
  });

  app.route({
    method: 'POST',
    url: '/v1/area-guards',
    schema: {
      tags: ['guards'],
      summary: 'Set a guard for an area',
      operationId: 'setAreaGuard',
      description:
        'It holds for whoever is there or may be, and for whoever comes there while it holds. The answer says how many that is now: by what is on record, by their ' +
        'telephone number alone or with a record that says less than the area does, and of how many nothing is known.',
      body: z.strictObject({ ...why, areas: z.array(area).min(1).max(100) }),
      response: {
        201: z.object({
          guard: areaGuard,
          reach: z.object({
            there: z.number().int(),
            perhaps: z.number().int(),
            notKnown: z.number().int().describe('For them it does not hold: put their place on record'),
          }),
          inFlight: flying,
        }),
        ...refusals(422, ...bodyRefusals),
      },
    },
    handler: async (request, reply) => {
      const { areas, fact, reason, reviewAt } = request.body;
      const contradicts = await read(request.body);
      const set = { fact, contradicts, reason, actor: actorOf(request), reviewAt: Date.parse(reviewAt), areas };
      const stored = await setAreaGuard(db, { ...set, now: now() });
      const { reach, among } = await whoIsIn(db, areas);
      const flies = shownFlying(await inFlight(db, among, now()));
      return reply.code(201).send({ guard: shown(stored), reach, inFlight: flies });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/area-guards/:id',
    schema: {
      tags: ['guards'],
      summary: "Lift an area's guard",
      operationId: 'liftAreaGuard',
      params: ourPath,
      response: { 200: ofAreas, ...refusals(404) },
    },
    handler: async (request) => {
      const { id } = request.params;
      if (!(await liftAreaGuard(db, { id, actor: actorOf(request), now: now() })))
        throw new Problem('not-found', `No guard '${id}' of an area holds.`);
      return listed();
    },
  });
}
