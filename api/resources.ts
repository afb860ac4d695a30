/** All resources, one a file. */
import { audiences } from './audiences.ts';
import { broadcasts } from './broadcasts.ts';
import { consents } from './consents.ts';
import { conversation } from './conversation.ts';
import { corrections } from './corrections.ts';
import { customers } from './customers.ts';
import type { Api, ApiDeps } from './deps.ts';
import { enrolments } from './enrolments.ts';
import { events } from './events.ts';
import { health } from './health.ts';
import { journeys } from './journeys.ts';
import { keys } from './keys.ts';
import { killSwitches } from './kill-switches.ts';
import { metrics } from './metrics.ts';
import { moves } from './moves.ts';
import { outbox } from './outbox.ts';
import { problemPages } from './problem-pages.ts';
import { splits } from './splits.ts';
import { suppressions } from './suppressions.ts';
import { tasks } from './tasks.ts';
import { versions } from './versions.ts';
import { webhooks } from './webhooks.ts';
import { why } from './why.ts';

export function resources(app: Api, deps: ApiDeps): void {
  metrics(app, deps);
  health(app, deps);
  problemPages(app);
  customers(app, deps);
  consents(app, deps);
  suppressions(app, deps);
  conversation(app, deps);
  why(app, deps);
  events(app, deps);
  journeys(app, deps);
  moves(app, deps);
  corrections(app, deps);
  versions(app, deps);
  splits(app, deps);
  enrolments(app, deps);
  audiences(app, deps);
  broadcasts(app, deps);
  tasks(app, deps);
  killSwitches(app, deps);
  webhooks(app, deps);
  outbox(app, deps);
  keys(app, deps);
}
