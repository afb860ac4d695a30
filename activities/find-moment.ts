import { withinReach } from '../core/calendar/bounds.ts';
import { momentAt } from '../core/calendar/moment.ts';
import { followed } from '../core/journey/phrases.ts';
import type { Answer } from '../core/run/inputs.ts';
import type { RunState } from '../core/run/state.ts';
import { getCustomer } from '../store/customers.ts';
import { calendarOf } from '../store/team-calendar.ts';
import type { Deps } from './deps.ts';
import { runOf, type Run } from './run-of.ts';

export interface MomentAsked {
  readonly enrolment: string;
  readonly said: string;
  readonly from: number;
  readonly team: string;
  readonly facts: RunState['facts'];
}

/** The instant that a phrase means for this customer. A date nobody knows cannot be waited for: the wait is over at once. One that only means 'never' is waited for as long as can be. */
export async function findMoment(deps: Deps, asked: MomentAsked): Promise<Answer> {
  const at = await instantOf(deps, await runOf(deps.db, asked.enrolment), asked);
  return { is: 'moment', at: at ?? asked.from };
}

export async function instantOf(deps: Deps, run: Run, asked: Omit<MomentAsked, 'enrolment'>): Promise<number | null> {
  const customer = await getCustomer(deps.db, run.customerId);
  const root = followed(asked.said);
  const values = root === 'customer' ? (customer?.fields ?? {}) : root === null ? {} : (asked.facts[root] ?? {});
  const found = momentAt(asked.said, {
    from: asked.from,
    zoneOfCustomer: customer?.zone ?? null,
    calendar: calendarOf(run.words, asked.team, asked.from),
    fields: Object.fromEntries(Object.entries(values).map(([field, value]) => [`${String(root)}.${field}`, value])),
  });
  if (found.found) return withinReach(found.at, asked.from);
  deps.log.warn({ enrolment: run.enrolment, said: asked.said, because: found.because }, 'a moment could not be found');
  return null;
}
