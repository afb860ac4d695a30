/** What `why` answers, to each of those who ask. */
import { z } from 'zod';
import type { Tried } from '../core/budget/touch-ask.ts';
import { explained } from '../core/why/explained.ts';
import { languages } from '../core/why/language.ts';
import type { TouchTold, WhyTold } from '../store/why/why.ts';
import { channel, instant, iso, maybeInstant, maybeIso } from './shapes.ts';

const next = z.string().nullable().describe('Ask with `after` for the next page; null: this was the last');
const language = z.enum(languages);
const customerId = z.string();

export const triedShape = z
  .object({
    channel,
    skipped: z.string().nullable().describe('Why it is no way to them; null: it was decided'),
    decision: z
      .object({
        decided: z.enum(['allowed', 'deferred', 'suppressed']),
        says: z.string(),
        gate: z.string().nullable().describe('The first gate that is closed; null: none'),
        rule: z.string().nullable(),
        policy: z.string(),
        policyVersion: z.number().int(),
        counters: z.array(
          z.object({
            window: z.string(),
            span: z.string(),
            before: z.number(),
            after: z.number().describe('With this touch, if it was allowed'),
            atMost: z.number(),
          }),
        ),
        usedBy: z.array(z.string()).describe('The touches that use the budget of the rule that decided'),
        wonBy: z.array(z.string()).describe('Of those, who got in after this one had asked, or goes first'),
        opensAt: maybeInstant.describe('When that gate alone opens'),
        earliest: maybeInstant.describe('When all of them would let it go as things stood; null: not by waiting'),
        heldLastBy: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'TriedChannel' });

const touchState = z.enum([
  'reserved',
  'deferred',
  'refused',
  'with-person',
  'sending',
  'sent',
  'failed',
  'unknown',
  'withdrawn',
]);
const sentRule = {
  after: z.string().describe('So long after its send, as the policy says it'),
  policy: z.string(),
  version: z.number().int(),
};
const touch = z
  .object({
    touchId: z.string(),
    says: z.string().describe('Where it stands now, in one plain sentence'),
    state: touchState,
    journey: z.string().nullable(),
    version: z.number().int().nullable(),
    step: z.string().nullable(),
    broadcast: z
      .object({ id: z.string(), audience: z.string(), state: z.string() })
      .nullable()
      .describe('The broadcast that it is part of'),
    purpose: z.string(),
    cause: z.string().nullable(),
    template: z.string().nullable(),
    madeBy: z.enum(['tech', 'human']),
    channel: z.string().nullable(),
    cost: z.number(),
    askedAt: instant,
    until: maybeInstant.describe('Reserved: the latest instant it may be sent. Deferred: when it may ask again'),
    sentAt: maybeInstant,
    receipt: z.string().nullable(),
    failure: z.string().nullable(),
    settledBy: z
      .discriminatedUnion('by', [
        z.object({ by: z.literal('receipt') }),
        z.object({ by: z.literal('look-up') }),
        z.object({ by: z.literal('rule'), ...sentRule }),
      ])
      .nullable()
      .describe("How it became certain after it was unknown. 'rule': nobody found out, and it counts as sent"),
    countsAsSent: z
      .object({ at: instant, ...sentRule })
      .nullable()
      .describe('Of one that is unknown: when it will count as sent, and by which policy; null: no rule is stated'),
    considered: z.unknown().describe('What the chooser saw: rules with their values, ways that were left out'),
    asks: z
      .array(
        z.object({
          ask: z.number().int(),
          at: instant,
          decided: z.string().describe("'stopped': its place was taken back right before it was sent"),
          because: z.string().nullable(),
          says: z.string(),
          tried: z.array(triedShape).describe('Each channel in order, and what was decided of it'),
        }),
      )
      .describe('Each time it asked for its place'),
  })
  .meta({ id: 'TouchTold' });

const note = z.object({
  id: z.string(),
  at: instant,
  journey: z.string().nullable(),
  step: z.string().nullable(),
  team: z.string(),
  about: z.string(),
  dueAt: instant,
  toldAt: maybeInstant.describe('When the team was told; null: not yet'),
});
const turnedAway = z.object({
  at: instant,
  journey: z.string(),
  because: z.string(),
  until: maybeInstant.describe('When it may be entered again; null: not while things are as they are'),
});

const sentences = z.array(z.object({ at: instant, says: z.string() }));
export const whyShape = z.discriminatedUnion('for', [
  z.object({
    customerId,
    for: z.literal('designer'),
    touches: z.array(touch),
    notes: z.array(note).describe('What journeys left for our own people'),
    turnedAway: z.array(turnedAway).describe('Journeys that they might have entered, and did not'),
    next,
  }),
  z.object({
    customerId,
    for: z.literal('agent'),
    language,
    items: z.array(
      z.object({
        at: instant,
        touchId: z.string().nullable().describe('Null: it is no touch, but a note, or a journey that did not begin'),
        state: touchState.nullable(),
        step: z
          .object({ journey: z.string(), version: z.number().int(), step: z.string() })
          .nullable()
          .describe('The automated step that it is of'),
        about: z.string().nullable(),
        says: z.string(),
      }),
    ),
    next,
  }),
  z.object({ customerId, for: z.literal('customer'), language, items: sentences, next }),
]);
export type Why = z.output<typeof whyShape>;

export const toDesigner = ({ touches, notes, turnedAway: away }: WhyTold) => ({
  touches: touches.map(touchShown),
  notes: notes.map((one) => ({ ...one, at: iso(one.at), dueAt: iso(one.dueAt), toldAt: maybeIso(one.toldAt) })),
  turnedAway: away.map(({ id: _, ...one }) => ({ ...one, at: iso(one.at), until: maybeIso(one.until) })),
});

const touchShown = (told: TouchTold): z.output<typeof touch> => ({
  ...told,
  askedAt: iso(told.askedAt),
  until: maybeIso(told.until),
  sentAt: maybeIso(told.sentAt),
  countsAsSent: told.countsAsSent && { ...told.countsAsSent, at: iso(told.countsAsSent.at) },
  asks: told.asks.map((ask) => ({ ...ask, at: iso(ask.at), tried: ask.tried.map(triedShown) })),
});

export function triedShown(one: Tried): z.output<typeof triedShape> {
  if ('skipped' in one) return { channel: one.channel, skipped: one.skipped, decision: null };
  const { counters, usedBy, wonBy, opensAt, earliest, ...rest } = explained(one.decision);
  return {
    channel: one.channel,
    skipped: null,
    decision: {
      ...rest,
      counters: [...counters],
      usedBy: [...usedBy],
      wonBy: [...wonBy],
      opensAt: maybeIso(opensAt),
      earliest: maybeIso(earliest),
    },
  };
}
