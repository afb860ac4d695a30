/** What nobody should ask twice, and what somebody was told would happen. */
import { getCustomer } from '../store/customers.ts';
import { givenBy } from '../store/given.ts';
import { promisesOf } from '../store/promises/row.ts';
import { refuseConfidential } from './confidential.ts';
import type { Api, ApiDeps } from './deps.ts';
import { given as givenAnswer, promises } from './given-shape.ts';
import { customerPath, iso, maybeIso, refusals } from './shapes.ts';
import { noCustomer, publishedWords } from './words-published.ts';

const givenAtMost = 20;
const promisesAtMost = 50;

export function given(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/given',
    schema: {
      tags: ['conversation'],
      summary: 'What a customer has told us already: facts of events, and answers to guided questions; newest first',
      operationId: 'givenBy',
      params: customerPath,
      response: { 200: givenAnswer, ...refusals(404) },
    },
    handler: async (request) => {
      const { id } = request.params;
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      await refuseConfidential(db, request, id, now());
      // What is a reason to write to them is what they came with; an offer that we made up is none.
      const told = (await publishedWords(db))?.causes ?? [];
      const items = await givenBy(db, id, { told, limit: givenAtMost });
      return {
        items: items.map((one) =>
          one.is === 'fact' ? { ...one, at: iso(one.at), facts: { ...one.facts } } : { ...one, at: iso(one.at) },
        ),
      };
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/promises',
    schema: {
      tags: ['customers'],
      summary: 'What a customer was told would happen, and by when; newest first',
      operationId: 'promisesTo',
      params: customerPath,
      response: { 200: promises, ...refusals(404) },
    },
    handler: async ({ params: { id } }) => {
      if ((await getCustomer(db, id)) === null) throw noCustomer(id);
      const all = (await promisesOf(db, id)).slice(0, promisesAtMost);
      return {
        items: all.map(({ id: promise, step, team, state, dueAt, renewed, madeAt, settledAt }) => ({
          ...{ id: promise, step, team, state, renewed },
          dueAt: iso(dueAt),
          madeAt: iso(madeAt),
          settledAt: maybeIso(settledAt),
        })),
      };
    },
  });
}
