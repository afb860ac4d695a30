import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { createLogger } from '../../config/logger.ts';
import { readPolicy } from '../../core/budget/read-policy.ts';
import { latestDefinition } from '../../store/definitions.ts';
import { deskOf } from '../../store/desk.ts';
import { notifyPump } from '../../store/outbox.ts';
import { answerTask } from '../../store/tasks/answer.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { getTask } from '../../store/tasks/get.ts';
import { sharedServer } from '../servers/temporal.ts';
import { startEngine, until, type Engine } from './engine.ts';

let inquiries = 0;
const lines: string[] = [];
let engine: Engine;
let env: Awaited<ReturnType<typeof sharedServer>>;
beforeAll(async () => {
  env = await sharedServer();
  const to = { write: (line: string) => void lines.push(line) };
  engine = await startEngine({ log: createLogger({ level: 'trace', to }) });
});
afterAll(async () => {
  await engine.stop();
  await env.teardown();
});

async function claimedTask(customer: string): Promise<string> {
  inquiries += 1;
  await engine.event(customer, 'inquiry-received', {
    inquiryId: `i-${String(inquiries)}`,
    topic: 'billing',
    urgent: true,
  });
  const { id } = await until('a task', () =>
    engine.db.selectFrom('tasks').select('id').where('customer_id', '=', customer).executeTakeFirst(),
  );
  const { addSpan } = await deskOf(engine.db, 'care');
  const now = engine.clock.now();
  await claimTask(engine.db, { id, by: 'ben', now, holdUntil: now + 3_600_000, addSpan });
  return id;
}

async function answer(task: string, key: string, text: string): Promise<void> {
  const policy = (await latestDefinition(engine.db, 'policy'))!;
  const { addSpan } = await deskOf(engine.db, 'care');
  const counted = readPolicy(policy.data, policy.number);
  const asked = { id: task, by: 'ben', now: engine.clock.now(), key, text, policy: counted, addSpan };
  await answerTask(engine.db, { ...asked, why: 'they wait for it' });
  await notifyPump(engine.db);
}

test("an agent's answer goes out from the task's own workflow, and nothing personal stands in histories or logs", async () => {
  await engine.customer('canary-ana', { fields: { firstName: 'Canaryname' } });
  const task = await claimedTask('canary-ana');
  await answer(task, 'one', 'Canarytext: your bill is corrected.');
  const mail = await until('the answer', () => engine.inbox.mails.find((m) => m.text?.includes('Canarytext')));
  expect(mail.subject).toBe('Re: We have your message');
  const { id: run } = await engine.db
    .selectFrom('enrolments')
    .select('id')
    .where('customer_id', '=', 'canary-ana')
    .executeTakeFirstOrThrow();
  for (const workflow of [`run:${run}`, `promise:${run}/first-answer/1`, `task:${task}`]) {
    const handle = env.client.workflow.getHandle(workflow);
    const history = JSON.stringify(historyToJSON(await handle.fetchHistory()));
    const payloads = [...history.matchAll(/\\?"data\\?":\s*\\?"([A-Za-z0-9+/=]+)\\?"/g)].map(([, data]) =>
      Buffer.from(data!, 'base64').toString('utf8'),
    );
    expect(payloads.length).toBeGreaterThan(3); // It is read, and not only searched.
    const seen = [history, ...payloads, JSON.stringify(await handle.describe())].join('\n');
    expect(seen).not.toMatch(/canary/i);
  }
  expect(lines.join('')).not.toMatch(/canary/i);
});

test('an answer that the provider refuses for good is told to people, and not lost', async () => {
  await engine.customer('ben');
  const task = await claimedTask('ben');
  await until('the acknowledgement', () => engine.inbox.mails.find((m) => JSON.stringify(m.to).includes('ben@')));
  engine.inbox.answer = () => Object.assign(new Error('no such mailbox'), { responseCode: 550 });
  await answer(task, 'two', 'Hello Ben.');
  const reasons = await until('a further reason', async () => {
    const { reasons: all } = (await getTask(engine.db, task))!;
    return all.length > 1 && all;
  });
  engine.inbox.answer = () => null;
  expect(reasons.map(({ because }) => because)).toContainEqual(
    expect.stringMatching(/^An answer could not be sent by email/),
  );
});
