/** The values that conditions read, found when they are needed: the run's own, the customer's record, what is so now, and what was. */
import { isOpen } from '../core/calendar/business.ts';
import { dayMs } from '../core/calendar/zone.ts';
import { fastest } from '../core/journey/right-way.ts';
import { valueInRun } from '../core/run/steps/choose.ts';
import type { Counts } from '../core/run/commands.ts';
import type { Scalar } from '../core/run/inputs.ts';
import type { RunState } from '../core/run/state.ts';
import { getCustomer } from '../store/customers.ts';
import { brokenPromises, lastHumanTouchAt } from '../store/history.ts';
import { tasksAhead } from '../store/tasks/ahead.ts';
import { calendarOf } from '../store/team-calendar.ts';
import { configuredIn, type Deps } from './deps.ts';
import type { Who } from './run-of.ts';

export interface Known {
  readonly facts: RunState['facts'];
  readonly counts: Counts;
  readonly team: string;
}
export type ValueOf = (path: string) => Scalar | undefined;

/** Reads only what is asked for. A value that is not known is left out, and passes no test. */
export async function valuesOf(deps: Deps, run: Who, known: Known, paths: readonly string[]): Promise<ValueOf> {
  const values = new Map<string, Scalar>();
  for (const path of new Set(paths)) {
    const value = await valueOf(deps, run, known, path);
    if (value !== undefined) values.set(path, value);
  }
  return (path) => values.get(path);
}

async function valueOf(deps: Deps, run: Who, known: Known, path: string): Promise<Scalar | undefined> {
  const [root = '', field = ''] = path.split('.', 2);
  if (root === 'customer') return (run.customer ?? (await getCustomer(deps.db, run.customerId)))?.fields[field];
  const now = deps.clock.now();
  switch (path) {
    case 'now.teamIsOpen':
      return teamIsOpen(run, known.team, now);
    case 'now.fastest':
      return fastest(configuredIn(deps), teamIsOpen(run, known.team, now) ?? false);
    case 'now.tasksAhead':
      return tasksAhead(deps.db, known.team);
    case 'history.brokenPromises':
      return brokenPromises(deps.db, run.customerId);
    case 'history.daysSincePerson': {
      const at = await lastHumanTouchAt(deps.db, run.customerId);
      return at === null ? undefined : Math.floor((now - at) / dayMs);
    }
    default:
      return valueInRun(known.facts, known.counts, path);
  }
}

function teamIsOpen(run: Who, team: string, now: number): boolean | undefined {
  const calendar = calendarOf(run.words, team, now);
  return calendar ? isOpen(calendar, now) : undefined;
}
