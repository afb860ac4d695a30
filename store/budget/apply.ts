/** Decides a batch: several pieces of work on one customer come one after another, each on the row the one before left. */
import type { BudgetRow } from '../../core/budget/types.ts';
import type { Wanted } from './load.ts';
import type { Change } from './save.ts';
import type { Loaded, MadeDecision, MadeTouch, MovedTouch, Outcome } from './touch.ts';

export interface Work<R> extends Wanted {
  decide(loaded: Loaded, now: number): Outcome<R>;
}
/** A piece of work somebody waits for. */
export interface Job {
  readonly work: Work<unknown>;
  /** How often somebody else wrote the row meanwhile. */
  lost: number;
  /** Its customer had no row, and one was made. */
  created: boolean;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

export interface Customer {
  readonly version: number;
  row: BudgetRow;
  changed: boolean;
  readonly jobs: { job: Job; answer: unknown }[];
  readonly touched: Set<string>;
  readonly made: MadeTouch[];
  readonly moved: MovedTouch[];
  readonly decisions: MadeDecision[];
  readonly freed: Set<string>;
}

export interface Applied {
  readonly customers: readonly Customer[];
  /** A second one for a touch that has just been changed: it has to see what was written. */
  readonly postponed: readonly Job[];
  readonly missing: readonly Job[];
}

export function apply(jobs: readonly Job[], loaded: readonly (Loaded | null)[], now: number): Applied {
  const customers = new Map<string, Customer>();
  const postponed: Job[] = [];
  const missing: Job[] = [];
  jobs.forEach((job, at) => {
    const found = loaded[at] ?? null;
    if (!found) return void missing.push(job);
    const customer = customers.get(found.row.customerId) ?? fresh(found.row);
    customers.set(found.row.customerId, customer);
    if (customer.touched.has(job.work.touchId)) return void postponed.push(job);
    try {
      take(customer, job, job.work.decide({ ...found, row: customer.row }, now));
    } catch (error) {
      job.reject(error);
    }
  });
  return { customers: [...customers.values()], postponed, missing };
}

/** The statement wants them sorted: two batches must lock in one order. */
export const changesOf = (customers: readonly Customer[]): Change[] =>
  customers
    .map(({ freed, ...change }) => ({ ...change, freed: [...freed] }))
    .sort((a, b) => (a.row.customerId < b.row.customerId ? -1 : 1));

const fresh = (row: BudgetRow): Customer => ({
  version: row.version,
  row,
  changed: false,
  jobs: [],
  touched: new Set(),
  made: [],
  moved: [],
  decisions: [],
  freed: new Set(),
});

function take(customer: Customer, job: Job, outcome: Outcome<unknown>): void {
  customer.jobs.push({ job, answer: outcome.answer });
  if (!outcome.row) return;
  customer.row = outcome.row;
  customer.changed = true;
  customer.touched.add(job.work.touchId);
  if (outcome.made) customer.made.push(outcome.made);
  if (outcome.moved) customer.moved.push(outcome.moved);
  if (outcome.decision) customer.decisions.push(outcome.decision);
  for (const touch of outcome.freed ?? []) customer.freed.add(touch);
}
