/** Three journeys give one customer to a person within a minute: one task, three reasons, one notice; and each hears once what came of it. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signatureOf } from '../../channels/standard-webhook.ts';
import { deskOf } from '../../store/desk.ts';
import { notifyPump } from '../../store/outbox.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { completeTask } from '../../store/tasks/complete.ts';
import { getTask } from '../../store/tasks/get.ts';
import { listTasks } from '../../store/tasks/list.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { smallJourney } from './small-journey.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const journeys = ['delivery', 'billing', 'device'].map((name) =>
  smallJourney(name, 'help', {
    help: {
      kind: 'escalate',
      team: 'care',
      because: `They wait for ${name}`,
      within: '4 business hours',
      goes: { resolved: 'end:replied', nobody: 'end:silent' },
      next: 'end:done',
    },
  }),
);

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
const told: Told[] = [];
/** The first try of each notice is refused: that must not matter to anybody. */
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const isFirst = !told.some(({ headers }) => headers['webhook-id'] === request.headers['webhook-id']);
    told.push({ headers: request.headers, body });
    response.writeHead(isFirst ? 503 : 204).end();
  });
});

let engine: Engine;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  engine = await startEngine({ journeys, notices: { url, secret } });
});
afterAll(async () => {
  await engine.stop();
  server.close();
});

test('is one task with three reasons and one notice, and on `resolved` each journey hears it once', async () => {
  const who = await engine.customer('tilda');
  await engine.event(who, 'inquiry-received', { inquiryId: 'i-1', topic: 'delivery', urgent: false });
  const whole = await until('all three ask', async () => {
    const [task] = await listTasks(engine.db, { customerId: who });
    const found = task && (await getTask(engine.db, task.id));
    return found?.reasons.length === 3 ? found : null;
  });
  expect(await listTasks(engine.db, { customerId: who })).toHaveLength(1);
  expect(whole.reasons.map(({ because }) => because).sort()).toEqual([
    ...['They wait for billing', 'They wait for delivery', 'They wait for device'],
  ]);

  const notices = () => engine.db.selectFrom('notices').selectAll().where('task_id', '=', whole.id).execute();
  await until('the notice is told', async () => (await notices()).every(({ sent_at }) => sent_at !== null));
  expect(await notices()).toMatchObject([{ kind: 'new', team: 'care', person: null, attempts: 2 }]);
  expect(told).toHaveLength(2);
  for (const { headers, body } of told) {
    const id = String(headers['webhook-id']);
    expect(headers['webhook-signature']).toBe(signatureOf(secret, id, Number(headers['webhook-timestamp']), body));
    expect(JSON.parse(body)).toMatchObject({
      type: 'task.new',
      data: { task: `T-${String(whole.number)}`, team: 'care' },
    });
    expect(body).not.toContain('tilda');
  }

  const { addSpan } = await deskOf(engine.db, 'care');
  const now = engine.clock.now();
  const { id } = whole;
  await claimTask(engine.db, { id, by: 'ana', now, holdUntil: now + 3_600_000, addSpan });
  await completeTask(engine.db, { id, by: 'ana', outcome: 'resolved', now });
  await notifyPump(engine.db);
  const runs = () => engine.db.selectFrom('enrolments').selectAll().where('customer_id', '=', who).execute();
  await until('all have heard', async () => (await runs()).every(({ state }) => state === 'ended'));
  expect((await runs()).map(({ journey, outcome }) => `${journey} ${String(outcome)}`).sort()).toEqual([
    ...['billing replied', 'delivery replied', 'device replied'],
  ]);
  const outcomes = await engine.db
    .selectFrom('deliveries')
    .innerJoin('enrolments', 'enrolments.id', 'deliveries.enrolment_id')
    .select(['journey', 'deliveries.body'])
    .where('deliveries.kind', '=', 'outcome')
    .where('customer_id', '=', who)
    .execute();
  expect(outcomes.map(({ journey }) => journey).sort()).toEqual(['billing', 'delivery', 'device']);
  expect(outcomes.every(({ body }) => 'outcome' in body && body.outcome === 'resolved')).toBe(true);
}, 60_000);
