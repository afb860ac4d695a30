import type { Asking } from '../../core/budget/ask.ts';
import type { AskAnswer, TouchAsk } from '../../core/budget/touch-ask.ts';
import type { TouchState } from '../database.ts';
import type { TouchRequest } from '../../core/budget/decision.ts';
import type { MadeTouch, RequestRest, TouchAbout } from './touch.ts';

const stateOf: Record<AskAnswer['is'], TouchState> = {
  reserved: 'reserved',
  deferred: 'deferred',
  'to-human': 'with-person',
  dropped: 'refused',
};

/** The touch as an ask leaves it. */
export function made(
  ask: TouchAsk,
  about: TouchAbout,
  { answer, record, request, address }: Asking,
  now: number,
): MadeTouch {
  const at = new Date(now);
  return {
    id: ask.touchId,
    customer_id: ask.customerId,
    enrolment_id: about.enrolmentId ?? null,
    task_id: about.taskId ?? null,
    journey: ask.journey,
    version: about.version ?? null,
    step: about.step ?? null,
    visit: about.visit ?? null,
    purpose: ask.purpose,
    cause: ask.cause ?? null,
    template: about.template ?? null,
    made_by: ask.madeBy,
    channel: 'channel' in answer ? answer.channel : null,
    address: address ?? null,
    cost: answer.is === 'reserved' ? answer.cost : 0,
    state: stateOf[answer.is],
    ask: ask.ask,
    answer,
    considered: about.considered ?? [],
    request: request && restOf(request),
    asked_at: at,
    until: 'until' in answer ? new Date(answer.until) : null,
    sent_at: null,
    record,
    decided_at: at,
  };
}

function restOf({ assumes, answersInboundAt, rateOpensAt, countsIn }: TouchRequest): RequestRest | null {
  const rest = {
    ...(assumes.length === 0 ? {} : { assumes }),
    ...(answersInboundAt === undefined ? {} : { answersInboundAt }),
    ...(rateOpensAt === undefined ? {} : { rateOpensAt }),
    ...(countsIn === undefined || countsIn.length === 0 ? {} : { countsIn }),
  };
  return Object.keys(rest).length === 0 ? null : rest;
}
