/** What is asked of a customer's budget, and what it answers. */
import { z } from 'zod';
import type { AskAnswer, Tried } from '../core/budget/touch-ask.ts';
import type { Gauge } from '../core/budget/gauges.ts';
import { costOf, type ReadPolicy } from '../core/budget/read-policy.ts';
import { sayLimits } from '../core/budget/say-limits.ts';
import type { InLine, MayNow } from '../core/budget/standing-now.ts';
import type { BudgetRow } from '../core/budget/row.ts';
import { channel, instant, iso, maybeInstant, maybeIso, name } from './shapes.ts';
import { triedShape, triedShown } from './why-shape.ts';

export const budgetQuery = z
  .strictObject({
    at: instant.optional().describe('As it was then; now, without it'),
    policy: z.coerce.number().int().min(1).optional().describe('By this version of the policy'),
    purpose: z.string().max(64).optional().describe('With `channel`: what a touch for this purpose would be answered'),
    channel: channel.optional(),
    journey: name.optional().describe('With `step`: what that touch of the newest version would be answered'),
    step: z.string().max(100).optional(),
  })
  .refine(({ purpose, channel: by }) => (purpose === undefined) === (by === undefined), {
    path: ['channel'],
    message: 'given together with purpose',
  })
  .refine(({ journey, step }) => (journey === undefined) === (step === undefined), {
    path: ['step'],
    message: 'given together with journey',
  });

export const budgetShape = z
  .object({
    customerId: z.string(),
    at: instant,
    zone: z.string().nullable(),
    policy: z.object({ name: z.string(), version: z.number().int() }),
    pinned: z
      .array(z.object({ journey: z.string(), version: z.number().int(), policyVersion: z.number().int() }))
      .describe('The policies that their running journeys are held to now'),
    windows: z.array(
      z.object({
        window: z.string(),
        span: z.string(),
        used: z.number(),
        atMost: z.number(),
        over: z.enum(['refuse', 'alert']),
        kept: z
          .object({ cost: z.number(), for: z.array(z.string()) })
          .nullable()
          .describe('Kept free for some purposes: others may use that much less'),
        sharedBy: z.enum(['mailbox', 'phone', 'account']).nullable(),
        usedBy: z.array(z.string()),
        freesAt: maybeInstant.describe('When the next of what is used leaves it'),
        opensAt: maybeInstant.describe('The first instant at which there is any room; null: not by waiting'),
      }),
    ),
    may: z
      .array(
        z.object({
          purpose: z.string(),
          channel,
          decided: z.enum(['allowed', 'deferred', 'suppressed']),
          gate: z.string().nullable(),
          earliest: maybeInstant,
          says: z.string(),
        }),
      )
      .describe('What a touch of each purpose would be answered, by each channel that leads to them'),
    hold: z
      .object({ until: instant, by: z.string() })
      .nullable()
      .describe("A person has the conversation: 'task T-1', or who said so"),
    own: z.record(z.string(), z.unknown()).nullable().describe('What they asked of us, as it is stored'),
    ownSays: z.string().nullable().describe('The same in one sentence'),
    waiting: z
      .array(
        z.object({
          touchId: z.string(),
          journey: z.string(),
          purpose: z.string(),
          channel,
          cost: z.number(),
          rank: z.number().int(),
          askedAt: instant,
          until: instant,
        }),
      )
      .describe('Who waits for a place, in the order in which they would get it'),
    ifAsked: z
      .object({
        is: z.enum(['reserved', 'deferred', 'to-human', 'dropped']),
        says: z.string(),
        channel: channel.nullable(),
        until: maybeInstant,
        tried: z.array(triedShape),
      })
      .nullable(),
    notKnown: z.array(z.string()).describe('What is not stored of that time'),
  })
  .meta({ id: 'Budget' });

export type Answered = (AskAnswer | { readonly is: 'to-human'; readonly says: string }) & {
  readonly tried: readonly Tried[];
};

export interface BudgetSeen {
  readonly customerId: string;
  readonly at: number;
  readonly policy: ReadPolicy;
  readonly pinned: readonly { journey: string; version: number; policyVersion: number }[];
  readonly row: BudgetRow;
  readonly gauges: readonly Gauge[];
  readonly may: readonly MayNow[];
  readonly line: readonly InLine[];
  readonly ifAsked: Answered | null;
  readonly notKnown: readonly string[];
}

export function shownBudget(seen: BudgetSeen): z.output<typeof budgetShape> {
  const { customerId, at, policy, pinned, row, gauges, may, line, ifAsked, notKnown } = seen;
  const { own, zone } = row.gates;
  const tech = (by: 'email' | 'sms'): number => costOf(policy, by, 'tech');
  return {
    customerId,
    at: iso(at),
    zone,
    policy: { name: policy.name, version: policy.version },
    pinned: [...pinned],
    windows: gauges.map((gauge) => ({
      ...gauge,
      kept: gauge.kept && { cost: gauge.kept.cost, for: [...gauge.kept.for] },
      usedBy: [...gauge.usedBy],
      freesAt: maybeIso(gauge.freesAt),
      opensAt: maybeIso(gauge.opensAt),
    })),
    may: may.map((one) => ({ ...one, earliest: maybeIso(one.earliest) })),
    hold: holdOf(row, at),
    own: own && { ...own },
    ownSays: own && sayLimits(own, { tongue: 'en', zone, cost: { email: tech('email'), sms: tech('sms') } }),
    waiting: line.map(({ givesUpAt: _, askedAt, until, ...one }) => ({
      ...one,
      askedAt: iso(askedAt),
      until: iso(until),
    })),
    ifAsked: ifAsked && {
      is: ifAsked.is,
      says: ifAsked.says,
      channel: 'channel' in ifAsked ? ifAsked.channel : null,
      until: 'until' in ifAsked ? iso(ifAsked.until) : null,
      tried: ifAsked.tried.map(triedShown),
    },
    notKnown: [...notKnown],
  };
}

function holdOf({ gates: { hold, held } }: BudgetRow, at: number): { until: string; by: string } | null {
  if (hold && hold.until > at) return { until: iso(hold.until), by: `task ${hold.taskId}` };
  return held && held.until > at ? { until: iso(held.until), by: held.by } : null;
}
