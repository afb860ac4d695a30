/** Where in the designer's own files something was thrown. */
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const frame = /((?:file:\/\/)?\/[^\s()]+\.(?:mjs|ts)):(\d+):(\d+)/g;

/** 'starter.ts:7', seen from the folder; null if no line of the stack stands there. */
export async function placeOf(error: unknown, folder: string, out: string): Promise<string | null> {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const [, url = '', line = '', column = ''] of stack.matchAll(frame)) {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    // With --enable-source-maps the stack names the sources already.
    if (isWithin(folder, file) && file.endsWith('.ts')) return `${relative(folder, file)}:${line}`;
    if (!isWithin(out, file)) continue;
    const entry = (await mapOf(file))?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) continue;
    const source = resolve(out, fromUrl(entry.originalSource));
    if (isWithin(folder, source)) return `${relative(folder, source)}:${entry.originalLine + 1}`;
  }
  return null;
}

const fromUrl = (said: string): string => (said.startsWith('file:') ? fileURLToPath(said) : said);
const isWithin = (folder: string, file: string): boolean => {
  const way = relative(folder, file);
  return !way.startsWith('..') && !isAbsolute(way) && !way.startsWith('node_modules');
};

async function mapOf(built: string): Promise<SourceMap | null> {
  const text = await readFile(built, 'utf8');
  const inline = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)/.exec(text);
  if (!inline?.[1]) return null;
  return new SourceMap(JSON.parse(Buffer.from(inline[1], 'base64').toString('utf8')) as SourceMap['payload']);
}
