/** Where in the designer's own files something was thrown. */
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** 'starter.ts:7', seen from the folder; null if no line of the stack stands there. */
export async function placeOf(error: unknown, folder: string, out: string): Promise<string | null> {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, url = '', line = '', column = ''] of stack.matchAll(/((?:file:\/\/)?\/[^\s()]+\.mjs):(\d+):(\d+)/g)) {
    const built = url.startsWith('file:') ? fileURLToPath(url) : url;
    if (relative(out, built).startsWith('..')) continue;
    const map = await mapOf(built);
    const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) continue;
    const source = relative(folder, resolve(out, entry.originalSource));
    if (!source.startsWith('..') && !isAbsolute(source)) return `${source}:${entry.originalLine + 1}`;
  }
  return null;
}

async function mapOf(built: string): Promise<SourceMap | null> {
  const text = await readFile(built, 'utf8');
  const inline = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)/.exec(text);
  if (!inline?.[1]) return null;
  return new SourceMap(JSON.parse(Buffer.from(inline[1], 'base64').toString('utf8')) as SourceMap['payload']);
}
