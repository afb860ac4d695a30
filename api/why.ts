/** What happened to a customer and what did not, with its reasons: for designers, for people at the desk, for the customer. */
import { z } from 'zod';
import { tellAgent } from '../core/why/for-agent.ts';
import { tellNote, tellTurnedAway } from '../core/why/for-agent-beside.ts';
import { tellCustomer } from '../core/why/for-customer.ts';
import { languageOf, languages, type Language } from '../core/why/language.ts';
import { localeOf } from '../store/customers.ts';
import { standingOf } from '../store/why/standing-of.ts';
import { whyPage, type WhyTold } from '../store/why/why.ts';
import { cursorOf, readCursor } from './cursor.ts';
import type { Api, ApiDeps } from './deps.ts';
import { customerPath, iso, paging, refusals } from './shapes.ts';
import { toDesigner, whyShape, type Why } from './why-shape.ts';
import { noCustomer } from './words-published.ts';

export function why(app: Api, { db }: ApiDeps): void {
  app.route({
    method: 'GET',
    url: '/v1/customers/:id/why',
    schema: {
      tags: ['customers'],
      summary: 'Why a customer was touched, and why not',
      operationId: 'whyCustomer',
      description:
        "For designers everything that is stored, in their terms; for agents a sentence of each touch, with the numbers behind it; for the customer a sentence that names no rule, journey or guard. Customers are answered in their own locale's language, agents in English, unless `language` says otherwise.",
      params: customerPath,
      querystring: z.strictObject({
        ...paging,
        first: z.enum(['newest', 'oldest']).default('newest'),
        for: z.enum(['designer', 'agent', 'customer']).default('designer'),
        language: z.enum(languages).optional(),
      }),
      response: { 200: whyShape, ...refusals(404, 422) },
    },
    handler: async ({ params: { id }, query: { limit, first, after, for: audience, language } }) => {
      const locale = await localeOf(db, id);
      if (locale === null) throw noCustomer(id);
      const key = readCursor(after, ['number', 'string']);
      const from = key === null ? {} : { after: { at: Number(key[0]), id: String(key[1]) } };
      const told = await whyPage(db, id, { limit, first, ...from });
      const next = told.next && cursorOf(told.next.at, told.next.id);
      const base = { customerId: id, next };
      if (audience === 'designer') return { ...base, for: audience, ...toDesigner(told) };
      if (audience === 'agent') {
        const spoken = language ?? 'en';
        return { ...base, for: audience, language: spoken, items: toAgent(told, spoken, first) };
      }
      const spoken = language ?? languageOf(locale);
      return { ...base, for: audience, language: spoken, items: toCustomer(told, spoken) };
    },
  });
}

type AgentItems = Extract<Why, { for: 'agent' }>['items'];

/** Notes and journeys that did not begin stand among the touches. */
function toAgent({ touches, notes, turnedAway, zone }: WhyTold, language: Language, first: string): AgentItems {
  const items = [
    ...touches.map((touch) => ({
      at: touch.askedAt,
      touchId: touch.touchId,
      state: touch.state,
      step: stepOf(touch),
      about: touch.template,
      says: tellAgent(standingOf(touch, zone), language),
    })),
    ...notes.map((note) => ({ ...noTouch, at: note.at, about: null, says: tellNote(note, zone, language) })),
    ...turnedAway.map(({ at, journey, until }) => ({
      ...noTouch,
      at,
      about: journey,
      says: tellTurnedAway(until, zone, language),
    })),
  ];
  const way = first === 'newest' ? -1 : 1;
  return items.sort((a, b) => way * (a.at - b.at)).map((item) => ({ ...item, at: iso(item.at) }));
}

const noTouch = { touchId: null, state: null, step: null } as const;
const stepOf = ({ journey, version, step }: WhyTold['touches'][number]) =>
  journey === null || version === null || step === null ? null : { journey, version, step };

const toCustomer = ({ touches, zone }: WhyTold, language: Language) =>
  touches.map((touch) => ({ at: iso(touch.askedAt), says: tellCustomer(standingOf(touch, zone), language) }));
