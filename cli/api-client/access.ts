/** Where the API is, and the key it is called with. */
import { join } from 'node:path';
import { z } from 'zod';
import { dataFolder, textOf } from '../dev/folders.ts';
import type { Io } from '../io.ts';
import { misused } from '../refusal.ts';

export interface Access {
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string | null;
  /** Said when the key is refused: "RIGHTTOUCH_KEY". */
  readonly keyFrom: string | null;
}

const standard = 'http://127.0.0.1:3000';

/**
 * The address: as given, RIGHTTOUCH_URL, the one that `dev` announces in its data folder, or the usual one. The key:
 * RIGHTTOUCH_KEY, or the file `key` of that folder, which opens the installation on this machine and is sent nowhere else.
 */
export function findAccess({ env }: Pick<Io, 'env'>, given: string | undefined): Access {
  const data = dataFolder(env);
  const url = readUrl(given ?? named(env['RIGHTTOUCH_URL']) ?? announced(data) ?? standard, given);
  const set = env['RIGHTTOUCH_KEY'];
  if (set) return { url, key: set, keyFrom: 'RIGHTTOUCH_KEY' };
  const file = join(data, 'key');
  const key = isOnThisMachine(url) ? textOf(file).trim() : '';
  return key === '' ? { url, key: null, keyFrom: null } : { url, key, keyFrom: file };
}

/** An empty variable counts as not set. */
const named = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

function readUrl(said: string, given: string | undefined): string {
  if (URL.canParse(said)) {
    const { protocol, origin, pathname } = new URL(said);
    if (protocol === 'http:' || protocol === 'https:') return `${origin}${pathname.replace(/\/+$/, '')}`;
  }
  const name = given === undefined ? 'RIGHTTOUCH_URL' : '--url';
  throw misused(`${name} is '${said}', but should be the API's address, such as https://touch.example.com.`);
}

const isOnThisMachine = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

const running = z.object({ url: z.string() });
function announced(data: string): string | undefined {
  const text = textOf(join(data, 'running.json'));
  try {
    return running.safeParse(JSON.parse(text)).data?.url;
  } catch {
    return undefined;
  }
}
