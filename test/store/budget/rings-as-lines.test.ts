import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Migrator, sql } from 'kysely';
import { decodeRing } from '../../../core/budget/ring.ts';
import { migrations } from '../../../migrations/index.ts';
import { migrate } from '../../../store/migrate.ts';
import { openDatabase, type Db } from '../../../store/open.ts';
import { ownDatabase, type OwnDatabase } from '../../servers/database.ts';
import { noon } from './fixtures.ts';

const schema = 'older';
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

test('rings of before become lines, whatever letters are in them, and an empty one stays empty', async () => {
  await sql`create schema ${sql.id(schema)}`.execute(db);
  const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0008'));
  const provider = { getMigrations: () => Promise.resolve(older) };
  expect((await new Migrator({ db, provider, migrationTableSchema: schema }).migrateToLatest()).error).toBeUndefined();
  const ring = JSON.stringify({
    names: ['marketing', 'größer 🙂', 'service'],
    touches: [
      ['e/hint/1', noon, 600, 1, 0, 0, 1, 2],
      ['e/größe/2', noon + 1, 0, 2, 1, 2, 1, 0],
    ],
  });
  await sql`insert into customers (id, created_at, updated_at) values ('c', now(), now()), ('d', now(), now())`.execute(
    db,
  );
  await sql`insert into budgets (customer_id, recent) values ('c', ${ring}::json), ('d', '[]')`.execute(db);
  await sql`insert into shared_budgets (key, kind, recent) values ('k', 'phone', ${ring}::json)`.execute(db);

  await migrate(db, schema);

  const { rows } = await sql<{ id: string; recent: Buffer }>`
    select customer_id as id, recent from budgets union all select key, recent from shared_budgets order by id`.execute(
    db,
  );
  const both = [
    {
      touchId: 'e/hint/1',
      reservedAt: noon - 600,
      at: noon,
      cost: 1,
      channel: 'email',
      purpose: 'marketing',
      journey: 'größer 🙂',
      state: 'sent',
    },
    {
      touchId: 'e/größe/2',
      reservedAt: noon + 1,
      at: noon + 1,
      cost: 2,
      channel: 'sms',
      purpose: 'service',
      journey: 'größer 🙂',
      state: 'reserved',
    },
  ];
  expect(rows.map(({ id, recent }) => [id, decodeRing(recent.toString())])).toEqual([
    ['c', both],
    ['d', []],
    ['k', both],
  ]);
  expect(rows.every(({ recent }) => recent.toString().length === recent.length)).toBe(true);
});
