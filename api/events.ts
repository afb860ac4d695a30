/** What happened, told by your systems. The same idempotency key twice is one event. */
import { z } from 'zod';
import { hashOf } from '../core/journey/hash.ts';
import { takeEvent, type Taken } from '../store/take-event.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem, type FieldFault } from './problems.ts';
import { tellPump } from './tell-pump.ts';
import { bodyRefusals, customerId, instant, maybeInstant, maybeIso, name, refusals } from './shapes.ts';
import { againstEvents, noCustomer, publishedWords, refuseUnknown } from './words-published.ts';

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 printable characters without spaces')
  .describe('Yours, one for each event. Or send the header Idempotency-Key');

const taken = z
  .object({
    eventId: z.string(),
    taken: z.enum(['new', 'again']).describe("'again': this key was here before, and nothing has changed"),
    started: z.array(z.object({ enrolmentId: z.string(), journey: z.string(), version: z.number().int() })),
    turnedAway: z
      .array(z.object({ journey: z.string(), because: z.string(), until: maybeInstant }))
      .describe('Journeys that are entered by it, and that did not begin'),
    deliveries: z
      .array(z.object({ enrolmentId: z.string(), number: z.number().int() }))
      .describe('The running enrolments that hear of it, each with its number there'),
  })
  .meta({ id: 'TakenEvent' });

/** Clocks differ a little; a date in the future is a mistake. */
const aheadMs = 300_000;

export function events(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'POST',
    url: '/v1/events',
    schema: {
      tags: ['events'],
      summary: 'Tell that something happened',
      operationId: 'postEvent',
      description:
        'Starts the journeys that are entered by it, and reaches every run that listens. The same key with the same content again is answered with 200 and changes nothing; with another content, with 409.',
      headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
      body: z.strictObject({
        customerId,
        type: name.describe("An event of the published words, such as 'inquiry-received'"),
        data: z.record(z.string().max(64), z.unknown()).default({}).describe('Its fields, as the words have them'),
        at: instant.optional().describe('When it happened; now, without it'),
        idempotencyKey: idempotencyKey.optional(),
      }),
      response: { 200: taken, 201: taken, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async ({ headers, body }, reply) => {
      const key = theKey(headers['idempotency-key'], body.idempotencyKey);
      const { customerId: customer, type, data, at } = body;
      const atMs = at === undefined ? now() : Date.parse(at);
      refuseUnknown([
        ...againstEvents(await publishedWords(db), type, data),
        ...(at !== undefined && atMs > now() + aheadMs ? [future(at)] : []),
      ]);
      const result = await takeEvent(db, {
        idempotencyKey: key,
        bodyHash: hashOf({ customer, type, data, at }),
        customerId: customer,
        type,
        data: data as Parameters<typeof takeEvent>[1]['data'], // Each value was just held against its field, and all fields are scalars.
        at: atMs,
        now: now(),
      });
      if ('refused' in result) {
        if (result.refused === 'unknown-customer') throw noCustomer(customer);
        throw new Problem(
          'different-body',
          `Event ${result.eventId} came with this idempotency key, and it was another one.`,
          [
            {
              field: 'idempotencyKey',
              expected: 'a key that was not used, or the same content',
              value: key,
              mend: 'Use a new key for a new event.',
            },
          ],
        );
      }
      await tellPump(db, app.log);
      return reply.code(result.taken === 'new' ? 201 : 200).send(shown(result));
    },
  });
}

function theKey(header: string | undefined, inBody: string | undefined): string {
  const key = header ?? inBody;
  const fault = (expected: string, mend: string): Problem =>
    new Problem('invalid-request', 'There is one fault.', [{ field: 'idempotencyKey', expected, mend }]);
  if (key === undefined)
    throw fault('a key of your own for this event', 'Send it in the body, or as the header Idempotency-Key.');
  if (header !== undefined && inBody !== undefined && header !== inBody) {
    throw fault('the same key in header and body', 'Send one of them only.');
  }
  return key;
}

const future = (at: string): FieldFault => ({
  field: 'at',
  expected: 'an instant that is not in the future',
  value: at,
  mend: 'Leave it out: now is meant then.',
});

const shown = ({ eventId, taken: how, started, turnedAway, deliveries }: Taken): z.output<typeof taken> => ({
  eventId,
  taken: how,
  started: started.map((run) => ({ ...run })),
  turnedAway: turnedAway.map(({ until, ...away }) => ({ ...away, until: maybeIso(until) })),
  deliveries: deliveries.map((delivery) => ({ ...delivery })),
});
