import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endStray, isRunning, startChild, type Child, type Owner } from './child.ts';
import { endOf, textOf } from './folders.ts';
import { attemptsFor, portFor, type PortWish } from './ports.ts';
import { postgresBinaries } from './postgres-binaries.ts';

export interface Postgres {
  /** Of the database `postgres`, as its superuser. */
  readonly url: string;
  readonly port: number;
  /** Where data, password and log are. */
  readonly home: string;
  readonly exited: Child['exited'];
  stop(): Promise<void>;
}

export interface PostgresOptions extends PortWish {
  /** For tests: nothing is synced to disk, and the folder goes with the server. */
  throwAway?: boolean;
  /** Of the server itself, for measurements: `shared_buffers` and the like. */
  settings?: Readonly<Record<string, string>>;
}

// PostgreSQL refuses to run as root, and the user it then runs as may not walk through folders such as /root.
const rootsHome = '/var/lib/righttouch';

/** Starts the embedded PostgreSQL on 127.0.0.1, with its data in `wanted` (below /var/lib/righttouch when we are root). */
export async function startPostgres(wanted: string, options: PostgresOptions = {}): Promise<Postgres> {
  const owner = process.getuid?.() === 0 ? nobody() : undefined;
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const home = owner ? join(rootsHome, name) : wanted;
  mkdirSync(home, { recursive: true });
  const bin = join(postgresBinaries(owner && rootsHome), 'bin');
  const data = join(home, 'data');
  const passwordFile = join(home, 'password');
  await endStray(join(data, 'postmaster.pid'), data);
  forgetReusedPid(join(data, 'postmaster.pid'));
  if (!existsSync(data)) initialise(bin, data, passwordFile, { sync: !options.throwAway, ...(owner && { owner }) });

  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...options.settings,
    ...(options.throwAway && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const log = join(home, 'postgres.log');
  for (let attempt = 1; attempt <= attemptsFor(options); attempt++) {
    const port = await portFor(options, attempt);
    const server = startChild(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
      log,
      pidFile: join(home, 'postgres.pid'),
      ...(options.throwAway && { remove: home }),
      ...(owner && { owner }),
    });
    if (await takesConnections(server, data)) {
      const password = readFileSync(passwordFile, 'utf8');
      const url = `postgres://righttouch:${password}@127.0.0.1:${port}/postgres`;
      return { url, port, home, exited: server.exited, stop: () => server.stop() };
    }
  }
  throw new Error(`PostgreSQL did not start; the end of ${log}:\n${endOf(log)}`);
}

/** Makes the database elsewhere and renames it, so that a kill in between leaves no half database. */
function initialise(bin: string, data: string, passwordFile: string, how: { sync: boolean; owner?: Owner }): void {
  const { owner } = how;
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (owner) for (const path of [fresh, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['-U', 'righttouch', '--pwfile', passwordFile, '--auth=scram-sha-256'];
  execFileSync(join(bin, 'initdb'), ['-D', fresh, ...access, ...locale, ...(how.sync ? [] : ['--no-sync'])], {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...owner,
  });
  renameSync(fresh, data);
}

/**
 * After a crash PostgreSQL reads its old pid file, to make sure that none of its processes still has the data open, so the
 * file stays. But when another process of the same user has that pid by now, it would refuse to start for ever.
 */
function forgetReusedPid(file: string): void {
  const pid = Number(textOf(file).split('\n')[0]);
  if (pid > 1 && isRunning(pid, '')) rmSync(file, { force: true });
}

/** PostgreSQL writes `ready` on the eighth line of its own pid file once it takes connections. */
async function takesConnections(server: Child, data: string): Promise<boolean> {
  while (!server.isGone()) {
    const lines = textOf(join(data, 'postmaster.pid')).split('\n');
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return true;
    await sleep(10);
  }
  return false;
}

const idOf = (flag: '-u' | '-g'): number => Number(execFileSync('id', [flag, 'nobody']));
const nobody = (): Owner => ({ uid: idOf('-u'), gid: idOf('-g') });
