/** The smallest journeys in which something can go wrong: a word to a customer, and a silence after it. */
import type { TableStep, TouchStep } from '../../core/journey/table-steps.ts';
import type { Journey, StepId } from '../../core/journey/table.ts';
import { deskOf } from '../../store/desk.ts';
import { notifyPump } from '../../store/outbox.ts';
import { takeInbound, type InboundTaken } from '../../store/take-reply.ts';
import type { Engine } from './engine.ts';

const end = (as: string): TableStep => ({ kind: 'end', as, next: null });

/** By `inquiry-received`, once per inquiry; it ends at once, or goes on at `steps` if there are any. */
export function smallJourney(
  name: string,
  start: StepId,
  steps: Readonly<Record<StepId, TableStep>>,
  more: Partial<Journey> = {},
): Journey {
  const ends = ['done', 'replied', 'silent', 'with-a-person'].map((as) => [`end:${as}`, end(as)] as const);
  return {
    format: 1,
    name,
    team: 'care',
    entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
    exits: {},
    anyTime: {},
    start,
    steps: { ...steps, ...Object.fromEntries(ends) },
    expect: [],
    ...more,
  };
}

/** It says that the inquiry arrived, whoever reads it, at any hour. */
export const word = (next: StepId, more: Partial<TouchStep> = {}): TouchStep => ({
  kind: 'touch',
  team: 'care',
  madeBy: 'tech',
  purpose: 'service',
  cause: 'inquiry-received',
  reach: ['email'],
  fate: 'drop',
  say: 'inquiry-arrived',
  next,
  ...more,
});

/** Most of these journeys promise a time, because the template tells it. */
export const promised = (next: StepId): TableStep => ({
  kind: 'promise',
  team: 'care',
  due: '2 business days',
  keptBy: ['we-answered'],
  next,
});

export const listen = (until: string, goes: Record<string, StepId> & { silence: StepId }): TableStep => ({
  kind: 'listen',
  until,
  goes,
  next: goes.silence,
});

let mails = 0;
/** A mail of theirs, as the listener hands it on. */
export async function reply({ db, clock }: Engine, customerId: string): Promise<InboundTaken> {
  const now = clock.now();
  const taken = await takeInbound(
    db,
    {
      channel: 'email',
      kind: 'message',
      providerKey: `<in-${String((mails += 1))}@customers.test>`,
      from: `${customerId}@customers.test`,
      text: 'Hello?',
      at: now,
    },
    { now, desk: await deskOf(db, 'care') },
  );
  await notifyPump(db);
  return taken;
}
