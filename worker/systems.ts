/** Other systems, held against what is published when a worker starts: what a journey asks for and nobody registered is told plainly. */
import type { Logger } from 'pino';
import type { System, Systems } from '../core/journey/systems.ts';
import type { Journey } from '../core/journey/table.ts';
import { listJourneys } from '../store/journeys.ts';
import type { Db } from '../store/open.ts';

export interface Unregistered {
  readonly journey: string;
  readonly step: string;
  readonly kind: 'lookUp' | 'act';
  readonly name: string;
}

/** Steps that ask systems which are not registered. */
export function unregistered(journeys: readonly Journey[], systems: Systems): Unregistered[] {
  return journeys.flatMap(({ name: journey, steps }) =>
    Object.entries(steps).flatMap(([step, said]): Unregistered[] => {
      if (said.kind === 'lookUp' && !has(systems.lookUps, said.find))
        return [{ journey, step, kind: 'lookUp', name: said.find }];
      if (said.kind === 'act' && !has(systems.actions, said.do)) return [{ journey, step, kind: 'act', name: said.do }];
      return [];
    }),
  );
}
const has = (registered: Readonly<Record<string, System>>, name: string): boolean => Object.hasOwn(registered, name);

/** The worker works all the same: such a step goes on at 'unsure' or 'failed', which lead to a person. */
export async function tellUnregistered(db: Db, systems: Systems, log: Logger): Promise<Unregistered[]> {
  const journeys = (await listJourneys(db)).map(({ definition }) => definition);
  const missing = unregistered(journeys, systems);
  for (const { journey, step, kind, name } of missing)
    log.warn(
      { journey, step, system: name },
      kind === 'lookUp'
        ? `No look-up '${name}' is registered: step '${step}' of '${journey}' will be unsure. Register it in the file that RIGHTTOUCH_SYSTEMS names.`
        : `No action '${name}' is registered: step '${step}' of '${journey}' will fail. Register it in the file that RIGHTTOUCH_SYSTEMS names.`,
    );
  return missing;
}
