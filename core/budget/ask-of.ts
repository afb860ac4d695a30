/** From a touch of a journey to what the budget is asked. */
import type { Channel } from '../journey/channels.ts';
import type { TouchStep } from '../journey/table-steps.ts';
import type { Template } from '../journey/template.ts';
import type { TouchProgress } from '../run/state.ts';
import type { TouchAsk } from './touch-ask.ts';
import type { ReachFacts } from './choose-reach.ts';
import type { Manner } from './prefer.ts';
import { waysTo } from './ways-to.ts';

export interface Touching {
  readonly journey: string;
  readonly step: TouchStep;
  readonly touch: TouchProgress;
  /** Made by tech: what a person makes asks for no place. */
  readonly manner: Manner;
  readonly template: Template | null;
  readonly customer: Pick<ReachFacts, 'wroteOn' | 'preferred' | 'addresses'> & {
    readonly id: string;
    readonly wroteAt: number | null;
  };
  /** Channels this installation can send by. */
  readonly configured: readonly Channel[];
}

/** `skipped` tells which ways are none to this customer, for `why`. */
export function askOf({ journey, step, touch, manner, template, customer, configured }: Touching): {
  readonly ask: TouchAsk;
  readonly skipped: readonly string[];
} {
  const { wroteOn, wroteAt, preferred, addresses } = customer;
  const known = { wroteOn, preferred, addresses, configured, failed: touch.failed };
  const { candidates, substitutes, skipped } = waysTo(manner, template, known);
  const ask: TouchAsk = {
    touchId: touch.id,
    ask: touch.ask,
    customerId: customer.id,
    journey,
    purpose: step.purpose,
    madeBy: 'tech',
    ...(step.cause === undefined ? {} : { cause: step.cause }),
    assumes: template?.assumes ?? [],
    candidates,
    substitutes,
    ...(step.quiet === undefined ? {} : { quiet: step.quiet }),
    fate: manner.fate,
    firstAskedAt: touch.since,
    ...(step.purpose === 'service' && wroteAt !== null ? { answersInboundAt: wroteAt } : {}),
  };
  return { ask, skipped };
}
