/** What tests of the store say: a company with one team, small journeys, customers. Instants are fixed. */
import type { Policy } from '../../core/budget/policy.ts';
import type { TableStep } from '../../core/journey/table-steps.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { StoredWords } from '../../core/journey/stored-words.ts';
import { upsertCustomer } from '../../store/customers.ts';
import type { Desk } from '../../store/default-task.ts';
import type { Db } from '../../store/open.ts';
import { publish } from '../../store/publish.ts';
import type { InboundMessage } from '../../store/take-reply.ts';
import { openTask, type TaskAsked } from '../../store/tasks/open.ts';
import { takeEvent, type IncomingEvent, type Taken } from '../../store/take-event.ts';

export const noon = Date.parse('2026-03-02T12:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;

export const words = {
  format: 1,
  events: {},
  causes: [],
  customer: {},
  teams: { care: { open: 'Mon-Fri 09:00-17:00', zone: 'Europe/Berlin' } },
  purposes: [],
  templates: ['hello'],
  audiences: [],
  articles: [],
  lookUps: {},
  actions: {},
  guards: {},
} satisfies StoredWords;

export const policy = {
  format: 1,
  name: 'just-enough',
  team: 'care',
  cost: { chat: 0, push: 1, email: 1, sms: 2, whatsapp: 2, voice: 4 },
  windows: [{ name: 'a week', atMost: 6, in: '7 days' }],
  spacing: [],
  quiet: [],
  first: ['service'],
  risesEvery: '3 days',
  maxSilence: '4 hours',
  theyWaitAfter: ['form-sent'],
  holdAtMost: '2 days',
  less: { atMost: 1, in: '30 days', for: '90 days' },
} satisfies Policy;

const end = { kind: 'end', as: 'finished', next: null } as const;

/** A journey by `entry`, whose first step listens for these. */
export function journey(name: string, listensFor: readonly string[], change: Partial<Journey> = {}): Journey {
  const listen: TableStep = {
    kind: 'listen',
    until: '1 day',
    next: 'end:finished',
    goes: { ...Object.fromEntries(listensFor.map((event) => [event, 'end:finished'])), silence: 'end:finished' },
  };
  return {
    format: 1,
    name,
    team: 'care',
    entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
    exits: {},
    start: 'listening',
    anyTime: {},
    steps: { listening: listen, 'end:finished': end },
    expect: [],
    ...change,
  };
}

export const publishAll = (db: Db, ...journeys: Journey[]) =>
  publish(db, {
    words,
    policy,
    templates: [],
    journeys: journeys.map((definition) => ({ definition })),
    by: 'a test',
    now: noon,
  });

export async function customer(db: Db, id: string, fields: Record<string, string> = {}): Promise<string> {
  const addresses = [{ channel: 'email', address: `${id}@example.com` } as const];
  await upsertCustomer(db, { id, fields, addresses, zone: 'Europe/Berlin', now: noon });
  return id;
}

let keys = 0;
export const event = (customerId: string, type: string, more: Partial<IncomingEvent> = {}): IncomingEvent => ({
  idempotencyKey: `key-${String((keys += 1))}`,
  bodyHash: JSON.stringify([customerId, type, more.data ?? {}]),
  customerId,
  type,
  data: {},
  at: noon,
  now: noon,
  ...more,
});

/** Takes an event and answers with what came of it; anything but a new or known event fails the test. */
export async function take(db: Db, incoming: IncomingEvent): Promise<Taken> {
  const result = await takeEvent(db, incoming);
  if ('refused' in result) throw new Error(`refused: ${result.refused}`);
  return result;
}

/** A run of `journey`, entered just now. */
export async function run(db: Db, customerId: string, inquiryId: string): Promise<string> {
  const { started } = await take(db, event(customerId, 'inquiry-received', { data: { inquiryId } }));
  const id = started[0]?.enrolmentId;
  if (id === undefined) throw new Error('nothing was started');
  return id;
}

/** Stands in for a team's calendar: plain hours. */
export const addSpan = (_team: string, from: number, span: string): number => from + Number.parseInt(span, 10) * hour;

export const desk: Desk = {
  theyWaitAfter: policy.theyWaitAfter,
  team: 'front',
  within: '4 hours',
  holdAtMost: '48 hours',
  ladderOf: () => ['leads'],
  addSpan,
};

export const spans = (_team: string, from: number, span: string, direction: 1 | -1): number =>
  from + direction * Number.parseInt(span, 10) * hour;

/** A task of this customer, asked for by a run's step unless told otherwise. */
export async function opened(db: Db, customerId: string, more: Partial<TaskAsked> = {}): Promise<string> {
  const result = await openTask(db, {
    customerId,
    team: 'care',
    reasonId: `${customerId}/reason`,
    enrolmentId: null,
    journey: 'inquiry',
    step: 'forgotten',
    because: 'Nobody has answered',
    within: '4 hours',
    outcomes: ['answered', 'called'],
    ladder: ['leads'],
    now: noon,
    addSpan,
    ...more,
  });
  if (result.is !== 'opened') throw new Error('overtaken');
  return result.taskId;
}

let mails = 0;
export const mail = (from: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  channel: 'email',
  kind: 'message',
  providerKey: `<in-${String((mails += 1))}@example.com>`,
  from: `${from}@example.com`,
  text: 'Hello?',
  at: noon,
  ...more,
});
