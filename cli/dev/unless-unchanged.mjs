// Builds are made again only when something that goes into them has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = join(root, 'dist');
mkdirSync(dist, { recursive: true });

/** Runs `make` unless it ran for the same sources and its products are still there. */
export async function unlessUnchanged(name, digest, products, make) {
  const stamp = join(dist, `.${name}`);
  const isThere = products.every((file) => existsSync(join(dist, file)));
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  await make();
  writeAtOnce(`.${name}`, digest);
}

/** A digest of the folders' sources and of what they are built with. */
export function digestOf(folders) {
  const files = folders.flatMap((folder) => sourcesIn(folder)).sort();
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of ['righttouch.ts', 'package-lock.json', 'cli/dev/build.mjs', 'cli/dev/build-desk.mjs', ...files]) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function sourcesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder), { recursive: true });
  return names.filter((name) => /\.(tsx?|mjs|html|css|svg|json)$/.test(name)).map((name) => join(folder, name));
}

/** Writes elsewhere and renames: a process that starts meanwhile sees a whole file. */
export function writeAtOnce(name, text) {
  const part = join(dist, `${name}.${process.pid}`);
  writeFileSync(part, text);
  renameSync(part, join(dist, name));
}
