/** The field designs: what people at the desk say of each automated step. */
import { z } from 'zod';
import { sayOfStep, voicesByStep, voicesOn } from '../store/feedback/feedback.ts';
import { latestJourney } from '../store/journeys.ts';
import type { Api, ApiDeps } from './deps.ts';
import { stepVoices, says, voices } from './feedback-shape.ts';
import { Problem } from './problems.ts';
import { agent, bodyRefusals, customerPath, iso, name, refusals } from './shapes.ts';

export function feedback(app: Api, deps: ApiDeps): void {
  onCustomer(app, deps);
  onJourney(app, deps);
}

function onCustomer(app: Api, { db, now }: ApiDeps): void {
  const heard = async (id: string): Promise<z.output<typeof voices>> => ({
    items: (await voicesOn(db, id)).map(({ at, ...one }) => ({ ...one, at: iso(at) })),
  });
  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/feedback',
    schema: {
      tags: ['people'],
      summary: 'Say of an automated step what it did for this customer',
      operationId: 'sayOfStep',
      description: 'One voice a person and touch: said again it is replaced, and null takes it back.',
      params: customerPath,
      body: z.strictObject({
        agent,
        touchId: z.string().min(1).max(300).describe('As `why` names it'),
        says: says.nullable(),
      }),
      response: { 200: voices, ...refusals(404, ...bodyRefusals) },
    },
    handler: async ({ params: { id }, body }) => {
      if (await sayOfStep(db, { customerId: id, ...body, now: now() })) return heard(id);
      throw new Problem('not-found', `'${id}' has no automated touch '${body.touchId}' of a journey's step.`);
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/feedback',
    schema: {
      tags: ['people'],
      summary: 'What was said of the automated steps of a customer, newest first',
      operationId: 'listVoices',
      params: customerPath,
      response: { 200: voices, ...refusals(404) },
    },
    handler: ({ params: { id } }) => heard(id),
  });
}

function onJourney(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/journeys/:name/feedback',
    schema: {
      tags: ['journeys'],
      summary: "What people at the desk say of a journey's steps",
      operationId: 'getJourneyFeedback',
      params: z.strictObject({ name }),
      response: {
        200: stepVoices,
        ...refusals(404),
      },
    },
    handler: async ({ params }) => {
      if ((await latestJourney(db, params.name)) === null)
        throw new Problem('not-found', `No journey is called '${params.name}'.`);
      const steps = (await voicesByStep(db, params.name)).map(({ version, step, says: said }) => ({
        version,
        step,
        helped: said.helped,
        tooLate: said['too-late'],
        shouldNotExist: said['should-not-exist'],
      }));
      return { journey: params.name, steps };
    },
  });
}
