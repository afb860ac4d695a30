/** Audiences: stored segments that journeys are sent to, and who is in them before anybody is. */
import { z } from 'zod';
import { valuesRead } from '../core/journey/holds.ts';
import { channels, type Channel } from '../core/journey/channels.ts';
import { condition as conditionShape } from '../core/journey/shapes.ts';
import type { TouchStep } from '../core/journey/table-steps.ts';
import type { ConditionData, Journey } from '../core/journey/table.ts';
import {
  addMembers,
  findAudience,
  getAudience,
  listAudiences,
  setAudience,
  type Audience,
  type Segment,
} from '../store/audiences/audiences.ts';
import { pathFault } from '../store/audiences/condition.ts';
import { previewAudience, type Asked } from '../store/audiences/preview.ts';
import { latestJourney, listJourneys, pinned } from '../store/journeys.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem, type FieldFault } from './problems.ts';
import { bodyRefusals, channel, customerId, instant, iso, name, refusals } from './shapes.ts';
import { publishedWords, refuseUnknown, unknown } from './words-published.ts';

const audience = z
  .object({
    name: z.string(),
    condition: z.record(z.string(), z.unknown()).nullable().describe('null: it is a list'),
    members: z.number().int().nullable().describe('Of a list; a condition is counted by its preview'),
    setBy: z.string(),
    setAt: instant,
  })
  .meta({ id: 'Audience' });
const preview = z
  .object({
    count: z.number().int(),
    ids: z.array(z.string()).describe('The first few'),
    reach: z
      .object({
        any: z.number().int().describe('Who has an address and has consented, on any of the channels'),
        channels: z.array(
          z.object({ channel, address: z.number().int(), consent: z.number().int(), both: z.number().int() }),
        ),
      })
      .optional(),
  })
  .meta({ id: 'AudiencePreview' });
const path = z.strictObject({ name });
const idsAtOnce = 5_000;

export function audiences(app: Api, { db, now }: ApiDeps): void {
  const there = <A>(of: string, one: A | null): A => {
    if (one === null) throw new Problem('not-found', `There is no audience '${of}'.`);
    return one;
  };
  const found = async (of: string): Promise<Segment> => there(of, await findAudience(db, of));
  const counted = async (of: string): Promise<Audience> => there(of, await getAudience(db, of));

  app.route({
    method: 'GET',
    url: '/v1/audiences',
    schema: {
      tags: ['audiences'],
      summary: 'List audiences',
      operationId: 'listAudiences',
      response: { 200: z.object({ items: z.array(audience) }), ...refusals() },
    },
    handler: async () => ({ items: (await listAudiences(db)).map(shown) }),
  });

  app.route({
    method: 'PUT',
    url: '/v1/audiences/:name',
    schema: {
      tags: ['audiences'],
      summary: 'Say who an audience is: everybody of whom a condition holds, or a list',
      operationId: 'setAudience',
      description:
        'A condition reads customer.FIELD, record.zone, record.locale, record.preferredChannel, address.CHANNEL, consent-PURPOSE.CHANNEL and ' +
        'guard-FACT.holds. With null it becomes an empty list, to which ids are added in pages. A broadcast takes whoever is in it when it comes to them.',
      params: path,
      body: z.strictObject({ condition: z.record(z.string(), z.unknown()).nullable() }),
      response: { 200: audience, ...refusals(422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { name: of } = request.params;
      const condition = request.body.condition === null ? null : await readCondition(request.body.condition);
      await setAudience(db, { name: of, condition, by: actorOf(request), now: now() });
      return shown(await counted(of));
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/audiences/:name/members',
    schema: {
      tags: ['audiences'],
      summary: 'Add customers to a list',
      operationId: 'addMembers',
      description: `At most ${String(idsAtOnce)} at once. Who is on it already, or is not known yet, does no harm.`,
      params: path,
      body: z.strictObject({ ids: z.array(customerId).min(1).max(idsAtOnce) }),
      response: { 200: audience, ...refusals(404, 409, ...bodyRefusals) },
    },
    handler: async ({ params: { name: of }, body: { ids } }) => {
      const { condition } = await found(of);
      if (condition !== null || !(await addMembers(db, of, ids)))
        throw new Problem('not-possible-now', `Audience '${of}' is a condition: set it to a list first.`);
      return shown(await counted(of));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/audiences/:name/preview',
    schema: {
      tags: ['audiences'],
      summary: 'Count an audience',
      operationId: 'previewAudience',
      description: "With a journey: how many of them its first touch's channels reach, by address and consent.",
      params: path,
      querystring: z.strictObject({ journey: name.optional() }),
      response: { 200: preview, ...refusals(404, 422) },
    },
    handler: async ({ params: { name: of }, query: { journey } }): Promise<z.output<typeof preview>> => {
      const { count, ids, reach } = await previewAudience(
        db,
        await found(of),
        journey === undefined ? null : await askedBy(journey),
      );
      const each = reach && { any: reach.any, channels: reach.channels.map((one) => ({ ...one })) };
      return { count, ids: [...ids], ...(each && { reach: each }) };
    },
  });

  async function readCondition(given: unknown): Promise<ConditionData> {
    const read = conditionShape.safeParse(given);
    if (!read.success)
      throw new Problem(
        'invalid-request',
        'There is one fault.',
        read.error.issues.slice(0, 1).map(({ message, path: at }) => ({
          field: ['body', 'condition', ...at].join('.'),
          expected: 'a condition',
          mend: message,
        })),
      );
    const words = await publishedWords(db);
    const faults = valuesRead(read.data).flatMap((of): FieldFault[] => {
      const fault = pathFault(of);
      if (fault !== null) return [{ field: 'body.condition', expected: 'what an audience can ask for', mend: fault }];
      const field = of.startsWith('customer.') ? of.slice('customer.'.length) : null;
      return field === null || !words || Object.hasOwn(words.customer, field)
        ? []
        : [unknown('body.condition', 'field', field, Object.keys(words.customer))];
    });
    refuseUnknown(faults);
    return read.data;
  }

  async function askedBy(of: string): Promise<Asked | null> {
    const version = await latestJourney(db, of);
    if (version === null) {
      const names = (await listJourneys(db)).map((known) => known.name);
      refuseUnknown([unknown('query.journey', 'journey', of, names)]);
      return null;
    }
    const touch = firstTouch(version.definition);
    if (touch === null) return null;
    const { templates } = await pinned(db, version);
    const written = new Set(
      templates.data.filter((t) => t.name === touch.say).flatMap((t) => Object.keys(t.channels) as Channel[]),
    );
    const ways = typeof touch.reach === 'string' ? [touch.reach] : touch.reach;
    const named = ways.flatMap((way) => channels.find((c) => c === way) ?? []);
    // 'preferred' and the like may lead to any channel that the template is written for.
    const all = named.length === ways.length ? named : [...new Set([...named, ...written])];
    const only = 'audience' in version.definition.entry ? version.definition.entry.only : undefined;
    const isOfRecord = only && valuesRead(only).every((read) => read.startsWith('customer.'));
    return {
      purpose: touch.purpose,
      channels: all.filter((c) => written.has(c)),
      ...(isOfRecord ? { only } : {}),
    };
  }
}

const firstTouch = ({ start, steps }: Journey): TouchStep | null => {
  const first = steps[start];
  const any = first?.kind === 'touch' ? first : Object.values(steps).find((step) => step.kind === 'touch');
  return any?.kind === 'touch' ? any : null;
};

const shown = ({ condition, setAt, ...stored }: Audience): z.output<typeof audience> => ({
  ...stored,
  condition: condition,
  setAt: iso(setAt),
});
