import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sharedServer } from '../servers/temporal.ts';
import { deliveriesAfter } from '../../store/deliveries.ts';
import { delivered, stateQuery, workflowIdOf } from '../../workflows/messages.ts';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startEngine, until, type Engine } from './engine.ts';
import { listen, promised, smallJourney, word } from './small-journey.ts';

const answered = smallJourney('answered', 'promise', {
  promise: promised('arrived'),
  arrived: word('our-answer'),
  'our-answer': listen('1 day', { 'we-answered': 'their-word', silence: 'end:silent' }),
  'their-word': listen('1 day', {
    'offer-taken': 'end:done',
    'customer-replied': 'end:replied',
    silence: 'end:silent',
  }),
});

let engine: Engine;
let temporal: TestWorkflowEnvironment;
beforeAll(async () => {
  engine = await startEngine({ journeys: [answered] });
  temporal = await sharedServer();
});
afterAll(async () => {
  await engine.stop();
  await temporal.teardown();
});

const inquiry = (id: string) => ({ inquiryId: id, topic: 'billing', urgent: false });
const runOf = (customer: string) =>
  engine.db.selectFrom('enrolments').selectAll().where('customer_id', '=', customer).executeTakeFirstOrThrow();
const isAt = (customer: string, step: string) =>
  until(`${customer} at ${step}`, async () => {
    const run = await runOf(customer);
    return run.step === step && run.heard === run.delivered ? run : null;
  });
const mailsTo = (customer: string) =>
  engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`${customer}@`)).length;
const called = () =>
  until('nothing left to tell', async () => {
    const left = await engine.db.selectFrom('outbox').select('workflow_id').where('kind', '=', 'enrolment').execute();
    return left.length === 0;
  });

test('the same event three times, one of them at the same moment: one run, one mail, one delivery', async () => {
  await engine.customer('twice');
  await Promise.all([
    engine.event('twice', 'inquiry-received', inquiry('i-1'), 'same'),
    engine.event('twice', 'inquiry-received', inquiry('i-1'), 'same'),
  ]);
  await isAt('twice', 'our-answer');
  await engine.event('twice', 'inquiry-received', inquiry('i-1'), 'same');
  await engine.event('twice', 'we-answered', { by: 'person' }, 'answer');
  await engine.event('twice', 'we-answered', { by: 'person' }, 'answer');
  const run = await isAt('twice', 'their-word');
  expect(run.delivered).toBe(1);
  expect(mailsTo('twice')).toBe(1);
  expect(
    await engine.db.selectFrom('enrolments').select('id').where('customer_id', '=', 'twice').execute(),
  ).toHaveLength(1);
});

test('events out of order: a gap is pulled and closed, old ones again change nothing', async () => {
  await engine.customer('gap');
  await engine.event('gap', 'inquiry-received', inquiry('i-2'));
  const { id } = await isAt('gap', 'our-answer');
  const handle = temporal.client.workflow.getHandle(workflowIdOf('enrolment', id));
  // In the database, and not told by the pump: as if its calls had been lost.
  await engine.db.transaction().execute(async (tx) => {
    await tx.updateTable('enrolments').set({ delivered: 2 }).where('id', '=', id).execute();
    for (const [number, event, data] of [
      [1, 'we-answered', { by: 'person' }],
      [2, 'offer-taken', { offerId: 'o-1' }],
    ] as const) {
      const body = JSON.stringify({ kind: 'event', event, id: `v-${String(number)}`, data });
      await tx
        .insertInto('deliveries')
        .values({ enrolment_id: id, number, kind: 'event', body, event_id: null, at: new Date(engine.clock.now()) })
        .execute();
    }
  });
  const { deliveries } = await deliveriesAfter(engine.db, id, 0);
  const [first, second] = deliveries;
  if (!first || !second) throw new Error('two were written');
  // The second comes first. It may not be taken before the first, which the run has to fetch.
  await handle.signal(delivered, { upTo: 2, deliveries: [second] });
  await handle.signal(delivered, { upTo: 1, deliveries: [first] });
  await handle.signal(delivered, { upTo: 2, deliveries: [first, second] }).catch(() => undefined);
  const run = await until('the end', async () => {
    const row = await runOf('gap');
    return row.state === 'ended' ? row : null;
  });
  expect(run).toMatchObject({ outcome: 'done', heard: 2 });
});

test('old deliveries again, to a run that waits: nothing changes', async () => {
  await engine.customer('old');
  await engine.event('old', 'inquiry-received', inquiry('i-3'));
  const { id } = await isAt('old', 'our-answer');
  await engine.event('old', 'we-answered', { by: 'person' });
  await isAt('old', 'their-word');
  const handle = temporal.client.workflow.getHandle(workflowIdOf('enrolment', id));
  const before = await handle.query(stateQuery);
  const again = await deliveriesAfter(engine.db, id, 0);
  for (let n = 0; n < 5; n += 1) await handle.signal(delivered, again);
  // Signals are taken before a query that comes after them is answered.
  expect(await handle.query(stateQuery)).toEqual(before);
  expect(await runOf('old')).toMatchObject({ step: 'their-word', heard: 1, delivered: 1 });
});

test('an event that comes before the workflow of its run exists is not lost, nor is its order', async () => {
  await engine.customer('early');
  await engine.pause();
  await engine.event('early', 'inquiry-received', inquiry('i-4'));
  await engine.event('early', 'we-answered', { by: 'person' });
  await engine.event('early', 'offer-taken', { offerId: 'o-2' });
  const waiting = await runOf('early');
  expect(waiting).toMatchObject({ delivered: 2, heard: 0, parked_at: null });
  const description = temporal.client.workflow.getHandle(workflowIdOf('enrolment', waiting.id)).describe();
  await expect(description).rejects.toThrow(/not found/i);
  await engine.addWorker();
  const run = await until('the end', async () => {
    const row = await runOf('early');
    return row.state === 'ended' ? row : null;
  });
  expect(run).toMatchObject({ outcome: 'done', heard: 2 });
  expect(mailsTo('early')).toBe(1);
});

test('an event after the run ended is kept as an event, delivered to nobody, and starts nothing again', async () => {
  await engine.customer('late');
  await engine.event('late', 'inquiry-received', inquiry('i-5'));
  const { id } = await isAt('late', 'our-answer');
  await engine.event('late', 'we-answered', { by: 'person' });
  await engine.event('late', 'offer-taken', { offerId: 'o-3' });
  await until('the end', async () => (await runOf('late')).state === 'ended');
  const handle = temporal.client.workflow.getHandle(workflowIdOf('enrolment', id));
  await until('the workflow is over', async () => (await handle.describe()).status.name === 'COMPLETED');
  await engine.event('late', 'offer-taken', { offerId: 'o-4' }, 'too late');
  await engine.event('late', 'inquiry-received', inquiry('i-5'), 'asked again');
  await called();
  expect(await runOf('late')).toMatchObject({ state: 'ended', outcome: 'done', delivered: 2, heard: 2 });
  expect((await handle.describe()).status.name).toBe('COMPLETED');
  expect(mailsTo('late')).toBe(1);
  const kept = await engine.db
    .selectFrom('events')
    .select('id')
    .where('idempotency_key', 'in', ['too late', 'asked again'])
    .execute();
  expect(kept).toHaveLength(2);
  // A call that was left over finds the run's end, and goes.
  await engine.db
    .insertInto('outbox')
    .values({
      workflow_id: workflowIdOf('enrolment', id),
      kind: 'enrolment',
      ref: id,
      due_at: new Date(engine.clock.now()),
    })
    .execute();
  await called();
  expect((await handle.describe()).status.name).toBe('COMPLETED');
});
