import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defineSearchAttributeKey } from '@temporalio/common';
import { packageRoot } from '../../cli/dev/folders.ts';
import { loadProject, type LoadedProject } from '../../cli/load-project.ts';
import type { Journey } from '../../core/journey/table.ts';
import type { Template } from '../../core/journey/template.ts';
import { beginMove } from '../../store/moves/begin.ts';
import { correct } from '../../store/moves/correct.ts';
import { tellNextPage } from '../../store/moves/page.ts';
import { getMove } from '../../store/moves/tally.ts';
import { notifyPump } from '../../store/outbox.ts';
import type { Others } from '../../store/moves/would-orphan.ts';
import { publish } from '../../store/publish.ts';
import { stateQuery } from '../../workflows/messages.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { sharedServer } from '../servers/temporal.ts';
import { startEngine, until, type Engine } from './engine.ts';
import { listen, smallJourney, word } from './small-journey.ts';
import { killedProcesses, workerOf, type KilledProcesses } from './worker-process.ts';

const byVersion = defineSearchAttributeKey(searchAttributes.version, 'KEYWORD');
const [sleepers, keepers] = [300, 10];
const v1 = smallJourney('nudged', 'remind', {
  remind: listen('10 days', { 'offer-ready': 'second', 'offer-taken': 'reminder', silence: 'end:silent' }),
  second: listen('10 days', { 'offer-taken': 'reminder', silence: 'end:silent' }),
  reminder: word('end:done', { say: 'reminder' }),
});
/** Without the step at which they sleep, and without its template. */
const v2 = smallJourney('nudged', 'chase', {
  chase: word('waiting', { say: 'chase-up' }),
  waiting: listen('10 days', { 'customer-replied': 'end:replied', silence: 'end:silent' }),
});
const said = (name: string, body: string): Template => ({
  name,
  locale: 'en',
  purpose: 'service',
  assumes: [],
  needs: [],
  channels: { email: { subject: name } },
  body,
});

let engine: Engine;
let samples: LoadedProject;
let env: Awaited<ReturnType<typeof sharedServer>>;
let processes: KilledProcesses;
beforeAll(async () => {
  const made = killedProcesses();
  env = await sharedServer();
  engine = await startEngine({ journeys: [] });
  samples = await loadProject(`${packageRoot}/journeys`);
  processes = await made;
});
afterAll(async () => {
  await engine.stop();
  await env.teardown();
  processes.remove();
});

const put = (definition: Journey, template: Template, others?: Others) =>
  publish(engine.db, {
    words: samples.words,
    policy: samples.policy,
    templates: [template],
    journeys: [{ definition, ...(others ? { others } : {}) }],
    by: 'a test',
    now: engine.clock.now(),
  });

const standAt = async (step: string, version: number): Promise<number> => {
  const rows = await engine.db
    .selectFrom('enrolments')
    .select('id')
    .where('step', '=', step)
    .where('version', '=', version)
    .where('waiting_for', 'is not', null)
    .execute();
  return rows.length;
};
const mailsTo = (customer: string): string[] =>
  engine.inbox.mails.flatMap((mail) =>
    JSON.stringify(mail.to).includes(`"${customer}@`) ? [mail.text?.trim() ?? ''] : [],
  );

test('300 asleep at a step that is gone: publishing refuses, a move killed halfway moves all of them, nobody twice, and who stays gets the words of the first version', async () => {
  await put(v1, said('reminder', 'We remind yuo.'));
  const people = Array.from({ length: sleepers + keepers }, (_, n) => `c${String(n)}`);
  const kept = people.slice(0, keepers);
  for (const id of people) {
    await engine.customer(id);
    await engine.event(id, 'inquiry-received', { inquiryId: id, topic: 'billing', urgent: false });
  }
  for (const id of kept) await engine.event(id, 'offer-ready', { offerId: id, percent: 5, kind: 'spring' });
  await until(
    'all are asleep',
    async () => (await standAt('remind', 1)) === sleepers && (await standAt('second', 1)) === keepers,
    90_000,
  );

  expect(await put(v2, said('chase-up', 'We chase you.'))).toMatchObject({
    refused: 'would-orphan',
    customers: sleepers + keepers,
    steps: [
      { step: 'remind', customers: sleepers },
      { step: 'second', customers: keepers },
    ],
  });
  expect(await put(v2, said('chase-up', 'We chase you.'), { keep: true })).toMatchObject({
    published: [{ version: 2 }],
  });

  // The worker is killed while the first half moves, and so is whoever tells the pages.
  await engine.pause();
  const worker = processes.start(workerOf(engine));
  await until('it is ready', () => worker.heard.length > 0, 60_000);
  const begun = await beginMove(engine.db, {
    journey: 'nudged',
    from: 1,
    to: 2,
    map: { remind: 'chase' },
    steps: null,
    by: 'ana',
    now: engine.clock.now(),
  });
  if ('refused' in begun) throw new Error(begun.refused);
  const tell = async () => {
    const page = await tellNextPage(engine.db, { id: begun.id, limit: 50, now: engine.clock.now() });
    await notifyPump(engine.db);
    return page;
  };
  for (const told of [50, 50, 50]) expect(await tell()).toEqual({ told, done: false });
  await until('some have moved', async () => ((await getMove(engine.db, begun.id))?.moved ?? 0) >= 40, 60_000);
  await worker.kill();
  const halfway = await getMove(engine.db, begun.id);
  expect(halfway?.state).toBe('going');
  expect(halfway?.moved).toBeLessThan(151);

  await engine.addWorker();
  for (let page = await tell(); page && !page.done;) page = await tell();
  const over = await until(
    'everybody has been asked',
    async () => {
      const move = await getMove(engine.db, begun.id);
      return move?.told === 0 ? move : null;
    },
    120_000,
  );
  expect(over).toMatchObject({
    state: 'done',
    moved: sleepers,
    ended: 0,
    stayed: [{ because: "Its step 'second' is not there any more.", customers: keepers }],
  });
  await until('they wait where they were moved to', async () => (await standAt('waiting', 2)) === sleepers, 120_000);
  const touches = await engine.db
    .selectFrom('touches')
    .select(['customer_id', 'step', 'visit', 'version', 'state'])
    .execute();
  expect(touches).toHaveLength(sleepers);
  expect(touches.filter(({ step, visit, version }) => step !== 'chase' || visit !== 1 || version !== 2)).toEqual([]);
  for (const { customer_id, state } of touches) {
    const mails = mailsTo(customer_id);
    // What the killed worker was just sending may have gone out, and is never sent again.
    if (state === 'unknown') expect([customer_id, mails.length <= 1]).toEqual([customer_id, true]);
    else expect([customer_id, state, mails]).toEqual([customer_id, 'sent', ['We chase you.']]);
  }

  const { id } = await engine.db
    .selectFrom('enrolments')
    .select('id')
    .where('customer_id', '=', 'c299')
    .executeTakeFirstOrThrow();
  const handle = env.client.workflow.getHandle(`run:${id}`);
  expect(await handle.query(stateQuery)).toMatchObject({
    step: 'waiting',
    heard: 1,
    visits: { remind: 1, chase: 1, waiting: 1 },
  });
  await until(
    'it is found by its version',
    async () => (await handle.describe()).typedSearchAttributes.get(byVersion) === '2',
  );

  // Only their wording is mended: they are where they were, on the version they began with.
  const mended = await correct(engine.db, {
    journey: 'nudged',
    version: 1,
    template: said('reminder', 'We remind you.'),
    why: 'a slip of the pen',
    by: 'ana',
    now: engine.clock.now(),
  });
  expect(mended).toMatchObject({ corrected: true, customers: keepers });
  for (const customer of kept) await engine.event(customer, 'offer-taken', { offerId: customer });
  await until('they have their word', () => kept.every((customer) => mailsTo(customer).length > 0), 30_000);
  expect(kept.map(mailsTo)).toEqual(kept.map(() => ['We remind you.']));
}, 400_000);
