/** The lines of a try: of a script, of a pipe, or as somebody types them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Io } from '../io.ts';
import { misused } from '../refusal.ts';

export interface Lines {
  readonly isTyped: boolean;
  readonly each: AsyncIterable<string>;
}

export function linesOf(io: Io, script: string | undefined): Lines {
  if (script !== undefined) return { isTyped: false, each: written(read(io, script)) };
  return { isTyped: process.stdin.isTTY, each: typed() };
}

function read({ cwd }: Io, script: string): string[] {
  try {
    return readFileSync(resolve(cwd, script), 'utf8').split(/\r?\n/);
  } catch (error) {
    throw misused(`The script '${script}' cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- a script is there at once, and read like what is typed
async function* written(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function* typed(): AsyncGenerator<string> {
  const asks = process.stdin.isTTY;
  const reader = createInterface({
    input: process.stdin,
    output: asks ? process.stdout : undefined,
    terminal: asks,
    prompt: '> ',
  });
  if (asks) reader.prompt();
  try {
    for await (const line of reader) {
      yield line;
      if (asks) reader.prompt();
    }
  } finally {
    reader.close();
  }
}
