import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { sql } from 'kysely';
import { demoSchema } from '../../cli/assemble/demo-schema.ts';
import { publishSamples } from '../api/samples.ts';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { ownName, temporalAddress } from '../servers/temporal.ts';
import { jsonOf, ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
});
afterAll(() => own.stop());
const withDatabase = (...args: string[]) => own.cli(args, { DATABASE_URL: own.api.url, RIGHTTOUCH_URL: '' });

describe('kill-switch', () => {
  it('goes on and off, and is listed', async () => {
    expect((await own.cli(['kill-switch'])).out).toBe('Nothing is switched off.');
    const on = await own.cli(['kill-switch', 'on', 'journey:offer', '--reason', 'wrong prices']);
    expect(on).toMatchObject({
      exit: 0,
      out: expect.stringMatching(
        /^Off: journey:offer, since 2026-03-02T.*, by everything: wrong prices\n {2}nothing was on its way$/,
      ),
    });
    expect(jsonOf(await own.cli(['kill-switch', 'list', '--json']))).toMatchObject({
      items: [{ scope: 'journey:offer' }],
    });
    expect((await own.cli(['kill-switch', 'off', 'journey:offer'])).out).toBe('Nothing is switched off.');
  });

  it('refuses a scope nobody knows, and wants a reason', async () => {
    expect(await own.cli(['kill-switch', 'on', 'journey:ofer', '--reason', 'x'])).toEqual({
      exit: 1,
      out: '',
      told: "There is one fault.\n  path.scope is 'ofer', but should be a journey that is known. Did you mean 'offer'?",
    });
    expect(await own.cli(['kill-switch', 'on', 'everything', '--reason', 'x'])).toMatchObject({
      exit: 1,
      told: expect.stringContaining(
        "path.scope is 'everything', but should be 'all', 'journey:NAME', 'channel:NAME', 'segment:AUDIENCE', or 'area:'",
      ),
    });
    expect(await own.cli(['kill-switch', 'on', 'all'])).toMatchObject({
      exit: 2,
      told: "Required option '--reason <reason>' not specified.",
    });
  });
});

describe('keys', () => {
  it('are made in the database while there is none to ask with, then over the API, and revoked', async () => {
    const first = await withDatabase('keys', 'create', 'ops', '--scopes', 'all');
    expect(first).toMatchObject({ exit: 0, out: expect.stringMatching(/^rt_[\w-]{43}$/) });
    const shop = await own.cli(['keys', 'create', 'shop', '--scopes', 'events:write,customers:write', '--json'], {
      RIGHTTOUCH_KEY: first.out,
    });
    const { secret, scopes } = jsonOf(shop) as { secret: string; scopes: string[] };
    expect(scopes).toEqual(['customers:write', 'events:write']);
    const beyond = await own.cli(['keys', 'create', 'more', '--scopes', 'all'], { RIGHTTOUCH_KEY: secret });
    expect(beyond).toMatchObject({ exit: 1, told: expect.stringContaining('keys:write') });
    expect((await own.cli(['keys', 'list'])).out).toMatch(/^shop .* – +customers:write events:write$/m);
    expect((await own.cli(['keys', 'revoke', 'shop'])).out).toMatch(/^The key 'shop' is revoked since 2026-/);
  });

  it('are refused by name, by scope, and when the name is taken', async () => {
    expect(await withDatabase('keys', 'create', 'Ops', '--scopes', 'all')).toMatchObject({
      exit: 2,
      told: "The name is 'Ops', but should be lower-case letters, digits and -, such as 'web-shop'.",
    });
    expect(await withDatabase('keys', 'create', 'x', '--scopes', 'event:write,all')).toMatchObject({
      exit: 2,
      told: expect.stringMatching(
        /^The scopes cannot be read\.\n {2}There is no scope 'event:write'\. Did you mean 'events:write'\?\n/,
      ),
    });
    expect(await withDatabase('keys', 'create', 'ops', '--scopes', 'all')).toMatchObject({
      exit: 1,
      told: "There is a key called 'ops' already. Use another name: keys are never changed.",
    });
    expect(await own.cli(['keys', 'revoke', 'nobodys'])).toMatchObject({
      exit: 1,
      told: "No key is called 'nobodys'.",
    });
  });
});

describe('migrate', () => {
  it('applies what is missing, and the second time nothing', async () => {
    const env = { DATABASE_URL: own.api.url, DATABASE_SCHEMA: 'fresh' };
    expect(await own.cli(['migrate'], env)).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^The schema 'fresh' is up to date: 0001-spine.* applied\.$/),
    });
    expect((await own.cli(['migrate'], env)).out).toBe("The schema 'fresh' is up to date: nothing was to be done.");
    expect(jsonOf(await own.cli(['migrate', '--json'], env))).toEqual({ schema: 'fresh', applied: [] });
  });

  it('says which setting is missing or wrong, and what cannot be reached', async () => {
    expect(await own.cli(['migrate'])).toMatchObject({
      exit: 2,
      told: expect.stringMatching(/^DATABASE_URL is not set/),
    });
    expect(await own.cli(['migrate'], { DATABASE_URL: 'mysql://x/y', DATABASE_SCHEMA: 'No Such' })).toEqual({
      exit: 2,
      out: '',
      told: expect.stringMatching(
        /^The environment cannot be used as it is\.\n {2}DATABASE_URL .*\n {2}DATABASE_SCHEMA is 'No Such'/,
      ),
    });
    const gone = await own.cli(['migrate'], { DATABASE_URL: 'postgres://rt:secret@127.0.0.1:9/touch' });
    expect(gone).toMatchObject({
      exit: 3,
      told: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:9, database 'touch', cannot be used:/),
    });
    expect(gone.told).not.toContain('secret');
  });
});

describe('setup', () => {
  it('finds the search attributes, or adds them; the second time they are there', async () => {
    const env = { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: 'default' };
    expect(await own.cli(['setup'], env)).toMatchObject({ exit: 0 });
    expect(await own.cli(['setup'], env)).toEqual({
      exit: 0,
      told: '',
      out: "Namespace 'default' is ready: its search attributes were there.",
    });
  });

  it('waits for a namespace that was made a moment ago', async () => {
    const namespace = ownName('namespace');
    const connection = await Connection.connect({ address: temporalAddress() });
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await connection.close();
    const env = { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: namespace };
    const first = await own.cli(['setup', '--json'], env);
    expect(first).toMatchObject({ exit: 0 });
    expect(jsonOf(first)).toMatchObject({ namespace, added: Object.values(searchAttributes) });
    expect(jsonOf(await own.cli(['setup', '--json'], env))).toMatchObject({ added: [] });
  });

  it('says that there is no such namespace, no such server, and no address', async () => {
    expect(
      await own.cli(['setup'], { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: 'nowhere' }),
    ).toMatchObject({
      exit: 1,
      told: expect.stringContaining('temporal operator namespace create --namespace nowhere'),
    });
    expect(await own.cli(['setup'], { TEMPORAL_ADDRESS: '127.0.0.1:9' })).toMatchObject({
      exit: 3,
      told: expect.stringMatching(/^Temporal at 127\.0\.0\.1:9, namespace 'default', cannot be reached/),
    });
    expect(await own.cli(['setup'])).toMatchObject({
      exit: 2,
      told: expect.stringMatching(/^TEMPORAL_ADDRESS is not set/),
    });
  });
});

describe('clock', () => {
  it("shows the engine's clock, and sets the rate of the demo's alone", async () => {
    expect((await withDatabase('clock')).out).toMatch(/^righttouch: \d{4}-\S+Z, as fast as real time\.$/);
    expect(await withDatabase('clock', 'set', '--rate', '60')).toMatchObject({
      exit: 1,
      told: expect.stringMatching(/^The schema is 'righttouch', where time runs as it does\./),
    });
    const env = { DATABASE_URL: own.api.url, DATABASE_SCHEMA: demoSchema };
    expect(await own.cli(['clock'], env)).toMatchObject({
      exit: 1,
      told: expect.stringContaining('Run righttouch migrate.'),
    });
    expect((await own.cli(['migrate'], env)).exit).toBe(0);
    expect((await own.cli(['clock', 'set', '--rate', '1440'], env)).out).toContain('1440 times as fast as real time.');
    expect(jsonOf(await own.cli(['clock', '--json'], env))).toMatchObject({ schema: demoSchema, rate: 1440 });
    for (const rate of ['0', '-1', 'fast', ''])
      expect(await own.cli(['clock', 'set', '--rate', rate], env)).toMatchObject({ exit: 2 });
  });

  it('stays while a run counts by it', async () => {
    const env = { DATABASE_URL: own.api.url, DATABASE_SCHEMA: demoSchema };
    await sql`insert into ${sql.table(`${demoSchema}.customers`)} (id, created_at, updated_at) values ('ana', now(), now())`.execute(
      own.api.db,
    );
    await sql`insert into ${sql.table(`${demoSchema}.definitions`)} (hash, kind, number, data, published_at)
      values ('w', 'words', 1, '{}', now()), ('p', 'policy', 1, '{}', now()), ('t', 'templates', 1, '{}', now())`.execute(
      own.api.db,
    );
    await sql`insert into ${sql.table(`${demoSchema}.journeys`)} (name, version, hash, definition, hears, words_hash, policy_hash, templates_hash, published_at, published_by)
      values ('offer', 1, 'h', '{}', '{}', 'w', 'p', 't', now(), 'ana')`.execute(own.api.db);
    await sql`insert into ${sql.table(`${demoSchema}.enrolments`)} (id, customer_id, journey, version, rules, entry_key, state, started_at)
      values ('e_1', 'ana', 'offer', 1, 1, 'k', 'running', now())`.execute(own.api.db);
    expect(await own.cli(['clock', 'set', '--rate', '2'], env)).toMatchObject({
      exit: 1,
      told: expect.stringMatching(/^The clock stays: e_1 is running/),
    });
  });
});

describe('config', () => {
  it('lists every setting, for eyes, for the README and for machines, and no value', async () => {
    const secret = { DATABASE_URL: 'postgres://rt:hidden@127.0.0.1/touch' };
    const { out } = await own.cli(['config', '--markdown'], secret);
    expect(out).toContain('| `PORT` | `3000` | The port of the API; 0 takes a free one. |');
    expect(out).not.toContain('hidden');
    expect((await own.cli(['config'], secret)).out).toMatch(/^DATABASE_URL +– +PostgreSQL\..* Secret\.$/m);
    expect(jsonOf(await own.cli(['config', '--json']))).toMatchObject({
      settings: expect.arrayContaining([expect.objectContaining({ variable: 'PORT' })]),
    });
  });
});
