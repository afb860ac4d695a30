/** Who of us is introduced to a customer before they make contact, and who wants none of it. */
import { z } from 'zod';
import { openingLine } from '../core/introduction/opening-line.ts';
import { languageOf } from '../core/why/language.ts';
import { getCustomer } from '../store/customers.ts';
import { introduce } from '../store/introductions/introduce.ts';
import { introductionsOf, touchIdOf, type StoredIntroduction } from '../store/introductions/row.ts';
import { toldBy } from '../store/introductions/told.ts';
import { customersWish, setAgentsWish, setCustomersWish } from '../store/introductions/wishes.ts';
import { getTask } from '../store/tasks/get.ts';
import { noAgent, ownPath } from './agents.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import {
  agent,
  bodyRefusals,
  customerPath,
  instant,
  iso,
  line,
  maybeInstant,
  maybeIso,
  ourPath,
  refusals,
} from './shapes.ts';
import { none } from './task-shape.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer } from './words-published.ts';

const shape = z
  .object({
    id: z.string(),
    agent: z.string(),
    kind: z.enum(['introduction', 'correction']),
    insteadOf: z.string().nullable().describe('Whom they were told of before, where another person comes'),
    when: maybeInstant.describe('When they make contact; null: soon'),
    state: z
      .enum(['asked', 'waiting', 'placed', 'none'])
      .describe("'placed': it has its place in the budget, and its touch tells what came of it"),
    because: z.string().nullable().describe('Why it was not made'),
    askAt: maybeInstant.describe('When it asks the budget next'),
    touchId: z.string(),
    at: instant,
  })
  .meta({ id: 'Introduction' });
const shown = (it: StoredIntroduction): z.output<typeof shape> => ({
  ...{ id: it.id, agent: it.agent, kind: it.kind, insteadOf: it.insteadOf, state: it.state, because: it.because },
  when: maybeIso(it.whenAt),
  askAt: maybeIso(it.askAt),
  touchId: touchIdOf(it.id),
  at: iso(it.at),
});

export function introductions(app: Api, deps: ApiDeps): void {
  ofTask(app, deps);
  ofCustomer(app, deps);
  ofAgent(app, deps);
}

function ofTask(app: Api, { db, now }: ApiDeps): void {
  const url = '/v1/tasks/:id/introduction';
  app.route({
    method: 'POST',
    url,
    schema: {
      tags: ['tasks'],
      summary: 'Have a customer told who is about to make contact, and when',
      description:
        'Once for the pair, and costing budget like any touch. It is not made, and says why, under a guard, where the policy or either side wants none, or where they were told before. If another person was announced and has not come, it is a correction, of which there is one.',
      operationId: 'introduce',
      params: ourPath,
      body: z.strictObject({ agent, when: instant.optional().describe('Unless given: soon') }),
      response: { 200: shape, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async ({ params: { id }, body }) => {
      const at = now();
      const whenAt = body.when === undefined ? null : Date.parse(body.when);
      if (whenAt !== null && whenAt <= at)
        throw new Problem('unknown-name', 'The instant of contact is over.', [
          { field: 'when', expected: `an instant after ${iso(at)}`, mend: 'Say a later one, or none for soon.' },
        ]);
      const answer = await introduce(db, {
        id: (await getTask(db, id))?.id ?? id,
        ...{ agent: body.agent, whenAt, now: at },
      });
      if ('refused' in answer) {
        throw answer.refused === 'unknown-agent' ? noAgent(body.agent) : none(id);
      }
      await tellPump(db, app.log);
      return shown(answer.introduction);
    },
  });
  app.route({
    method: 'GET',
    url,
    schema: {
      tags: ['tasks'],
      summary: 'Who was introduced for this task, and how whoever makes contact may begin',
      operationId: 'getIntroduction',
      params: ourPath,
      querystring: z.strictObject({
        agent: agent.optional().describe('In whose name the line is; the caller unless given'),
      }),
      response: {
        200: z.object({
          items: z.array(shape),
          openingLine: z.string().describe('With what the customer has told already'),
        }),
        ...refusals(404),
      },
    },
    handler: async (request) => {
      const task = await getTask(db, request.params.id);
      if (!task) throw none(request.params.id);
      const { locale, ...told } = await toldBy(db, task);
      const name = request.query.agent ?? actorOf(request);
      return {
        items: (await introductionsOf(db, { taskId: task.id })).map(shown),
        openingLine: openingLine({ ...told, name }, languageOf(locale)),
      };
    },
  });
}

function ofCustomer(app: Api, { db, now }: ApiDeps): void {
  const url = '/v1/customers/:id/introductions';
  const wish = z.object({
    wanted: z.boolean(),
    source: z.string().nullable(),
    actor: z.string().nullable(),
    at: maybeInstant,
    items: z.array(shape).describe('Who was introduced to them, the earliest first'),
  });
  const seen = async (id: string): Promise<z.output<typeof wish>> => {
    if ((await getCustomer(db, id)) === null) throw noCustomer(id);
    const { at, ...wanted } = await customersWish(db, id);
    return { ...wanted, at: maybeIso(at), items: (await introductionsOf(db, { customerId: id })).map(shown) };
  };
  app.route({
    method: 'GET',
    url,
    schema: {
      tags: ['people'],
      summary: 'Whether they want introductions, and who was introduced to them',
      operationId: 'getIntroductions',
      params: customerPath,
      response: { 200: wish, ...refusals(404) },
    },
    handler: ({ params: { id } }) => seen(id),
  });
  app.route({
    method: 'PUT',
    url,
    schema: {
      tags: ['people'],
      summary: 'They want no introductions, or want them again',
      operationId: 'setIntroductionsWanted',
      params: customerPath,
      body: z.strictObject({ wanted: z.boolean(), source: line(100).describe("How we know: 'phone', 'reply'") }),
      response: { 200: wish, ...refusals(404, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      if (!(await setCustomersWish(db, id, { ...request.body, actor: actorOf(request), at: now() })))
        throw noCustomer(id);
      return seen(id);
    },
  });
}

function ofAgent(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'PUT',
    url: '/v1/agents/:agent/introductions',
    schema: {
      tags: ['people'],
      summary: 'Be introduced to customers, or be not',
      operationId: 'setIntroduces',
      params: ownPath,
      body: z.strictObject({ wanted: z.boolean() }),
      response: { 204: z.null(), ...refusals(404, ...bodyRefusals) },
    },
    handler: async ({ params: { agent: who }, body: { wanted } }, reply) => {
      if (!(await setAgentsWish(db, who, wanted, now()))) throw noAgent(who);
      return reply.code(204).send(null);
    },
  });
}
