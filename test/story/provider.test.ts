import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createEmailAdapter } from '../../channels/email.ts';
import { createTwilioAdapter } from '../../channels/sms-twilio.ts';
import type { Fate } from '../../core/journey/table.ts';
import { createBudgets } from '../../store/budget/index.ts';
import { recordConsent } from '../../store/consents.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { listTasks } from '../../store/tasks/list.ts';
import { answerJson, startScriptedServer, type ScriptedServer } from '../channels/scripted-server.ts';
import { fastClock, startEngine, startInbox, until, type Engine, type Inbox } from './engine.ts';
import { listen, promised, smallJourney, word } from './small-journey.ts';

const byText = (name: string, topic: string, reach: ('sms' | 'email')[], fate: Fate) =>
  smallJourney(
    name,
    'promise',
    {
      promise: promised('arrived'),
      arrived: word('their-word', { reach, fate }),
      'their-word': listen('1 day', { 'customer-replied': 'end:replied', silence: 'end:silent' }),
    },
    {
      entry: { event: 'inquiry-received', oncePer: 'inquiryId', only: { path: 'inquiry-received.topic', is: [topic] } },
    },
  );

type Script = (response: ServerResponse, times: number) => void;
const numbers = {
  busy: '+491713920001',
  away: '+491713920002',
  broken: '+491713920003',
  gone: '+491713920004',
  noOne: '+491713920005',
  drops: '+491713920006',
  hasty: '+491713920007',
};
type Name = keyof typeof numbers;

let taken = 0;
const took = (response: ServerResponse): void =>
  answerJson(response, 201, { sid: `SM${String((taken += 1)).padStart(32, '0')}`, status: 'queued', error_code: null });
const refuse = (response: ServerResponse, status: number, code: number, headers = {}): void =>
  answerJson(response, status, { code, message: 'no', status }, headers);
const scripts: Record<Name, Script> = {
  busy: (response, times) => (times === 1 ? refuse(response, 429, 20429, { 'retry-after': '2' }) : took(response)),
  hasty: (response, times) => (times === 1 ? refuse(response, 429, 20429, { 'retry-after': '0' }) : took(response)),
  away: (response, times) => (times <= 2 ? refuse(response, 503, 20503, { 'retry-after': '1' }) : took(response)),
  broken: (response) => refuse(response, 500, 20500),
  gone: (response) => refuse(response, 400, 21610),
  noOne: (response) => refuse(response, 400, 21211),
  drops: (response) => response.destroy(),
};

const clock = fastClock(1);
let twilio: ScriptedServer;
let inbox: Inbox;
let engine: Engine;
const sends: { to: string; at: number }[] = [];
beforeAll(async () => {
  twilio = await startScriptedServer((asked, response) => {
    // Its list of messages never tells: what was not answered stays unknown until a receipt.
    if (asked.method === 'GET')
      return answerJson(response, 200, { messages: [], next_page_uri: null, page: 0, page_size: 200 });
    const to = asked.body.get('To') ?? '';
    sends.push({ to, at: Date.now() });
    const name = (Object.keys(numbers) as Name[]).find((n) => numbers[n] === to);
    if (!name) throw new Error(`a text to ${to}`);
    scripts[name](response, sendsTo(name).length);
  });
  inbox = await startInbox();
  const identity = {
    from: { name: 'RightTouch', address: 'hello@righttouch.test' },
    messageIdDomain: 'righttouch.test',
  };
  engine = await startEngine({
    clock,
    journeys: [byText('two-ways', 'billing', ['sms', 'email'], 'drop'), byText('one-way', 'other', ['sms'], 'toHuman')],
    channels: {
      sms: createTwilioAdapter(
        {
          accountSid: `AC${'0'.repeat(32)}`,
          authToken: 'secret',
          from: '+491713920099',
          baseUrl: twilio.url,
          answerWithinMs: 5_000,
        },
        clock.now,
      ),
      email: createEmailAdapter({ host: '127.0.0.1', port: inbox.port, tls: 'none', ...identity }, clock.now),
    },
  });
});
afterAll(async () => {
  await engine.stop();
  await inbox.close();
  await twilio.close();
});

const sendsTo = (name: Name) => sends.filter(({ to }) => to === numbers[name]);
async function ask(name: Name, topic: 'billing' | 'other'): Promise<void> {
  const now = clock.now();
  const addresses = [
    { channel: 'sms', address: numbers[name] },
    { channel: 'email', address: `${name.toLowerCase()}@customers.test` },
  ] as const;
  await upsertCustomer(engine.db, {
    id: name,
    zone: 'Europe/Berlin',
    fields: { firstName: 'Ana', plan: 'plus' },
    addresses,
    now,
  });
  for (const channel of ['sms', 'email'] as const)
    await recordConsent(engine.db, name, {
      channel,
      purpose: 'service',
      granted: true,
      source: 'test',
      proof: null,
      actor: 'test',
      at: now,
    });
  await engine.event(name, 'inquiry-received', { inquiryId: name, topic, urgent: false });
}
const touchOf = (name: Name) =>
  engine.db.selectFrom('touches').selectAll().where('customer_id', '=', name).executeTakeFirst();
const touchOnce = (name: Name, state: string) =>
  until(`a touch of ${name} that is ${state}`, async () => {
    const touch = await touchOf(name);
    return touch?.state === state ? touch : null;
  });
/** Its run goes on when the touch is over, whatever became of it. */
const waitsForThem = (name: Name) =>
  until(`a run of ${name} that waits`, async () => {
    const run = await engine.db.selectFrom('enrolments').selectAll().where('customer_id', '=', name).executeTakeFirst();
    return run?.step === 'their-word' && run.heard === run.delivered ? run : null;
  });
const placesOf = async (name: Name): Promise<string> =>
  (
    await engine.db.selectFrom('budgets').select('recent').where('customer_id', '=', name).executeTakeFirstOrThrow()
  ).recent.toString();

test('busy (429) with Retry-After: it is sent once, and not before it was allowed', async () => {
  await ask('busy', 'billing');
  const touch = await touchOnce('busy', 'sent');
  const [first, second, ...more] = sendsTo('busy');
  expect(more).toEqual([]);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  expect(touch).toMatchObject({ channel: 'sms', ask: 1 });
});

test('busy (429) with Retry-After: 0: it is asked again, and not in the same moment', async () => {
  await ask('hasty', 'billing');
  await touchOnce('hasty', 'sent');
  const [first, second, ...more] = sendsTo('hasty');
  expect(more).toEqual([]);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test('away (503) twice: tried again until it is sent', async () => {
  await ask('away', 'billing');
  await touchOnce('away', 'sent');
  expect(sendsTo('away')).toHaveLength(3);
});

test('broken (500): nobody knows, so it keeps its place and is not sent again', async () => {
  await ask('broken', 'billing');
  await touchOnce('broken', 'unknown');
  await waitsForThem('broken');
  expect(sendsTo('broken')).toHaveLength(1);
  expect(await placesOf('broken')).toContain((await touchOf('broken'))?.id ?? 'none');
});

test('a hard reject: the next channel takes it, under the same touch', async () => {
  await ask('gone', 'billing');
  const touch = await touchOnce('gone', 'sent');
  expect(touch).toMatchObject({ channel: 'email', ask: 2 });
  expect(sendsTo('gone')).toHaveLength(1);
  expect(inbox.mails).toHaveLength(1);
});

test('a hard reject and no other channel: its fate, a person', async () => {
  await ask('noOne', 'other');
  const [task] = await until('a task', async () => {
    const tasks = await listTasks(engine.db, { customerId: 'noOne' });
    return tasks.length > 0 ? tasks : null;
  });
  expect(task?.team).toBe('care');
  expect(await touchOf('noOne')).toMatchObject({ state: 'with-person' });
  expect(sendsTo('noOne')).toHaveLength(1);
  expect(inbox.mails).toHaveLength(1);
});

test('one that takes it and hangs up: unknown, with its place, never sent again, until a receipt tells', async () => {
  await ask('drops', 'billing');
  const { id } = await touchOnce('drops', 'unknown');
  await waitsForThem('drops');
  expect(await placesOf('drops')).toContain(id);
  // Whoever else comes by leaves it alone.
  await engine.pause();
  await engine.addWorker();
  await ask('drops', 'billing');
  const budgets = createBudgets(engine.db, { clock });
  expect(
    await budgets.settleByReceipt({ touchId: id, providerId: 'SM7' }, { status: 'delivered', at: clock.now() }),
  ).toEqual({
    known: true,
    touchId: id,
    news: true,
  });
  expect(await touchOf('drops')).toMatchObject({ state: 'sent', provider_id: 'SM7', receipt: 'delivered' });
  const run = await until('told', async () => {
    const heard = await waitsForThem('drops');
    return heard.heard === 2 ? heard : null;
  });
  // Their asking again, and what became of the touch.
  expect(run.delivered).toBe(2);
  expect(sendsTo('drops')).toHaveLength(1);
});
