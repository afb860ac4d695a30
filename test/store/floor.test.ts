import { describe, expect, it } from '@jest/globals';
import { createBudgets } from '../../store/budget/index.ts';
import { giveSilent } from '../../store/floor/give-silent.ts';
import { recordSent } from '../../store/touch-messages.ts';
import { tellSoftCap } from '../../store/soft-caps.ts';
import { takeInbound } from '../../store/take-reply.ts';
import { askOf, policyOf } from './budget/fixtures.ts';
import { ownDb } from './own-db.ts';
import { customer, desk, hour, journey, mail, noon, publishAll, run, take, event } from './setting.ts';

const db = await ownDb();
await publishAll(db, journey('inquiry', ['customer-replied']));
const clock = { at: noon, now: (): number => clock.at };
const budgets = createBudgets(db, { clock, onFreed: () => undefined });
const policy = policyOf();

/** A customer whose run hears what they write, and says nothing. */
async function writes(id: string, at = noon): Promise<string> {
  await customer(db, id);
  const enrolment = await run(db, id, `${id}-inquiry`);
  const taken = await takeInbound(db, mail(id, { at }), { now: at, desk });
  expect(taken).toMatchObject({ route: { to: 'enrolment', enrolmentId: enrolment }, taskId: null });
  return enrolment;
}
const look = (now: number): Promise<string[]> => giveSilent(db, { now, limit: 100, desk: () => Promise.resolve(desk) });
const tasksOf = (id: string) =>
  db
    .selectFrom('tasks')
    .innerJoin('task_reasons', 'task_reasons.task_id', 'tasks.id')
    .select(['tasks.team', 'task_reasons.because'])
    .where('tasks.customer_id', '=', id)
    .execute();

/** A touch to them that was handed over, with its words. */
async function goesOut(
  id: string,
  touchId: string,
  purpose: string,
  as: 'sent' | 'unknown',
  at: number,
): Promise<void> {
  clock.at = at;
  const consent = [{ channel: 'email', purpose, granted: true }];
  await db
    .updateTable('budgets')
    .set({ gates: JSON.stringify({ zone: 'Europe/Berlin', consents: consent }) })
    .where('customer_id', '=', id)
    .execute();
  expect(await budgets.reserve(askOf(touchId, id, { policy, purpose, firstAskedAt: at }))).toMatchObject({
    is: 'reserved',
  });
  expect(await budgets.fence(touchId, { attempt: 'a', seen: 0, policy })).toMatchObject({ fenced: true });
  const sent = { is: 'sent', providerId: `<${touchId}>`, at } as const;
  await budgets.settle(touchId, 'a', as === 'sent' ? sent : { is: 'unknown', code: 'timeout' });
  const touch = {
    id: touchId,
    customerId: id,
    channel: 'email',
    address: `${id}@example.com`,
    taskId: null,
    enrolmentId: null,
  } as const;
  const rest = {
    journey: null,
    version: null,
    purpose,
    template: null,
    madeBy: 'tech',
    state: as,
    sendingAt: at,
  } as const;
  await recordSent(db, { ...touch, ...rest }, { subject: null, text: 'Hello' }, null, at);
}

describe('Somebody who wrote and hears nothing', () => {
  it('gets a person when maxSilence is over, not a millisecond before, and once', async () => {
    await writes('ana');
    expect(await look(noon + 4 * hour - 1)).toEqual([]);
    expect(await look(noon + 4 * hour)).toEqual(['ana']);
    expect(await tasksOf('ana')).toEqual([
      {
        team: 'care',
        because: 'They wrote to us on Mon 2 Mar 2026 13:00 (Europe/Berlin) and have heard nothing since',
      },
    ]);
    expect(await look(noon + 9 * hour)).toEqual([]);
  });
  it('gets one although it was the budget that silenced us, with its reason', async () => {
    await writes('ben');
    clock.at = noon;
    const refused = await budgets.reserve(
      askOf('ben/answer', 'ben', { policy, purpose: 'relationship', firstAskedAt: noon }),
    );
    expect(refused).toMatchObject({ is: 'dropped', because: 'consent' });
    const service = askOf('ben/late', 'ben', {
      policy: policyOf({ windows: [{ name: 'a week', atMost: 0, in: '7 days' }] }),
      purpose: 'service',
      firstAskedAt: noon,
    });
    expect(await budgets.reserve(service)).toMatchObject({ is: 'dropped', because: 'windows' });
    expect(await look(noon + 4 * hour)).toEqual(['ben']);
    expect((await tasksOf('ben'))[0]?.because).toContain("and have heard nothing since. Not sent: budget 'a week'");
  });
  it('gets one although an advertisement went out, and although an answer may have arrived', async () => {
    await writes('cem');
    await goesOut('cem', 'cem/offer', 'marketing', 'sent', noon + hour);
    await writes('dee');
    await goesOut('dee', 'dee/answer', 'service', 'unknown', noon + hour);
    expect((await look(noon + 4 * hour)).sort()).toEqual(['cem', 'dee']);
  });
});

describe('Somebody who came to us by an event after which they wait, and hears nothing', () => {
  const comes = async (id: string, at = noon): Promise<unknown> => {
    await customer(db, id);
    return take(db, event(id, 'form-sent', { at, now: at }));
  };
  it('gets a person when maxSilence is over and not before, however often somebody looks', async () => {
    await comes('jon');
    for (const at of [noon, noon + hour, noon + 4 * hour - 1]) expect(await look(at)).toEqual([]);
    expect(await look(noon + 4 * hour)).toEqual(['jon']);
    expect(await tasksOf('jon')).toEqual([
      {
        team: 'front',
        because: 'They came to us (form-sent) on Mon 2 Mar 2026 13:00 (Europe/Berlin) and have heard nothing since',
      },
    ]);
    expect(await look(noon + 9 * hour)).toEqual([]);
  });
  it('gets none if a service went out, and the time of what came first if they wrote as well', async () => {
    await comes('kim');
    await goesOut('kim', 'kim/answer', 'service', 'sent', noon + hour);
    await comes('lee');
    await takeInbound(db, mail('lee', { at: noon + 2 * hour }), { now: noon + 2 * hour, desk });
    expect(await look(noon + 4 * hour)).toEqual([]);
  });
  it('waits after no event that the policy does not name, and not for what they told us once it is answered', async () => {
    await customer(db, 'mia');
    await take(db, event('mia', 'newsletter-read', { at: noon, now: noon }));
    expect(await db.selectFrom('silences').select('since').where('customer_id', '=', 'mia').execute()).toEqual([]);
    await comes('ned');
    await take(db, event('ned', 'we-answered', { data: { by: 'person' }, at: noon + hour, now: noon + hour }));
    await take(db, event('ned', 'form-sent', { at: noon + 2 * hour, now: noon + 2 * hour }));
    expect(await look(noon + 4 * hour)).toEqual([]);
    expect(await look(noon + 6 * hour)).toEqual(['ned']);
  });
});

describe('Somebody who wrote and was heard', () => {
  it('by a message of ours, or elsewhere as our own systems say, needs nobody', async () => {
    await writes('eva');
    await goesOut('eva', 'eva/answer', 'service', 'sent', noon + hour);
    await writes('fay');
    await take(db, event('fay', 'we-answered', { data: { by: 'person' }, at: noon + hour, now: noon + hour }));
    expect(await look(noon + 4 * hour)).toEqual([]);
  });
  it('and wrote again has the time of the second message', async () => {
    await writes('gil');
    await goesOut('gil', 'gil/answer', 'service', 'sent', noon + hour);
    await takeInbound(db, mail('gil', { at: noon + 2 * hour }), { now: noon + 2 * hour, desk });
    expect(await look(noon + 4 * hour)).toEqual([]);
    expect(await look(noon + 6 * hour - 1)).toEqual([]);
    expect(await look(noon + 6 * hour)).toEqual(['gil']);
  });
});

describe('A reply of one word', () => {
  it('that asks for less holds at once, and somebody hears of it', async () => {
    await writes('ina');
    await takeInbound(db, mail('ina', { text: 'Less, please', at: noon + hour }), { now: noon + hour, desk });
    const { gates } = await db
      .selectFrom('budgets')
      .select('gates')
      .where('customer_id', '=', 'ina')
      .executeTakeFirstOrThrow();
    expect(gates.own).toEqual({ less: { atMost: 1, in: '30 days', until: noon + hour + 90 * 24 * hour } });
    expect(await db.selectFrom('own_limits').select(['source', 'actor']).execute()).toEqual([
      { source: 'reply', actor: 'customer' },
    ]);
  });
});

describe('A soft cap that is passed', () => {
  it("is told to the policy's team once for a customer and window in its span", async () => {
    await customer(db, 'hal');
    const passed = (window: string, now: number) =>
      tellSoftCap(db, desk, {
        customerId: 'hal',
        team: 'care',
        window,
        spanMs: 7 * 24 * hour,
        because: `${window} is passed`,
        now,
      });
    expect(await passed('services a week', noon)).toBe(true);
    expect(await passed('services a week', noon + hour)).toBe(false);
    expect(await passed('services a month', noon + hour)).toBe(true);
    expect(await passed('services a week', noon + 7 * 24 * hour)).toBe(true);
    expect((await tasksOf('hal')).map(({ because }) => because)).toEqual(
      expect.arrayContaining(['services a week is passed', 'services a month is passed']),
    );
    expect(await tasksOf('hal')).toHaveLength(3);
  });
});
