/** Everything on this machine: the servers, an engine on the real clock, and before that a story on a fast one. */
import { join } from 'node:path';
import { createLogger } from '../../config/logger.ts';
import { addSearchAttributes } from '../assemble/search-attributes.ts';
import { claimFolder } from '../dev/claim.ts';
import { startServers, type Servers } from '../dev/dev.ts';
import { playDemo } from '../dev/demo.ts';
import { deskLink, waitAtTheDesk } from '../dev/desk.ts';
import { dataFolder, packageRoot } from '../dev/folders.ts';
import { startInbox, type Inbox } from '../dev/inbox.ts';
import { keyFileIn, openInstallation, type Installation } from '../dev/installation.ts';
import { live, type Lifecycle } from '../dev/lifecycle.ts';
import { processIo } from '../io.ts';
import type { DevOptions } from '../program/servers.ts';
import { Refusal } from '../refusal.ts';
import { publish } from './publish.ts';

const tell = (line: string): void => {
  console.log(line);
};

export function dev({ demo }: DevOptions): Promise<never> {
  return live((life) =>
    start(life, demo).catch((error: unknown) => {
      if (error instanceof Refusal) for (const { says } of error.faults) tell(`  ${says}`);
      throw error;
    }),
  );
}

async function start(life: Lifecycle, demo: boolean): Promise<void> {
  const data = dataFolder();
  const claim = claimFolder(data);
  if (claim.kind === 'running') {
    tell(
      `RightTouch is already running${claim.url === undefined ? '' : ` at ${claim.url}`} (process ${claim.pid}, data in ${data}).`,
    );
    return;
  }
  life.onStop('claim', () => {
    claim.release();
    return Promise.resolve();
  });
  tell('Starting PostgreSQL and Temporal …');
  const servers = await startServers({ data, tell, fail: life.fail });
  life.onStop('servers', servers.stop);
  const inbox = await startInbox({ folder: join(data, 'inbox'), smtpPort: 1025, webPort: 1080 });
  life.onStop('inbox', () => inbox.stop());
  const log = createLogger({ level: process.env['LOG_LEVEL'] ?? 'warn' });
  const shared = { env: process.env, databaseUrl: servers.databaseUrl, inbox, log, fail: life.fail };

  // Our own server was started with them; one of yours may lack them.
  if (servers.demoNamespace === undefined) await addSearchAttributes(servers.temporal);
  const engine = await openInstallation({
    ...shared,
    schema: process.env['DATABASE_SCHEMA'] ?? 'righttouch',
    temporal: servers.temporal,
    taskQueue: process.env['TEMPORAL_TASK_QUEUE'] ?? 'righttouch',
    port: Number(process.env['PORT'] ?? 3000),
    mailPort: 2525,
    keyFile: keyFileIn(data),
  });
  life.onStop('engine', () => engine.stop());
  claim.announce(engine.api.url);
  const samples = join(packageRoot, 'journeys');
  if (demo) {
    await publish(
      { ...processIo, out: () => undefined, env: { ...process.env, RIGHTTOUCH_KEY: engine.key } },
      samples,
      { url: engine.api.url, keep: true },
    );
    await story(life, servers, { ...shared, samples });
    await waitAtTheDesk(engine).catch((error: unknown) => {
      tell(`Nobody waits at the desk: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  const link = await deskLink(engine);
  tellWhere(servers, inbox, engine, { data, link });
  await life.stopped;
}

/** A story that cannot be told must not keep the engine from working. */
async function story(
  life: Lifecycle,
  { temporal, demoNamespace }: Servers,
  shared: Omit<Parameters<typeof playDemo>[0], 'temporal' | 'tell' | 'signal'>,
): Promise<void> {
  if (demoNamespace === undefined) {
    tell('The story is not played: it wants a namespace of its own, and this Temporal is yours.');
    return;
  }
  await playDemo({ ...shared, temporal: { ...temporal, namespace: demoNamespace }, tell, signal: life.signal }).catch(
    (error: unknown) => {
      if (!life.signal.aborted) tell(`The story broke off: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
}

interface Whereabouts {
  readonly data: string;
  readonly link: string;
}

function tellWhere(servers: Servers, inbox: Inbox, { api }: Installation, { data, link }: Whereabouts): void {
  const rows = [
    ['The desk', `${link}  (opens it signed in, once)`],
    ['API', `${api.url}/v1  (its key: ${keyFileIn(data)})`],
    ['API docs', `${api.url}/docs`],
    ['Temporal UI', servers.temporalUi ?? servers.temporal.connection.address],
    ['Demo inbox', inbox.webUrl],
    ['Replies by mail', api.mailPort === null ? 'none' : `smtp://127.0.0.1:${api.mailPort}`],
    ['Data', data + (servers.postgresHome === undefined ? '' : `  (PostgreSQL: ${servers.postgresHome})`)],
  ];
  tell(`\nRightTouch is up, on the real clock. Ctrl-C stops it.\n`);
  for (const [what, where] of rows) tell(`  ${String(what).padEnd(16)} ${String(where)}`);
  tell(
    `\n  Try: npx righttouch customers list · npx righttouch enrol inquiry-received CUSTOMER inquiryId=i-1 topic=billing urgent=false`,
  );
}
