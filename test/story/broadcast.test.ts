import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Policy } from '../../core/budget/policy.ts';
import { setKillSwitch, liftKillSwitch, whyCustomer } from '../../store/budget/index.ts';
import { recordConsent } from '../../store/consents.ts';
import { changeGates } from '../../store/budget/change-gates.ts';
import { cancelBroadcast } from '../../store/broadcasts/row.ts';
import { setAudience } from '../../store/audiences/audiences.ts';
import { notifyPump } from '../../store/outbox.ts';
import { broadcastOf, crowd, listOf, oneWord, publishAnother } from './audience.ts';
import { fastClock, startEngine, until, type Engine } from './engine.ts';

/** Wednesday, 16 December 2026, 09:00 in Berlin; twenty seconds are one. */
const nine = Date.parse('2026-12-16T08:00:00Z');
const at = '2026-12-16 09:00';
const clock = fastClock(20, nine);

const policy = (samples: Policy): Policy => ({
  ...samples,
  windows: [{ name: 'marketing a week', atMost: 2, in: '7 days', purposes: ['marketing'] }],
  spacing: [{ apart: '5 minutes', purposes: ['marketing'] }],
  quiet: [],
});

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({
    clock,
    journeys: [oneWord('nothing', at, {}, { entry: { event: 'offer-ready', oncePer: 'offerId' } })],
    policy,
  });
});
afterAll(() => engine.stop());

const send = async (name: string, touch = {}, more = {}): Promise<void> => {
  await publishAnother(engine.db, oneWord(name, at, touch, more), clock.now());
};
const over = (name: string, withinMs = 60_000) =>
  until(
    `${name} is over`,
    async () => {
      const broadcast = await broadcastOf(engine.db, name);
      return broadcast.state === 'done' && broadcast;
    },
    withinMs,
  );
const mailsTo = (prefix: string): Map<string, number> => {
  const found = new Map<string, number>();
  for (const mail of engine.inbox.mails) {
    const to = /([a-z]+-\d{5})@customers\.test/.exec(JSON.stringify(mail.to))?.[1];
    if (to?.startsWith(`${prefix}-`)) found.set(to, (found.get(to) ?? 0) + 1);
  }
  return found;
};

test('two thousand hear it once each, and nobody whom a gate keeps from it; why says so of everyone', async () => {
  const { db } = engine;
  const now = clock.now();
  await crowd(db, { prefix: 'plain', count: 2_000, now });
  await crowd(db, { prefix: 'silent', count: 20, now, wants: false });
  await crowd(db, { prefix: 'key', count: 3, now, fields: { keyClient: true } });
  await crowd(db, { prefix: 'flooded', count: 3, now });
  for (const id of ['flooded-00001', 'flooded-00002', 'flooded-00003', 'key-00001'])
    await db.transaction().execute((tx) =>
      changeGates(tx, id, (gates) => ({
        ...gates,
        guards: [{ fact: 'flood-area', contradicts: ['celebratory', 'home-is-fine'], reviewAt: now + 1e9 }],
      })),
    );
  await setAudience(db, {
    name: 'year',
    condition: { path: 'customer.firstName', is: ['Ana'] },
    by: 'a test',
    now,
  });
  await send('year', {
    prefer: [
      {
        because: 'key clients hear from a person instead',
        when: { path: 'customer.keyClient', is: [true] },
        fate: { fate: 'toHuman', team: 'success' },
      },
    ],
  });
  const broadcast = await over('year');
  expect(broadcast).toMatchObject({
    entered: 2_026,
    counts: { sent: 2_002, 'refused: consent': 20, 'refused: guard': 3, 'with a person': 1 },
  });
  const heard = mailsTo('plain');
  expect([heard.size, Math.max(...heard.values())]).toEqual([2_000, 1]);
  expect([mailsTo('silent').size, mailsTo('flooded').size, mailsTo('key').size]).toEqual([0, 0, 2]);

  const [touch] = await whyCustomer(db, 'flooded-00001');
  expect(touch).toMatchObject({ journey: 'year', step: 'review', state: 'refused' });
  expect(touch?.says).toMatch(/flood-area/);
  const tasks = await db.selectFrom('tasks').select(['customer_id', 'team']).execute();
  expect(tasks).toEqual([{ customer_id: 'key-00001', team: 'success' }]);
  // Nobody has a run or a workflow of their own.
  expect(await db.selectFrom('enrolments').selectAll().where('journey', '=', 'year').execute()).toEqual([]);
}, 90_000);

test('who has just heard from us waits, and hears it when there is room; the cap holds', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'twice', count: 50, now: clock.now() });
  await crowd(db, { prefix: 'once', count: 50, now: clock.now() });
  await listOf(db, 'first', ['twice'], clock.now());
  await listOf(db, 'second', ['twice', 'once'], clock.now());
  await listOf(db, 'third', ['twice'], clock.now());
  await send('first');
  await over('first');
  await send('second');
  const waiting = await until('the first are waiting', async () => {
    const { rows } = { rows: await db.selectFrom('broadcast_waits').selectAll().execute() };
    return rows.length === 50 && rows;
  });
  expect(waiting[0]?.customer_id).toMatch(/^twice-/);
  expect((await broadcastOf(db, 'second')).counts).toEqual({ sent: 50 });
  expect((await over('second')).counts).toEqual({ sent: 100 });
  const heard = mailsTo('twice');
  expect([heard.size, Math.max(...heard.values())]).toEqual([50, 2]);

  // Two a week: the third would wait for longer than its fate does.
  await send('third');
  expect((await over('third')).counts).toEqual({ 'refused: windows': 50 });
  const asks = await db
    .selectFrom('touches')
    .select('ask')
    .where('journey', '=', 'second')
    .where('customer_id', '=', 'twice-00001')
    .execute();
  expect(asks).toEqual([{ ask: 2 }]);
}, 90_000);

test('the kill switch of its journey stops it at once, and lifted it goes on with whom it had not come to', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'killed', count: 800, now: clock.now() });
  await listOf(db, 'killed', ['killed'], clock.now());
  await send('killed');
  await until('it is under way', () => mailsTo('killed').size > 100);
  await setKillSwitch(db, { scope: 'journey:killed', reason: 'wrong year', actor: 'ops', at: clock.now() });
  const stoppedAt = Date.now();
  let before = -1;
  await until('nothing goes out any more', async () => {
    const now = mailsTo('killed').size;
    const isSame = now === before;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
    return isSame;
  });
  expect(Date.now() - stoppedAt).toBeLessThan(5_000);
  expect(before).toBeLessThan(800);
  await liftKillSwitch(db, 'journey:killed');
  await notifyPump(db);
  const broadcast = await over('killed');
  expect([broadcast.entered, broadcast.counts]).toEqual([800, { sent: 800 }]);
  const heard = mailsTo('killed');
  expect([heard.size, Math.max(...heard.values())]).toEqual([800, 1]);
}, 90_000);

test('cancelled, it is over within five seconds, and gives back what it kept', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'gone', count: 800, now: clock.now() });
  await listOf(db, 'gone', ['gone', 'twice'], clock.now());
  await send('gone');
  await until('it is under way', () => mailsTo('gone').size > 100);
  const { id } = await broadcastOf(db, 'gone');
  expect(await cancelBroadcast(db, id, 'ops', clock.now())).toEqual({ cancelled: true });
  await notifyPump(db);
  const cancelledAt = Date.now();
  await until('nothing is on its way', async () => {
    const left = await db
      .selectFrom('touches')
      .select('id')
      .where('journey', '=', 'gone')
      .where('state', 'in', ['reserved', 'deferred', 'sending'])
      .execute();
    return left.length === 0;
  });
  expect(Date.now() - cancelledAt).toBeLessThan(5_000);
  const sent = mailsTo('gone').size;
  expect(sent).toBeLessThan(800);
  const { state, cancelledBy } = await until('its page is counted', async () => {
    const broadcast = await broadcastOf(db, 'gone');
    return broadcast.counts['sent'] === sent && broadcast;
  });
  expect([state, cancelledBy]).toEqual(['cancelled', 'ops']);
}, 60_000);

test('each zone hears it at its own nine; who has no zone, by the clock of the team', async () => {
  const { db } = engine;
  for (const [prefix, zone] of [
    ['east', 'Asia/Tokyo'],
    ['none', null],
    ['west', 'America/New_York'],
  ] as const)
    await crowd(db, { prefix, count: 5, now: clock.now(), zone });
  await listOf(db, 'zones', ['east', 'none', 'west'], clock.now());
  await send('zones');
  const slept = await until('it sleeps until it is nine in New York', async () => {
    const broadcast = await broadcastOf(db, 'zones');
    return broadcast.wakeAt === Date.parse('2026-12-16T14:00:00Z') && broadcast;
  });
  expect(slept.entered).toBe(5 + 5);
  // Nobody has said where those without a zone may be, so no hour is certain to be a good one for them; there are no quiet hours here.
  expect([mailsTo('east').size, mailsTo('west').size, mailsTo('none').size]).toEqual([5, 0, 5]);
}, 60_000);

test('a journey of more than one touch begins a run for each, once, however often it is published', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'runs', count: 40, now: clock.now() });
  await recordConsent(db, 'runs-00001', {
    channel: 'email',
    purpose: 'marketing',
    granted: false,
    source: 'test',
    proof: null,
    actor: 'test',
    at: clock.now(),
  });
  await listOf(db, 'runs', ['runs'], clock.now());
  const more = { exits: { 'offer-taken': 'taken' } };
  await send('runs', {}, more);
  expect((await over('runs')).counts).toEqual({ 'began a run': 40 });
  await until(
    'all are over',
    async () => {
      const ended = await db
        .selectFrom('enrolments')
        .select('id')
        .where('journey', '=', 'runs')
        .where('state', '=', 'ended')
        .execute();
      return ended.length === 40;
    },
    30_000,
  );
  expect(mailsTo('runs').size).toBe(39);
  await send('runs', {}, { ...more, story: 'Another version, at the same time.' });
  expect((await broadcastOf(db, 'runs')).entered).toBe(40);
}, 60_000);

test('a customer whose record cannot be read is counted as an error, and stops nobody else', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'odd', count: 10, now: clock.now() });
  await db
    .updateTable('budgets')
    .set({ gates: JSON.stringify({ consents: 5 }) })
    .where('customer_id', '=', 'odd-00004')
    .execute();
  await listOf(db, 'odd', ['odd'], clock.now());
  await send('odd');
  expect((await over('odd')).counts).toEqual({ sent: 9, error: 1 });
}, 60_000);

/** Each statement on `table` that concerns this customer fails, as often as told, and then no more. */
async function failing(
  table: 'messages' | 'touches',
  customerId: string,
  times: number,
  sqlState: string,
): Promise<void> {
  const name = `fails_${table}`;
  await sql`create sequence ${sql.id(name)}`.execute(engine.db);
  await sql`create function ${sql.id(name)}() returns trigger language plpgsql as ${sql.lit(`begin
    if new.customer_id = '${customerId}' and nextval('${name}') <= ${String(times)} then
      raise exception 'not now' using errcode = '${sqlState}';
    end if;
    return new;
  end`)}`.execute(engine.db);
  await sql`create trigger ${sql.id(name)} before insert on ${sql.table(table)}
    for each row execute function ${sql.id(name)}()`.execute(engine.db);
}

test('what was sent and could not be written down is not sent again', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'unwritten', count: 10, now: clock.now() });
  await listOf(db, 'unwritten', ['unwritten'], clock.now());
  await failing('messages', 'unwritten-00004', 2, '57014'); // together with others, and alone
  await send('unwritten');
  expect((await over('unwritten')).counts).toEqual({ sent: 9, unknown: 1 });
  const heard = mailsTo('unwritten');
  expect([heard.size, Math.max(...heard.values())]).toEqual([10, 1]);
}, 60_000);

test('a database that fails for a while makes nobody an error: they are asked again', async () => {
  const { db } = engine;
  await crowd(db, { prefix: 'busy', count: 10, now: clock.now() });
  await listOf(db, 'busy', ['busy'], clock.now());
  await failing('touches', 'busy-00004', 4, '55P03');
  await send('busy');
  expect((await over('busy')).counts).toEqual({ sent: 10 });
  const heard = mailsTo('busy');
  expect([heard.size, Math.max(...heard.values())]).toEqual([10, 1]);
}, 60_000);
