/** All resources, one a file. */
import type { Served } from './addresses-served.ts';
import type { Api, ApiDeps } from './deps.ts';
import { health } from './health.ts';
import { keys } from './keys.ts';
import { problemPages } from './problem-pages.ts';

export function resources(app: Api, deps: ApiDeps, served: Served): void {
  health(app, deps);
  problemPages(app);
  keys(app, deps);
}
