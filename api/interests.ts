/** What a customer likes and lets count when it is found who of us fits them best. */
import { z } from 'zod';
import { forgetInterests, interestsOf, putInterests } from '../store/interests.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { bodyRefusals, customerPath, instant, iso, line, name, refusals } from './shapes.ts';
import { noCustomer } from './words-published.ts';

const said = {
  interests: z
    .array(name)
    .min(1)
    .max(50)
    .describe('As agents say theirs: only what both like and let count is compared'),
  source: line(100).describe("How we know that they agree: 'phone', 'web-form'"),
};
const shape = z.object({ ...said, actor: z.string(), at: instant }).meta({ id: 'Interests' });

export function interests(app: Api, { db, now }: ApiDeps): void {
  const url = '/v1/customers/:id/interests';
  const tags = ['customers'];
  const none = (id: string): Problem => new Problem('not-found', `Customer '${id}' lets no interests count.`);
  const seen = async (id: string): Promise<z.output<typeof shape>> => {
    const found = await interestsOf(db, id);
    if (!found) throw none(id);
    return { ...found, interests: [...found.interests], at: iso(found.at) };
  };
  app.route({
    method: 'GET',
    url,
    schema: {
      tags,
      summary: 'What they like and let count',
      operationId: 'getInterests',
      params: customerPath,
      response: { 200: shape, ...refusals(404) },
    },
    handler: ({ params: { id } }) => seen(id),
  });
  app.route({
    method: 'PUT',
    url,
    schema: {
      tags,
      summary: 'Write down what they like, with their agreement that it counts',
      operationId: 'putInterests',
      params: customerPath,
      body: z.strictObject(said),
      response: { 200: shape, ...refusals(404, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      if (!(await putInterests(db, id, { ...request.body, actor: actorOf(request), at: now() }))) throw noCustomer(id);
      return seen(id);
    },
  });
  app.route({
    method: 'DELETE',
    url,
    schema: {
      tags,
      summary: 'They take it back: nothing of it is kept',
      operationId: 'forgetInterests',
      params: customerPath,
      response: { 204: z.null(), ...refusals(404) },
    },
    handler: async ({ params: { id } }, reply) => {
      if (!(await forgetInterests(db, id))) throw none(id);
      return reply.code(204).send(null);
    },
  });
}
