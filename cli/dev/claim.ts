import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { textOf } from './folders.ts';

/** One `righttouch dev` a data folder: who holds it, and where it answers. */
export type Claim =
  | {
      kind: 'ours';
      /** Tells a second start where we are. */
      announce(url: string): void;
      release(): void;
    }
  | { kind: 'running'; pid: number; url: string | undefined };

const holder = z.object({ pid: z.number(), bornAt: z.string(), url: z.string().optional() });

/** Claims the data folder for this process, or tells who has it. What a dead process left behind is taken over. */
export function claimFolder(data: string): Claim {
  mkdirSync(data, { recursive: true });
  const file = join(data, 'running.json');
  const own = `${file}.${process.pid}`;
  const write = (url?: string): void =>
    writeFileSync(own, JSON.stringify({ pid: process.pid, bornAt: birthOf(process.pid), url }));
  for (;;) {
    write();
    if (linked(own, file)) {
      rmSync(own);
      return {
        kind: 'ours',
        announce(url) {
          write(url);
          renameSync(own, file);
        },
        release: () => rmSync(file, { force: true }),
      };
    }
    rmSync(own);
    const text = textOf(file);
    const found = holder.safeParse(parseJson(text));
    if (found.success && birthOf(found.data.pid) === found.data.bornAt)
      return { kind: 'running', pid: found.data.pid, url: found.data.url };
    takeAway(file, text);
  }
}

/** Removes what a dead process left. If another start was quicker and the file is already its own, it is put back. */
function takeAway(file: string, dead: string): void {
  const grave = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, grave);
  } catch {
    return; // gone already
  }
  if (textOf(grave) !== dead) linked(grave, file);
  rmSync(grave, { force: true });
}

/** A link, unlike a rename, fails when the name is taken. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** When a process began, as its system tells it: with the pid, this names a process for good. Empty when it is gone. */
function birthOf(pid: number): string {
  try {
    if (process.platform !== 'linux')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    // The 22nd field; the second, the command's name in brackets, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
