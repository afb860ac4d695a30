/** Warm introductions, with a real worker and real mail: they take their place in the budget, and what the budget refuses is told by `why`. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { approveFragment, sayFragment } from '../../store/agents/fragments.ts';
import { putAgent } from '../../store/agents/agents.ts';
import { whyCustomer } from '../../store/budget/index.ts';
import { openDefaultTaskFor } from '../../store/default-task.ts';
import { deskOf } from '../../store/desk.ts';
import { setGuards } from '../../store/guards.ts';
import { introduce } from '../../store/introductions/introduce.ts';
import { introductionsOf } from '../../store/introductions/row.ts';
import { callWorkflows, notifyPump } from '../../store/outbox.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { releaseTask } from '../../store/tasks/release.ts';
import { startEngine, until, type Engine } from './engine.ts';

let engine: Engine;
const photos = new Map<string, string>();
beforeAll(async () => {
  engine = await startEngine({ publicUrl: 'https://touch.example.com' });
  const now = engine.clock.now();
  for (const name of ['ana', 'ben']) {
    const said = { languages: ['en'], skills: [], interests: [], sharesInterests: false, hours: null, zone: null };
    await putAgent(engine.db, { name, ...said, teams: ['care'], capacity: 5 }, now);
    const text = { mediaType: 'text/plain; charset=utf-8' };
    await sayFragment(engine.db, name, { fragment: 'name', ...text, content: Buffer.from(`${name} & co`) }, now);
    const photo = { fragment: 'photo', mediaType: 'image/png', content: Buffer.from('89504e47', 'hex') } as const;
    photos.set(name, await sayFragment(engine.db, name, photo, now));
    for (const fragment of ['name', 'photo'] as const) await approveFragment(engine.db, name, fragment, now);
  }
});
afterAll(() => engine.stop());

async function task(customer: string, wants: readonly string[] = ['service']): Promise<string> {
  await engine.customer(customer, { wants });
  const desk = await deskOf(engine.db, 'care');
  const asked = {
    customerId: customer,
    team: 'care',
    reasonId: customer,
    because: 'They wrote',
    now: engine.clock.now(),
  };
  const opened = await openDefaultTaskFor(engine.db, desk, asked);
  await notifyPump(engine.db);
  return 'taskId' in opened ? opened.taskId : '';
}
const claim = async (id: string, by: string): Promise<void> => {
  const now = engine.clock.now();
  const { addSpan } = await deskOf(engine.db, 'care');
  await claimTask(engine.db, { id, by, now, holdUntil: now + 3_600_000, addSpan });
  await notifyPump(engine.db);
};
const ask = async (id: string, agent: string, inHours: number | null = 4): Promise<void> => {
  const now = engine.clock.now();
  await introduce(engine.db, { id, agent, whenAt: inHours === null ? null : now + inHours * 3_600_000, now });
  await notifyPump(engine.db);
};
const mailsTo = (customer: string) =>
  engine.inbox.mails.filter((mail) => JSON.stringify(mail.to).includes(`${customer}@`));
const settled = (id: string, agent: string, state: string) =>
  until(`${agent} is ${state}`, async () =>
    (await introductionsOf(engine.db, { taskId: id })).find((each) => each.agent === agent && each.state === state),
  );

test('an introduction goes out with a face and a card, and costs what a touch costs; another person is one correction', async () => {
  const id = await task('cleo');
  await claim(id, 'ana');
  await ask(id, 'ana');
  const mail = await until('the introduction', () => mailsTo('cleo')[0]);
  expect(mail.subject).toBe('ana & co will be in touch');
  expect(mail.text).toMatch(/^Hello Ana,\s+ana & co will be in touch with you on Tuesday, 24 November, 14:\d\d\.$/m);
  expect(mail.html).toContain(
    `<img src="https://touch.example.com/people/${photos.get('ana') ?? ''}" alt="ana &amp; co"`,
  );
  const [introduction] = await introductionsOf(engine.db, { taskId: id });
  expect(mail.html).toContain(`https://touch.example.com/cards/${introduction?.card ?? ''}`);
  const sent = await until('it is settled', async () =>
    (await whyCustomer(engine.db, 'cleo')).find(
      ({ template, state }) => template === 'introduction' && state === 'sent',
    ),
  );
  expect(sent).toMatchObject({ cost: 1, channel: 'email', madeBy: 'tech', purpose: 'service' });

  const { addSpan } = await deskOf(engine.db, 'care');
  await releaseTask(engine.db, { id, by: 'ana', now: engine.clock.now(), addSpan });
  await claim(id, 'ben');
  // The policy keeps services an hour apart: the correction waits for its place as any touch does.
  const waiting = await settled(id, 'ben', 'waiting');
  expect(waiting).toMatchObject({ kind: 'correction', insteadOf: 'ana' });
  expect((await whyCustomer(engine.db, 'cleo'))[0]).toMatchObject({ template: 'introduction', state: 'deferred' });
});

test('without consent nobody is introduced, and why says so', async () => {
  const id = await task('dora', []);
  await ask(id, 'ana');
  expect((await settled(id, 'ana', 'none')).because).toBe('consent');
  expect((await whyCustomer(engine.db, 'dora'))[0]?.says).toContain('no consent to service by email');
  expect(mailsTo('dora')).toEqual([]);
});

test('a guard that is set while it waits keeps it from going out', async () => {
  const id = await task('emil');
  await ask(id, 'ana');
  await until('the first', () => mailsTo('emil')[0]);
  await claim(id, 'ben');
  await settled(id, 'ben', 'waiting');
  const now = engine.clock.now();
  const guard = {
    fact: 'bereavement',
    contradicts: ['celebratory'],
    reason: 'told us',
    actor: 'ben',
    reviewAt: now + 1e9,
    now,
  };
  await setGuards(engine.db, ['emil'], guard);
  // Its place comes free an hour later; here at once.
  await engine.db
    .updateTable('introductions')
    .set({ ask_at: new Date(now) })
    .where('task_id', '=', id)
    .where('agent', '=', 'ben')
    .execute();
  await engine.db.transaction().execute((tx) => callWorkflows(tx, [{ kind: 'task', ref: id }], now));
  await notifyPump(engine.db);
  expect((await settled(id, 'ben', 'none')).because).toBe('a guard holds: bereavement');
  expect(mailsTo('emil')).toHaveLength(1);
});
