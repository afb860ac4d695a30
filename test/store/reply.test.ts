import { beforeAll, describe, expect, it } from '@jest/globals';
import { suppressionsOf } from '../../store/consents.ts';
import { getCustomer } from '../../store/customers.ts';
import { deliveriesAfter } from '../../store/deliveries.ts';
import { endEnrolment } from '../../store/end-enrolment.ts';
import { takeInbound, type InboundMessage, type InboundTaken } from '../../store/take-reply.ts';
import { claimTask } from '../../store/tasks/claim.ts';
import { getTask } from '../../store/tasks/get.ts';
import { listTasks } from '../../store/tasks/list.ts';
import { openTask } from '../../store/tasks/open.ts';
import { snoozeTask } from '../../store/tasks/snooze.ts';
import { ownDb } from './own-db.ts';
import { addSpan, customer, desk, event, hour, journey, mail, noon, opened, publishAll, run, take } from './setting.ts';

const db = await ownDb();
beforeAll(async () => {
  const other = { event: 'offered', oncePer: 'customer' };
  await publishAll(
    db,
    journey('inquiry', ['we-answered', 'customer-replied']),
    journey('offer', ['customer-replied'], { entry: other }),
  );
});

const inbound = (message: InboundMessage, now = noon): Promise<InboundTaken> => takeInbound(db, message, { now, desk });
const heardBy = async (enrolmentId: string) =>
  (await deliveriesAfter(db, enrolmentId, 0)).deliveries.map(({ body }) =>
    body.kind === 'event' ? [body.event, body.unattributed ?? false] : body.kind,
  );
const newOf = (taken: InboundTaken) => {
  if (taken.taken !== 'new') throw new Error(taken.taken);
  return taken;
};
const sent = (customerId: string, key: string, enrolmentId: string) =>
  db
    .insertInto('messages')
    .values({
      customer_id: customerId,
      id: `out-${key}`,
      direction: 'out',
      kind: 'message',
      channel: 'email',
      author: 'tech',
      body: 'Hi',
      address: `${customerId}@example.com`,
      touch_id: `${enrolmentId}/s/1`,
      enrolment_id: enrolmentId,
      provider_key: key,
      at: new Date(noon),
    })
    .execute();

describe('taking a reply in', () => {
  it('gives it to the newest run that listens; the others hear of it and stop nudging', async () => {
    const who = await customer(db, 'anna');
    const older = await run(db, who, 'i1');
    const newer = (await take(db, event(who, 'offered', { now: noon + hour }))).started[0]!.enrolmentId;
    const taken = newOf(await inbound(mail(who)));
    expect(taken.route).toMatchObject({ to: 'enrolment', enrolmentId: newer, others: [older] });
    expect(await heardBy(newer)).toEqual([['customer-replied', false]]);
    expect(await heardBy(older)).toEqual([['customer-replied', true]]);
    expect(await getCustomer(db, who)).toMatchObject({ wroteOn: 'email', wroteAt: noon });
    const { gates } = await db
      .selectFrom('budgets')
      .select('gates')
      .where('customer_id', '=', who)
      .executeTakeFirstOrThrow();
    expect(gates.inboundOpen).toEqual([{ channel: 'email', until: expect.any(Number) }]);
  });

  it('follows what it cites, even from an address nobody knows', async () => {
    const who = await customer(db, 'bert');
    const older = await run(db, who, 'i2');
    await take(db, event(who, 'offered', { now: noon + hour }));
    await sent(who, '<ours-1@example.com>', older);
    const taken = newOf(await inbound(mail('private', { inReplyTo: '<ours-1@example.com>' })));
    expect(taken).toMatchObject({
      customerId: who,
      route: { to: 'enrolment', enrolmentId: older, because: 'answers-touch' },
    });
  });

  it('is taken once', async () => {
    const who = await customer(db, 'carl');
    const id = await run(db, who, 'i3');
    const message = mail(who);
    expect((await inbound(message)).taken).toBe('new');
    expect(await inbound(message)).toEqual({ taken: 'again' });
    expect((await heardBy(id)).length).toBe(1);
  });

  it('joins the open task of whoever has the conversation, and wakes one that sleeps', async () => {
    const who = await customer(db, 'dora');
    const enrolment = await run(db, who, 'i4');
    const task = await opened(db, who, { enrolmentId: enrolment });
    await claimTask(db, { id: task, by: 'ana', now: noon, holdUntil: noon + hour, addSpan });
    expect(newOf(await inbound(mail(who)))).toMatchObject({ taskId: task, route: { to: 'task', taskId: task } });
    expect(await getTask(db, task)).toMatchObject({ state: 'claimed', claimedBy: 'ana' });
    expect(await heardBy(enrolment)).toEqual([['customer-replied', true]]);
    await snoozeTask(db, { id: task, by: 'ana', now: noon, until: noon + 24 * hour });
    await inbound(mail(who));
    // It wakes for whoever had put it aside.
    expect(await getTask(db, task)).toMatchObject({ state: 'claimed', claimedBy: 'ana' });
  });

  it('opens a task when no journey listens', async () => {
    const who = await customer(db, 'emil');
    const { taskId } = newOf(await inbound(mail(who)));
    expect(await getTask(db, taskId!)).toMatchObject({
      team: 'front',
      ladder: [{ team: 'leads', person: null, within: null }],
      reasons: [{ outcomes: ['answered', 'no answer needed'] }],
    });
  });

  it('keeps automatic answers and bounces, which are no replies', async () => {
    const who = await customer(db, 'fritz');
    const id = await run(db, who, 'i5');
    for (const kind of ['auto-reply', 'bounce'] as const)
      expect(newOf(await inbound(mail(who, { kind }))).route).toEqual({ to: 'nobody', because: kind });
    expect(await heardBy(id)).toEqual([]);
    expect((await getCustomer(db, who))?.wroteOn).toBeNull();
    expect(await db.selectFrom('messages').select('kind').where('customer_id', '=', who).execute()).toHaveLength(2);
  });

  it('takes STOP as the end of what we may send to this address, whoever has it, and as nothing else', async () => {
    const first = await customer(db, 'gerda');
    const second = await customer(db, 'gert');
    await db
      .insertInto('addresses')
      .values({ customer_id: second, channel: 'email', address: 'gerda@example.com', created_at: new Date(noon) })
      .execute();
    const taken = newOf(await inbound(mail('gerda', { kind: 'stop', text: 'STOP' })));
    expect(taken.route).toEqual({ to: 'nobody', because: 'stop' });
    for (const id of [first, second]) {
      expect(await suppressionsOf(db, id)).toMatchObject([{ channel: 'email', actor: 'customer' }]);
      const { gates } = await db
        .selectFrom('budgets')
        .select('gates')
        .where('customer_id', '=', id)
        .executeTakeFirstOrThrow();
      expect(gates.suppressions).toMatchObject([{ channel: 'email', at: noon }]);
    }
  });

  it('does not lose a sender nobody knows', async () => {
    const message = mail('stranger');
    expect(await inbound(message)).toEqual({ taken: 'unmatched' });
    expect(await inbound(message)).toEqual({ taken: 'again' });
    expect(await db.selectFrom('unmatched_messages').select('sender').execute()).toEqual([
      { sender: 'stranger@example.com' },
    ]);
  });

  it('and a silence that ends at the same moment: a task or the reply branch, never both, never neither, 200 times', async () => {
    const seen = { task: 0, reply: 0 };
    for (let n = 0; n < 200; n += 1) {
      const who = await customer(db, `race-${String(n)}`);
      const enrolmentId = await run(db, who, `race-${String(n)}`);
      const ask = () =>
        openTask(db, {
          customerId: who,
          team: 'care',
          reasonId: `${enrolmentId}/s/1`,
          enrolmentId,
          journey: 'inquiry',
          step: 's',
          because: 'silence',
          within: '4 hours',
          outcomes: ['answered'],
          seen: 0,
          now: noon,
          addSpan,
        });
      const [reply, task] = (await Promise.all(
        n % 2 === 0 ? [inbound(mail(who)), ask()] : [ask(), inbound(mail(who))].reverse(),
      )) as [InboundTaken, Awaited<ReturnType<typeof openTask>>];
      const { route } = newOf(reply);
      const tasks = await listTasks(db, { customerId: who });
      if (task.is === 'opened') {
        seen.task += 1;
        expect(route).toMatchObject({ to: 'task', taskId: task.taskId });
        expect(await heardBy(enrolmentId)).toEqual([['customer-replied', true]]);
        expect(tasks).toHaveLength(1);
      } else {
        seen.reply += 1;
        expect(route).toMatchObject({ to: 'enrolment', enrolmentId });
        expect(await heardBy(enrolmentId)).toEqual([['customer-replied', false]]);
        expect(tasks).toEqual([]);
      }
    }
    expect(seen.task + seen.reply).toBe(200);
  }, 90_000);
});

describe('the end of a run', () => {
  it('is put off when something came that it had not heard', async () => {
    const who = await customer(db, 'hanna');
    const id = await run(db, who, 'i6');
    await inbound(mail(who));
    expect(await endEnrolment(db, { id, as: 'finished', seen: 0, fenced: true, untaken: [], now: noon, desk })).toEqual(
      {
        overtaken: true,
        upTo: 1,
      },
    );
    expect(await endEnrolment(db, { id, as: 'finished', seen: 1, fenced: true, untaken: [], now: noon, desk })).toEqual(
      {
        ended: true,
      },
    );
    expect(await listTasks(db, { customerId: who })).toEqual([]);
  });

  it('hands a reply that it heard, and that no step took, to a person', async () => {
    const who = await customer(db, 'jana');
    const id = await run(db, who, 'i8');
    await inbound(mail(who));
    const { event_id: reply } = await db
      .selectFrom('deliveries')
      .select('event_id')
      .where('enrolment_id', '=', id)
      .executeTakeFirstOrThrow();
    const untaken = [String(reply)];
    await endEnrolment(db, { id, as: 'finished', seen: 1, fenced: false, untaken, now: noon, desk });
    expect(await listTasks(db, { customerId: who })).toMatchObject([{ team: 'care', state: 'open' }]);
  });

  it('hands a reply it has not heard to a person, and closes what it had asked for', async () => {
    const who = await customer(db, 'ida');
    const id = await run(db, who, 'i7');
    await inbound(mail(who));
    const task = await opened(db, who, { reasonId: `${id}/s/1`, enrolmentId: id, team: 'other' });
    const end = () => endEnrolment(db, { id, as: 'exited', seen: 0, fenced: false, untaken: [], now: noon, desk });
    expect([await end(), await end()]).toEqual([{ ended: true }, { ended: true }]);
    expect(await getTask(db, task)).toMatchObject({ state: 'done', outcome: 'obsolete' });
    expect(await listTasks(db, { customerId: who })).toMatchObject([{ team: 'care', state: 'open' }]);
  });
});
