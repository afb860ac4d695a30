import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../dev/folders.ts';

/** Where `npm run build` leaves the agents' page; null: it was not built, and the API is served without it. */
export function builtDesk(): string | null {
  const folder = join(packageRoot, 'dist', 'desk');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
