import { beforeAll, describe, expect, it } from '@jest/globals';
import { deliveriesAfter } from '../../store/deliveries.ts';
import { cancelEnrolment, enrolmentToStart, listEnrolments } from '../../store/enrolments.ts';
import { takeEvent } from '../../store/take-event.ts';
import { ownDb } from './own-db.ts';
import { customer, event, journey, noon, publishAll, run, take } from './setting.ts';

const db = await ownDb();
beforeAll(async () => {
  const gold = { path: 'customer.plan', is: ['gold'] };
  const byCustomer = { event: 'signed-up', oncePer: 'customer', again: 'after 30 days' };
  await publishAll(
    db,
    journey('inquiry', ['we-answered', 'parcel-lost']),
    journey('gold-inquiry', ['we-answered'], { entry: { event: 'gold-asked', oncePer: 'inquiryId', only: gold } }),
    journey('welcome', ['signed-up'], { entry: byCustomer }),
  );
});

const outboxOf = (ref: string) => db.selectFrom('outbox').selectAll().where('ref', '=', ref).executeTakeFirst();

describe('taking an event in', () => {
  it('starts the run it asks for, which has the event as its input and not as a delivery', async () => {
    const who = await customer(db, 'anna');
    const { taken, started, deliveries, eventId } = await take(
      db,
      event(who, 'inquiry-received', { data: { inquiryId: 'i1' } }),
    );
    expect({ taken, deliveries }).toEqual({ taken: 'new', deliveries: [] });
    expect(started).toEqual([
      { enrolmentId: expect.stringMatching(/^e_[0-9a-z]{20}$/), journey: 'inquiry', version: 1 },
    ]);
    expect(eventId).toMatch(/^v_[0-9a-z]{20}$/);
    const id = started[0]!.enrolmentId;
    expect(await enrolmentToStart(db, id)).toMatchObject({
      startedAt: noon,
      event: { name: 'inquiry-received', data: { inquiryId: 'i1' } },
    });
    expect(await deliveriesAfter(db, id, 0)).toEqual({ deliveries: [], upTo: 0 });
    expect(await outboxOf(id)).toMatchObject({
      workflow_id: `run:${id}`,
      kind: 'enrolment',
      generation: '1',
      due_at: new Date(noon),
    });
  });

  it('takes the same event once, and tells again what came of it', async () => {
    const who = await customer(db, 'bert');
    await run(db, who, 'i2');
    const lost = event(who, 'parcel-lost');
    const first = await take(db, lost);
    const second = await take(db, lost);
    expect(first).toMatchObject({ taken: 'new', deliveries: [{ number: 1 }] });
    expect(second).toEqual({ ...first, taken: 'again' });
    const asked = event(who, 'inquiry-received', { data: { inquiryId: 'i3' } });
    expect(await take(db, asked)).toEqual({ ...(await take(db, asked)), taken: 'new' });
  });

  it('refuses another body under the same key, and changes nothing', async () => {
    const who = await customer(db, 'carl');
    const id = await run(db, who, 'i4');
    const lost = event(who, 'parcel-lost', { idempotencyKey: 'twice' });
    const { eventId } = await take(db, lost);
    expect(await takeEvent(db, { ...lost, bodyHash: 'another' })).toEqual({
      refused: 'other-body-under-same-key',
      eventId,
    });
    expect((await deliveriesAfter(db, id, 0)).upTo).toBe(1);
  });

  it('refuses an event of nobody', async () => {
    expect(await takeEvent(db, event('nobody', 'parcel-lost', { idempotencyKey: 'lost' }))).toEqual({
      refused: 'unknown-customer',
    });
    expect(await db.selectFrom('events').select('id').where('idempotency_key', '=', 'lost').execute()).toEqual([]);
  });

  it('numbers 50 events that arrive at once 1 to 50, without gaps, and calls the workflow once', async () => {
    const who = await customer(db, 'dora');
    const id = await run(db, who, 'i5');
    await Promise.all(Array.from({ length: 50 }, () => take(db, event(who, 'parcel-lost'))));
    const { deliveries, upTo } = await deliveriesAfter(db, id, 0);
    expect(upTo).toBe(50);
    expect(deliveries.map((d) => d.number)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect((await outboxOf(id))?.generation).toBe('51');
  });

  it('takes the same event once when 20 bring it at the same moment', async () => {
    const who = await customer(db, 'emil');
    const asked = event(who, 'inquiry-received', { data: { inquiryId: 'i6' } });
    const results = await Promise.all(Array.from({ length: 20 }, () => take(db, asked)));
    expect(results.filter((r) => r.taken === 'new')).toHaveLength(1);
    expect(new Set(results.map((r) => r.started[0]?.enrolmentId)).size).toBe(1);
    expect(await listEnrolments(db, { customerId: who })).toHaveLength(1);
  });

  it('starts one run for each inquiry; asking again about the same one reaches the run there is', async () => {
    const who = await customer(db, 'fritz');
    const first = await run(db, who, 'i7');
    const again = await take(db, event(who, 'inquiry-received', { data: { inquiryId: 'i7' } }));
    expect(again).toMatchObject({ started: [], deliveries: [{ enrolmentId: first, number: 1 }] });
    const other = await take(db, event(who, 'inquiry-received', { data: { inquiryId: 'i8' } }));
    expect(other).toMatchObject({ started: [{ journey: 'inquiry' }], deliveries: [] });
  });

  it('lets an event reach the run whose inquiry it names, and one that names none every run that hears it', async () => {
    const who = await customer(db, 'gerda');
    const first = await run(db, who, 'i9');
    const second = await run(db, who, 'i10');
    const about = await take(db, event(who, 'we-answered', { data: { inquiryId: 'i10', by: 'person' } }));
    expect(about.deliveries).toEqual([{ enrolmentId: second, number: 1 }]);
    const toAll = await take(db, event(who, 'we-answered', { data: { by: 'person' } }));
    expect(toAll.deliveries.map((d) => d.enrolmentId).sort()).toEqual([first, second].sort());
    expect((await take(db, event(who, 'never-heard-of'))).deliveries).toEqual([]);
  });

  it('asks the conditions of the entry, of the event and of the customer', async () => {
    const gold = await customer(db, 'hanna', { plan: 'gold' });
    const basic = await customer(db, 'ida', { plan: 'basic' });
    expect((await take(db, event(gold, 'gold-asked', { data: { inquiryId: 'i11' } }))).started).toHaveLength(1);
    expect((await take(db, event(basic, 'gold-asked', { data: { inquiryId: 'i12' } }))).started).toEqual([]);
  });

  it('enters again only when the last run has ended long enough ago', async () => {
    const who = await customer(db, 'jan');
    const day = 86_400_000;
    const signUp = (now: number) => take(db, event(who, 'signed-up', { at: now, now }));
    const first = (await signUp(noon)).started[0]!.enrolmentId;
    expect((await signUp(noon + 60 * day)).started).toEqual([]);
    await db
      .updateTable('enrolments')
      .set({ state: 'ended', ended_at: new Date(noon + 60 * day) })
      .where('id', '=', first)
      .execute();
    expect((await signUp(noon + 90 * day - 1)).started).toEqual([]);
    expect((await signUp(noon + 90 * day)).started).toHaveLength(1);
    expect((await signUp(noon + 91 * day)).started).toEqual([]);
  });

  it('keeps whom it turned away, why and until when, and tells so again', async () => {
    const who = await customer(db, 'karl');
    const day = 86_400_000;
    const asked = (now: number) => event(who, 'signed-up', { at: now, now });
    const first = await take(db, asked(noon));
    expect(first.turnedAway).toEqual([]);
    const [run] = first.started;
    expect((await take(db, asked(noon + day))).turnedAway).toEqual([
      { journey: run!.journey, because: 'a run of it is going on', until: null },
    ]);
    await db
      .updateTable('enrolments')
      .set({ state: 'ended', ended_at: new Date(noon + 2 * day) })
      .where('id', '=', run!.enrolmentId)
      .execute();
    const tooEarly = asked(noon + 32 * day - 1);
    const refused = await take(db, tooEarly);
    expect(refused).toMatchObject({
      started: [],
      turnedAway: [
        {
          journey: run!.journey,
          because: 'it may be entered again after 30 days from the end of the last run',
          until: noon + 32 * day,
        },
      ],
    });
    expect(await take(db, tooEarly)).toEqual({ ...refused, taken: 'again' });
    expect(await take(db, asked(noon + 32 * day))).toMatchObject({
      started: [{ journey: run!.journey }],
      turnedAway: [],
    });
  });

  it('delivers nothing to a run that has ended', async () => {
    const who = await customer(db, 'karl');
    const id = await run(db, who, 'i13');
    await db.updateTable('enrolments').set({ state: 'ended' }).where('id', '=', id).execute();
    expect((await take(db, event(who, 'parcel-lost'))).deliveries).toEqual([]);
  });

  it('lets a run be cancelled while it runs, and says so when it has ended', async () => {
    const id = await run(db, await customer(db, 'lena'), 'i14');
    expect(await cancelEnrolment(db, id, 'ops', noon)).toEqual({ cancelled: true });
    expect((await deliveriesAfter(db, id, 0)).deliveries).toEqual([
      { number: 1, at: noon, body: { kind: 'cancel', by: 'ops' } },
    ]);
    await db.updateTable('enrolments').set({ state: 'ended' }).where('id', '=', id).execute();
    expect(await cancelEnrolment(db, id, 'ops', noon)).toEqual({ refused: 'ended' });
    expect(await cancelEnrolment(db, 'e_none', 'ops', noon)).toEqual({ refused: 'unknown' });
  });
});
