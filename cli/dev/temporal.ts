import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { endStray, startChild, type Child } from './child.ts';
import { endOf } from './folders.ts';
import { attemptsFor, freePort, portFor, type PortWish } from './ports.ts';

export interface Temporal {
  /** `127.0.0.1:7233`: what a client connects to. */
  readonly address: string;
  readonly port: number;
  /** The web page, unless headless. */
  readonly ui?: string;
  readonly uiPort?: number;
  readonly exited: Child['exited'];
  stop(): Promise<void>;
}

export interface TemporalOptions extends PortWish {
  /** Of the web page: taken if it is free, otherwise one of the next. */
  uiPort?: number;
  /** Registered with our search attributes before the server is told to be ready. */
  namespaces: readonly [string, ...string[]];
  headless?: boolean;
  /** For tests: kept in memory, and the folder goes with the server. */
  throwAway?: boolean;
}

/** Starts Temporal's development server `binary` on 127.0.0.1, with its database and log in `home`. */
export async function startTemporal(binary: string, home: string, options: TemporalOptions): Promise<Temporal> {
  mkdirSync(home, { recursive: true });
  const database = join(home, 'temporal.db');
  const log = join(home, 'temporal.log');
  const pidFile = join(home, 'temporal.pid');
  await endStray(pidFile, home);
  for (let attempt = 1; attempt <= attemptsFor(options); attempt++) {
    const port = await portFor(options, attempt);
    const uiPort = options.headless ? undefined : await freePort(attempt === 1 ? options.uiPort : 0);
    const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
    args.push(...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]));
    if (!options.throwAway) args.push('--db-filename', database);
    for (const namespace of options.namespaces) args.push('--namespace', namespace);
    for (const name of Object.values(searchAttributes)) args.push('--search-attribute', `${name}=Keyword`);
    const server = startChild(binary, args, { log, pidFile, ...(options.throwAway && { remove: home }) });
    if (await knows(options.namespaces, server, `127.0.0.1:${port}`)) {
      return {
        address: `127.0.0.1:${port}`,
        port,
        ...(uiPort !== undefined && { ui: `http://127.0.0.1:${uiPort}`, uiPort }),
        exited: server.exited,
        stop: () => server.stop(),
      };
    }
  }
  throw new Error(`Temporal did not start; the end of ${log}:\n${endOf(log)}`);
}

/** Waits until the server answers for every namespace; false when it ends before. */
async function knows(namespaces: readonly string[], server: Child, address: string): Promise<boolean> {
  while (!server.isGone()) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1000 });
      try {
        for (const namespace of namespaces) await connection.workflowService.describeNamespace({ namespace });
        return true;
      } finally {
        await connection.close();
      }
    } catch {
      await sleep(50);
    }
  }
  return false;
}
