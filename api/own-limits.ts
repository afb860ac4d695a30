/** The customer's own budget: less often, these hours, these channels, not now. It tightens the policy and never loosens it. */
import { z } from 'zod';
import { readWindowSpan } from '../core/budget/read-policy.ts';
import { hoursFaults, sayLimits } from '../core/budget/say-limits.ts';
import type { Policy } from '../core/budget/policy.ts';
import type { OwnLimits } from '../core/budget/row.ts';
import { addPlain } from '../core/budget/less-until.ts';
import { readClock } from '../core/calendar/zone.ts';
import { languageOf, type Language } from '../core/why/language.ts';
import { getCustomer, type Customer } from '../store/customers.ts';
import { latestDefinition } from '../store/definitions.ts';
import { askForLimits, limitsHistory, ownLimitsOf } from '../store/own-limits.ts';
import { actorOf } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { limits, limitsWithHistory, openHours } from './own-limits-shape.ts';
import { Problem, type FieldFault } from './problems.ts';
import { bodyRefusals, channel, customerPath, instant, iso, line, refusals } from './shapes.ts';
import { tellPump } from './tell-pump.ts';
import { noCustomer, refuseUnknown } from './words-published.ts';

const spanSays = "a plain time up to 90 days such as '30 days', or 'calendar day', 'calendar week' or 'calendar month'";
const wanted = z.strictObject({
  less: z
    .strictObject({
      atMost: z.int().min(0).max(1_000).optional(),
      in: z.string().max(60).optional().describe(spanSays),
      until: instant.optional(),
    })
    .nullable()
    .optional()
    .describe("So much in a span; what is left out says the policy's `less`. null: no longer"),
  pausedUntil: instant.nullable().optional().describe('Nothing but services until then; null: no longer'),
  hours: z.array(openHours).min(1).max(20).nullable().optional().describe('Only at these hours; null: at any'),
  channels: z.array(channel).min(1).nullable().optional().describe('Only by these, services too; null: by any'),
  source: line(200).describe("Where they said it: 'phone', 'preference page'"),
});
type Wanted = z.output<typeof wanted>;

export function ownLimits(app: Api, { db, now }: ApiDeps): void {
  const known = async (id: string): Promise<Customer> => {
    const found = await getCustomer(db, id);
    if (found === null) throw noCustomer(id);
    return found;
  };
  const policyNow = async (): Promise<Policy> => {
    const policy = (await latestDefinition(db, 'policy'))?.data;
    if (!policy) throw new Problem('not-possible-now', 'Nothing is published yet: there is no policy to tighten.');
    return policy;
  };

  app.route({
    method: 'GET',
    url: '/v1/customers/:id/limits',
    schema: {
      tags: ['customers'],
      summary: 'What a customer asked of us, and every time they did',
      operationId: 'getOwnLimits',
      params: customerPath,
      response: {
        200: limitsWithHistory,
        ...refusals(404, 409),
      },
    },
    handler: async ({ params: { id } }) => {
      const customer = await known(id);
      const policy = await policyNow();
      const history = (await limitsHistory(db, id)).map(({ limits: own, at, actor, source }) => ({
        at: iso(at),
        actor,
        source,
        says: says(own, customer, policy, 'en'),
      }));
      return { ...shown(await ownLimitsOf(db, id), customer, policy), history };
    },
  });

  app.route({
    method: 'PUT',
    url: '/v1/customers/:id/limits',
    schema: {
      tags: ['customers'],
      summary: 'A customer wants less, only some hours or channels, or nothing for a while',
      operationId: 'setOwnLimits',
      description:
        'What is left out stays. Services are left alone, but for the channels. The answer says in one sentence what it now means.',
      params: customerPath,
      body: wanted,
      response: { 200: limits, ...refusals(404, 409, 422, ...bodyRefusals) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const customer = await known(id);
      const policy = await policyNow();
      const at = now();
      refuseUnknown(faultsOf(request.body, at));
      const change = (before: OwnLimits | null): OwnLimits => changed(before ?? {}, request.body, policy, at);
      const kept = await askForLimits(db, id, { change, source: request.body.source, actor: actorOf(request), at });
      if (kept === undefined) throw noCustomer(id);
      await tellPump(db, app.log);
      return shown(kept, customer, policy);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/v1/customers/:id/limits',
    schema: {
      tags: ['customers'],
      summary: 'A customer takes back all that they asked of us',
      operationId: 'clearOwnLimits',
      params: customerPath,
      response: { 200: limits, ...refusals(404, 409) },
    },
    handler: async (request) => {
      const { id } = request.params;
      const customer = await known(id);
      const policy = await policyNow();
      const asked = { change: () => null, source: 'taken back', actor: actorOf(request), at: now() };
      if ((await askForLimits(db, id, asked)) === undefined) throw noCustomer(id);
      await tellPump(db, app.log);
      return shown(null, customer, policy);
    },
  });
}

function faultsOf({ less, pausedUntil, hours }: Wanted, at: number): FieldFault[] {
  const later = (field: string, said: string | null | undefined): FieldFault[] =>
    said && Date.parse(said) <= at
      ? [{ field, expected: 'an instant later than now', value: said, mend: 'Say until when it shall hold.' }]
      : [];
  return [
    ...later('less.until', less?.until),
    ...later('pausedUntil', pausedUntil),
    ...(less?.in !== undefined && readWindowSpan(less.in) === null
      ? [{ field: 'less.in', expected: spanSays, value: less.in, mend: `Write ${spanSays}.` }]
      : []),
    ...hoursFaults(asHours(hours) ?? [], readClock).map((fault) => ({
      field: fault.slice(0, fault.indexOf(':')),
      expected: fault.slice(fault.indexOf('should be ') + 'should be '.length),
      mend: `${fault}.`,
    })),
  ];
}

function changed(
  before: OwnLimits,
  { less, pausedUntil, hours, channels }: Wanted,
  policy: Policy,
  at: number,
): OwnLimits {
  const { less: hadLess, pausedUntil: hadPause, hours: hadHours, channels: hadChannels } = before;
  const kept = {
    less: less === undefined ? hadLess : less && lessOf(less, policy, at),
    pausedUntil: pausedUntil === undefined ? hadPause : pausedUntil && Date.parse(pausedUntil),
    hours: hours === undefined ? hadHours : asHours(hours),
    channels: channels === undefined ? hadChannels : channels,
  };
  // What is null is taken away.
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null && value !== undefined));
}

const lessOf = (less: NonNullable<Wanted['less']>, policy: Policy, at: number): NonNullable<OwnLimits['less']> => ({
  atMost: less.atMost ?? policy.less.atMost,
  in: less.in ?? policy.less.in,
  until: less.until === undefined ? addPlain(at, policy.less.for) : Date.parse(less.until),
});

const asHours = (hours: Wanted['hours']): NonNullable<OwnLimits['hours']> | null =>
  hours?.map(({ from, to, on }) => ({ from, to, ...(on === undefined ? {} : { on }) })) ?? null;

const says = (own: OwnLimits | null, { zone }: Customer, { cost }: Policy, tongue: Language): string =>
  sayLimits(own, { tongue, zone, cost: { email: byTech(cost.email), sms: byTech(cost.sms) } });
const byTech = (cost: Policy['cost']['sms']): number => (typeof cost === 'number' ? cost : cost.tech);

const shown = (own: OwnLimits | null, customer: Customer, policy: Policy): z.output<typeof limits> => ({
  less: own?.less ? { ...own.less, until: iso(own.less.until) } : null,
  pausedUntil: own?.pausedUntil === undefined ? null : iso(own.pausedUntil),
  hours: own?.hours ? own.hours.map(({ on, ...hours }) => ({ ...hours, ...(on ? { on: [...on] } : {}) })) : null,
  channels: own?.channels ? [...own.channels] : null,
  means: { en: says(own, customer, policy, 'en'), de: says(own, customer, policy, 'de') },
  says: says(own, customer, policy, languageOf(customer.locale)),
});
