/** One customer's budget: what each window holds, what may be said now, who waits, and what a touch would be answered. */
import type { z } from 'zod';
import { askForTouch } from '../core/budget/ask.ts';
import type { TouchAsk } from '../core/budget/touch-ask.ts';
import { gaugesOf } from '../core/budget/gauges.ts';
import { ifSaid, ifStep, type Reachable } from '../core/budget/if-asked.ts';
import { readPolicy, type ReadPolicy } from '../core/budget/read-policy.ts';
import { lineOf, mayNow } from '../core/budget/standing-now.ts';
import { purposesOf } from '../core/journey/known-names.ts';
import { withSharedKeys } from '../store/budget/shared-keys.ts';
import { listPolicies } from '../store/policies.ts';
import { pinnedPolicies, policyInForce, policyNumbered } from '../store/budget-view/policy-in-force.ts';
import { rowNow, type Seen } from '../store/budget-view/row-now.ts';
import { rowThen } from '../store/budget-view/row-then.ts';
import { getCustomer, type Customer } from '../store/customers.ts';
import { latestJourney, pinned } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';
import { budgetQuery, budgetShape, shownBudget, type Answered } from './budget-shape.ts';
import type { Api, ApiDeps } from './deps.ts';
import { Problem } from './problems.ts';
import { customerPath, refusals } from './shapes.ts';
import {
  againstPurposes,
  noCustomer,
  nothingPublished,
  publishedWords,
  refuseUnknown,
  unknown,
} from './words-published.ts';

export function budget(app: Api, { db, now }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/budget',
    schema: {
      tags: ['customers'],
      summary: "A customer's budget: used, free, and by whom",
      operationId: 'customerBudget',
      description:
        'By the policy that was published last, unless another is named: running journeys stay with the one they were published with, and those are listed. With `at`, as it was then, found from what is stored, with a word on what is not. With `purpose` and `channel`, or `journey` and `step`, also what such a touch would be answered; nothing is written.',
      params: customerPath,
      querystring: budgetQuery,
      response: { 200: budgetShape, ...refusals(404, 422) },
    },
    handler: async ({ params: { id }, query }) => {
      const customer = await getCustomer(db, id);
      if (customer === null) throw noCustomer(id);
      const at = query.at === undefined ? now() : Date.parse(query.at);
      if (at > now()) throw future(query.at);
      const policy = await policyOf(db, query.policy, at);
      const seen = query.at === undefined ? await rowNow(db, id, at) : await rowThen(db, id, at, now());
      const words = await publishedWords(db);
      const { row, killed } = seen;
      const channels = customer.addresses.map(({ channel }) => channel);
      const asked = await askedIf(db, query, customer, at);
      return shownBudget({
        customerId: id,
        at,
        policy,
        pinned: await pinnedPolicies(db, id),
        row,
        gauges: gaugesOf(row, policy, at),
        may: mayNow(row, policy, killed, {
          purposes: words === null ? [] : purposesOf(words),
          channels: [...new Set(channels)],
          now: at,
        }),
        line: lineOf(row, policy, at),
        ifAsked: asked === undefined ? null : answered(asked, seen, policy, at),
        notKnown: seen.notKnown,
      });
    },
  });
}

const future = (value = ''): Problem =>
  new Problem('unknown-name', 'There is one fault.', [
    {
      field: 'query.at',
      expected: 'an instant that is not in the future',
      value,
      mend: 'Ask with `purpose` and `channel` for when a touch may go.',
    },
  ]);

async function policyOf(db: Db, number: number | undefined, at: number): Promise<ReadPolicy> {
  const found = number === undefined ? await policyInForce(db, at) : await policyNumbered(db, number);
  if (found) return readPolicy(found.data, found.number);
  throw new Problem('unknown-name', 'There is one fault.', [
    number === undefined
      ? nothingPublished('query.at', 'policy')
      : unknown('query.policy', 'policy version', String(number), await policyNumbers(db)),
  ]);
}

const policyNumbers = async (db: Db): Promise<string[]> => (await listPolicies(db)).map((one) => String(one.number));

/** Undefined: nothing is asked. Null: a person would make it. */
async function askedIf(
  db: Db,
  { purpose, channel, journey, step }: z.output<typeof budgetQuery>,
  customer: Customer,
  at: number,
): Promise<TouchAsk | null | undefined> {
  const reachable = reachableAt(customer);
  if (purpose !== undefined && channel !== undefined) {
    refuseUnknown(againstPurposes(await publishedWords(db), 'query.purpose', purpose));
    return ifSaid(reachable, { purpose, channel }, at);
  }
  if (journey === undefined || step === undefined) return undefined;
  const newest = await latestJourney(db, journey);
  if (newest === null) throw new Problem('not-found', `There is no journey '${journey}'.`);
  const { templates } = await pinned(db, newest);
  const ask = ifStep(reachable, { journey: newest.definition, step, templates: templates.data }, at);
  if (ask !== undefined) return ask;
  const touches = Object.entries(newest.definition.steps).flatMap(([name, { kind }]) =>
    kind === 'touch' ? [name] : [],
  );
  refuseUnknown([unknown('query.step', `touch of '${journey}'`, step, touches)]);
  return undefined;
}

const reachableAt = ({ addresses, preferredChannel, ...customer }: Customer): Reachable => ({
  ...customer,
  preferred: preferredChannel,
  addresses: Object.fromEntries(addresses.map(({ channel, address }) => [channel, address])),
});

function answered(ask: TouchAsk | null, { row, killed, salt }: Seen, policy: ReadPolicy, at: number): Answered {
  if (ask === null) return { is: 'to-human', says: 'A person makes it: it asks for no place.', tried: [] };
  const { answer, record } = askForTouch(row, withSharedKeys(ask, row, salt), policy, killed, at);
  return { ...answer, tried: record.tried };
}
