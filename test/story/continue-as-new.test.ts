import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Journey } from '../../core/journey/table.ts';
import { stateQuery } from '../../workflows/messages.ts';
import { sharedServer } from '../servers/temporal.ts';
import { startEngine, until, type Engine } from './engine.ts';

/** Listens again after each event, for ever. */
const listener: Journey = {
  format: 1,
  name: 'listener',
  team: 'care',
  entry: { event: 'inquiry-received', oncePer: 'inquiryId' },
  exits: { 'inquiry-closed': 'closed' },
  start: 'listening',
  anyTime: {},
  steps: {
    listening: {
      kind: 'listen',
      until: '1 day',
      next: 'end:finished',
      goes: { 'offer-taken': 'listening', silence: 'end:finished' },
    },
    'end:finished': { kind: 'end', as: 'finished', next: null },
  },
  expect: [],
};
let engine: Engine;
let env: Awaited<ReturnType<typeof sharedServer>>;
beforeAll(async () => {
  env = await sharedServer();
  engine = await startEngine({ journeys: [listener] });
});
afterAll(async () => {
  await engine.stop();
  await env.teardown();
});

test('a run that has heard much continues as new while events arrive, and hears each of them once', async () => {
  const events = 150;
  await engine.customer('ana');
  await engine.event('ana', 'inquiry-received', { inquiryId: 'i-1', topic: 'billing', urgent: false });
  const { id } = await until('started', () => engine.db.selectFrom('enrolments').select('id').executeTakeFirst());
  const first = await until('in Temporal', () =>
    env.client.workflow
      .getHandle(`run:${id}`)
      .describe()
      .catch(() => null),
  );
  // In small waves, so that the run parks, and continues as new, between and during them.
  for (let sent = 0; sent < events; sent += 3) {
    await Promise.all([0, 1, 2].map((n) => engine.event('ana', 'offer-taken', { offerId: `o-${String(sent + n)}` })));
    await until('heard', async () => {
      const run = await engine.db.selectFrom('enrolments').select('heard').where('id', '=', id).executeTakeFirst();
      return run !== undefined && run.heard >= sent;
    });
  }
  await until('all heard', async () => {
    const run = await engine.db.selectFrom('enrolments').select('heard').where('id', '=', id).executeTakeFirst();
    return run?.heard === events;
  });
  const handle = env.client.workflow.getHandle(`run:${id}`);
  const state = await handle.query(stateQuery);
  expect(state.heard).toBe(events);
  expect(state.visits['listening']).toBe(events + 1);
  expect((await handle.describe()).runId).not.toBe(first.runId);
  await engine.event('ana', 'inquiry-closed', { inquiryId: 'i-1' });
  expect(await handle.result()).toEqual({ as: 'closed' });
}, 90_000);
