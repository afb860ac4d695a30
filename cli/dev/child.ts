import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from './folders.ts';

/** An unprivileged user to run a server as. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface Child {
  readonly pid: number;
  /** Settles with the exit code, or null when a signal ended it. Never rejects. */
  readonly exited: Promise<number | null>;
  isGone(): boolean;
  /** Interrupts the server, kills it after `withinMs`, and waits until it is gone. */
  stop(withinMs?: number): Promise<void>;
}

export interface ChildOptions {
  /** Receives what the server prints. */
  log: string;
  /** Holds the server's pid while it runs, so that the next start can end what a crash left behind. */
  pidFile: string;
  /** Folder to remove once the server is gone. */
  remove?: string;
  owner?: Owner;
}

// The guard's arguments: the server's pid, and the folder to remove. It does not wait for ever: where nobody reaps the dead, a
// server that has ended still answers `kill -0`.
const guard = `read -r _
kill -INT "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ "$n" -lt 120 ]; do
  n=$((n + 1))
  [ "$n" -eq 100 ] && kill -KILL "$1" 2>/dev/null
  sleep 0.1
done
[ -n "$2" ] && rm -rf "$2"`;

/**
 * Starts a server in a session of its own, so that Ctrl-C and a closing terminal reach us alone and we stop it in order.
 * A shell beside it holds the other end of a pipe: when we are gone, even by kill -9, it reads the end of the pipe,
 * interrupts the server, and kills it after 10 s.
 */
export function startChild(bin: string, args: readonly string[], options: ChildOptions): Child {
  const { log, pidFile, remove = '', owner } = options;
  const out = openSync(log, 'a');
  const child = spawn(bin, args, { cwd: '/', detached: true, stdio: ['ignore', out, out], ...owner });
  closeSync(out);
  const exited = once(child, 'exit').then(
    ([code]: (number | null)[]) => code ?? null,
    () => null,
  );
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${bin}: is it there, and may we run it?`);
  const watcher = spawn('/bin/sh', ['-c', guard, 'righttouch-guard', String(pid), remove], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined); // without a guard only kill -9 leaves the server behind, and the pid file finds it
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  writeFileSync(pidFile, String(pid));
  void exited.then(() => {
    watcher.kill('SIGKILL');
    rmSync(pidFile, { force: true });
    if (remove) rmSync(remove, { recursive: true, force: true, maxRetries: 20 }); // its last children may still be writing
  });
  return {
    pid,
    exited,
    isGone: () => child.exitCode !== null || child.signalCode !== null,
    async stop(withinMs = 10_000) {
      child.kill('SIGINT');
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Ends what an earlier start left behind: the first line of the pid file names a live process whose command line has `mark` in it. */
export async function endStray(pidFile: string, mark: string): Promise<void> {
  const pid = Number(textOf(pidFile).split('\n')[0]);
  for (let tries = 0; pid > 1 && isRunning(pid, mark); tries++) {
    if (tries % 100 === 0) process.kill(pid, tries < 200 ? 'SIGINT' : 'SIGKILL');
    await sleep(50);
  }
}

/** Whether the process lives and its command line has `mark` in it: pids are used again, so a pid alone proves nothing. */
export function isRunning(pid: number, mark: string): boolean {
  try {
    const line =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return line.includes(mark);
  } catch {
    return false;
  }
}
