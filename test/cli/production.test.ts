/** The production shape: what is built, each command a process of its own, two workers and two APIs side by side. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { packageRoot } from '../../cli/dev/folders.ts';
import { migrations } from '../../migrations/index.ts';
import { freePort } from '../../cli/dev/ports.ts';
import { ownDatabase, type OwnDatabase } from '../servers/database.ts';
import { ownName, temporalAddress } from '../servers/temporal.ts';
import { startInbox, until, type Inbox } from '../story/engine.ts';

const main = join(packageRoot, 'dist/righttouch.js');
const execute = promisify(execFile);

let own: OwnDatabase;
let inbox: Inbox;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  await execute(process.execPath, [join(packageRoot, 'cli/dev/build.mjs')]);
  [own, inbox] = await Promise.all([ownDatabase(), startInbox()]);
  folder = mkdtempSync(join(tmpdir(), 'righttouch-production-'));
  env = {
    PATH: process.env['PATH'] ?? '',
    RIGHTTOUCH_DATA: folder,
    DATABASE_URL: own.url,
    DATABASE_SCHEMA: 'production',
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_TASK_QUEUE: ownName(),
    SMTP_URL: `smtp://127.0.0.1:${inbox.port}`,
    MAIL_FROM: 'Care <care@example.com>',
  };
}, 120_000);
afterAll(async () => {
  await Promise.all([own.drop(), inbox.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
});

const once = async (...args: string[]): Promise<string> =>
  (await execute(process.execPath, [main, ...args], { env })).stdout.trim();

interface Server {
  /** What it has said so far. */
  said(): string;
  /** Tells it to stop and answers with its exit code. */
  stop(): Promise<number | null>;
}
async function server(command: 'worker' | 'api', more: Record<string, string>, ready: string): Promise<Server> {
  const child = spawn(process.execPath, [main, command], { env: { ...env, ...more } });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await until(`${command} says '${ready}'`, () => {
    if (child.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    return said.includes(ready) || undefined;
  });
  return {
    said: () => said,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

it('is migrated, set up, given a key, and runs two of each; an event ends as one e-mail; all drain on a signal', async () => {
  expect(await once('migrate')).toContain("'production' is up to date: 0001-spine");
  expect(await once('setup')).toContain("Namespace 'default' is ready");
  env = { ...env, RIGHTTOUCH_KEY: await once('keys', 'create', 'ops', '--scopes', 'all') };
  const ports = [await freePort(31_000), await freePort(31_100)];
  const apis = await Promise.all(ports.map((port) => server('api', { PORT: String(port) }, 'The API answers')));
  const workers = await Promise.all([1, 2].map(() => server('worker', {}, 'The worker works')));
  const [first = '', second = ''] = ports.map((port) => `http://127.0.0.1:${port}`);

  await once('publish', join(packageRoot, 'journeys'), '--to', first);
  await once(
    'customers',
    'put',
    'ana',
    '--url',
    second,
    '--email',
    'ana@example.com',
    '--zone',
    'UTC',
    'firstName=Ana',
  );
  await once('customers', 'consent', 'ana', 'email', 'service', '--source', 'a form', '--url', first);
  const event = ['enrol', 'inquiry-received', 'ana', 'inquiryId=7', 'topic=billing', 'urgent=false', '--key', 'k-7'];
  await Promise.all([once(...event, '--url', first), once(...event, '--url', second)]);
  const mail = await until('a mail', () => inbox.mails[0], 60_000).catch(async (error: unknown) => {
    throw new Error(await once('why', 'ana', '--url', first), { cause: error });
  });
  expect(mail.subject).toBe('We have your message');
  expect(
    await until('it is told', async () => {
      const told = await once('why', 'ana', '--url', second);
      return told.includes('Sent by email on') ? told : undefined;
    }),
  ).toContain("step 'arrived'");

  expect(await Promise.all([...workers, ...apis].map((each) => each.stop()))).toEqual([0, 0, 0, 0]);
  expect(inbox.mails.map((each) => each.subject)).toEqual(['We have your message']);
}, 180_000);

it('refuses to run a port that is taken, a schema that is not migrated, and a Temporal that is not there', async () => {
  const failing = (args: string[], more: Record<string, string>) =>
    execute(process.execPath, [main, ...args], { env: { ...env, ...more } }).then(
      () => ({ code: 0, stderr: '' }),
      (error: unknown) => {
        const { code, stderr } = error as { code: number; stderr: string };
        return { code, stderr };
      },
    );
  expect(await failing(['api'], { DATABASE_SCHEMA: 'empty' })).toEqual({
    code: 1,
    stderr: `The schema 'empty' is not up to date: it lacks ${Object.keys(migrations).join(', ')}. Run righttouch migrate.\n`,
  });
  const port = String(inbox.port);
  expect(await failing(['api'], { DATABASE_SCHEMA: 'righttouch', PORT: port })).toEqual({
    code: 1,
    stderr: `Port ${port} on 127.0.0.1 is taken. Set PORT to a free one, or to 0 for any.\n`,
  });
  const nowhere = await failing(['worker'], { DATABASE_SCHEMA: 'righttouch', TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(nowhere.stderr).toMatch(/^Temporal at 127\.0\.0\.1:1, namespace 'default', cannot be reached: /);
  expect(nowhere.code).toBe(3);
  expect(
    await failing(['worker'], { SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: '', DATABASE_SCHEMA: 'righttouch' }),
  ).toEqual({
    code: 2,
    stderr:
      'The settings of the channels do not go together.\n  MAIL_FROM is not set, but SMTP_URL is set, and every e-mail needs a sender. Set it to an address, or to "Name <address>".\n',
  });
}, 120_000);
