/** What stands in a database of an earlier version is carried over: SQL that fills tables from what is there, run on what was there. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Migrator, sql } from 'kysely';
import { decodeRing } from '../../core/budget/ring.ts';
import { migrations } from '../../migrations/index.ts';
import { sharedKey } from '../../store/budget/shared-keys.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { migrate } from '../../store/migrate.ts';
import { openDatabase, type Db } from '../../store/open.ts';
import { ownDatabase, type OwnDatabase } from '../servers/database.ts';

const schema = 'older';
const noon = Date.parse('2026-03-02T12:00:00Z');
const minute = 60_000;
let own: OwnDatabase;
let db: Db;
beforeAll(async () => {
  own = await ownDatabase();
  db = openDatabase(own.url, { schema });
});
afterAll(async () => {
  await db.destroy();
  await own.drop();
});

async function migrateBefore(name: string): Promise<void> {
  await sql`create schema ${sql.id(schema)}`.execute(db);
  const older = Object.fromEntries(Object.entries(migrations).filter(([each]) => each < name));
  const provider = { getMigrations: () => Promise.resolve(older) };
  expect((await new Migrator({ db, provider, migrationTableSchema: schema }).migrateToLatest()).error).toBeUndefined();
}

/** As the version before 0005 wrote them. */
async function was(id: string, addresses: Readonly<Record<string, string>>): Promise<void> {
  await sql`insert into customers (id, zone, created_at, updated_at) values (${id}, 'Europe/Berlin', now(), now())`.execute(
    db,
  );
  await sql`insert into budgets (customer_id, version) values (${id}, 7)`.execute(db);
  for (const [channel, address] of Object.entries(addresses))
    await sql`insert into addresses (customer_id, channel, address, created_at) values (${id}, ${channel}, ${address}, now())`.execute(
      db,
    );
}
interface Was {
  readonly id: string;
  readonly of: string;
  readonly to: string;
  readonly state: string;
  readonly journey?: string | null;
  readonly askedAt: number;
  readonly until?: number;
  readonly sendingAt?: number;
}
const touched = ({ id, of, to, state, journey = 'offer', askedAt, until, sendingAt }: Was) =>
  sql`insert into touches (id, customer_id, journey, purpose, made_by, channel, address, cost, state, ask, answer, asked_at, until, sending_at, sent_at)
    values (${id}, ${of}, ${journey}, 'marketing', ${journey === null ? 'human' : 'tech'}, ${to.includes('@') ? 'email' : 'sms'}, ${to}, 2, ${state}, 1, '{}',
      ${new Date(askedAt)}, ${until === undefined ? null : new Date(until)}, ${sendingAt === undefined ? null : new Date(sendingAt)}, null)`.execute(
    db,
  );

test('who shared an address before limits could be shared has a row in common, with what that address had got', async () => {
  await migrateBefore('0005');
  const [mail, phone] = ['us@example.com', '+491701234567'];
  await was('ana', { email: mail, sms: phone });
  await was('ben', { email: mail });
  await was('cem', { voice: phone });
  await was('dee', { email: 'dee@example.com', voice: '+491709999999' });
  await touched({ id: 'ana/1', of: 'ana', to: mail, state: 'sent', askedAt: noon, sendingAt: noon + 5 });
  await touched({
    id: 'ben/1',
    of: 'ben',
    to: mail,
    state: 'reserved',
    askedAt: noon + minute,
    until: noon + 16 * minute,
  });
  await touched({
    id: 'ben/2',
    of: 'ben',
    to: mail,
    state: 'unknown',
    journey: null,
    askedAt: noon + 2,
    sendingAt: noon + 3,
  });
  await touched({ id: 'ana/2', of: 'ana', to: phone, state: 'sending', askedAt: noon, sendingAt: noon + 7 });
  // None of these takes anything of an address: refused, given back, waiting, or to another one.
  for (const [n, state] of ['refused', 'failed', 'withdrawn', 'deferred'].entries())
    await touched({ id: `ana/no-${String(n)}`, of: 'ana', to: mail, state, askedAt: noon });
  await touched({ id: 'dee/1', of: 'dee', to: 'dee@example.com', state: 'sent', askedAt: noon, sendingAt: noon });
  await touched({ id: 'ben/3', of: 'ben', to: 'before@example.com', state: 'sent', askedAt: noon, sendingAt: noon });

  await migrate(db, schema);

  const { salt } = await db.selectFrom('installation').select('salt').executeTakeFirstOrThrow();
  const mailbox = sharedKey(salt.toString('hex'), 'mailbox', mail);
  const number = sharedKey(salt.toString('hex'), 'phone', phone);
  const shared = await db.selectFrom('shared_budgets').select(['key', 'kind', 'recent']).orderBy('kind').execute();
  const place = (touchId: string, more: object) => ({
    touchId,
    cost: 2,
    purpose: 'marketing',
    journey: 'offer',
    channel: 'email',
    ...more,
  });
  expect(shared.map(({ key, kind, recent }) => [key, kind, decodeRing(recent.toString())])).toEqual([
    [
      mailbox,
      'mailbox',
      [
        place('ben/2', { state: 'unknown', journey: '', reservedAt: noon + 2, at: noon + 3 }),
        place('ana/1', { state: 'sent', reservedAt: noon, at: noon + 5 }),
        place('ben/1', { state: 'reserved', reservedAt: noon + minute, at: noon + 16 * minute }),
      ],
    ],
    [number, 'phone', [place('ana/2', { state: 'sending', channel: 'sms', reservedAt: noon, at: noon + 7 })]],
  ]);
  const budgets = await db
    .selectFrom('budgets')
    .select(['customer_id', 'version', 'shared'])
    .orderBy('customer_id')
    .execute();
  expect(budgets.map(({ customer_id, version, shared: keys }) => [customer_id, Number(version), keys])).toEqual([
    ['ana', 8, [mailbox, number].sort()],
    ['ben', 8, [mailbox]],
    ['cem', 8, [number]],
    ['dee', 7, null],
  ]);

  // The store finds the very rows that SQL made: whoever takes the address now has the same one in common.
  await upsertCustomer(db, { id: 'eva', addresses: [{ channel: 'whatsapp', address: phone }], now: noon });
  const eva = await db
    .selectFrom('budgets')
    .select('shared')
    .where('customer_id', '=', 'eva')
    .executeTakeFirstOrThrow();
  expect(eva.shared).toEqual([number]);
});
