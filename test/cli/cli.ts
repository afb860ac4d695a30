/** Commands, run in this process against an API that listens, as somebody types them. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../cli/run.ts';
import { ownApi, type OwnApi } from '../api/own-api.ts';

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly told: string;
}
export type Env = Readonly<Record<string, string | undefined>>;

export async function type(args: readonly string[], env: Env, cwd: string): Promise<Ran> {
  const out: string[] = [];
  const told: string[] = [];
  const exit = await run(args, {
    out: (line) => void out.push(line),
    tell: (line) => void told.push(line),
    env,
    cwd,
  });
  return { exit, out: out.join('\n'), told: told.join('\n') };
}

export const jsonOf = ({ out }: Ran): unknown => JSON.parse(out);

export interface OwnCli {
  readonly api: OwnApi;
  readonly url: string;
  /** An empty folder: where commands are run, and where `dev` would keep its data. */
  readonly folder: string;
  readonly env: Env;
  /** Types a command line with the key that may do everything; `env` is on top of what it knows. */
  readonly cli: (args: readonly string[], env?: Env) => Promise<Ran>;
  readonly stop: () => Promise<void>;
}

export async function ownCli(): Promise<OwnCli> {
  const api = await ownApi();
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'righttouch-cli-'));
  const env = { RIGHTTOUCH_URL: url, RIGHTTOUCH_KEY: api.key, RIGHTTOUCH_DATA: folder };
  return {
    api,
    url,
    folder,
    env,
    cli: (args, more = {}) => type(args, { ...env, ...more }, folder),
    async stop() {
      await api.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
