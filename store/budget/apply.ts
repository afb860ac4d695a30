/** Decides a batch: several pieces of work on one customer come one after another, each on the row the one before left. */
import { sharedOf } from '../../core/budget/shared-rows.ts';
import type { BudgetRow, SharedRow } from '../../core/budget/row.ts';
import type { Wanted } from './load.ts';
import type { Change, Changes } from './save.ts';
import type { Loaded, MadeDecision, MadeTouch, MovedTouch, Outcome, Read } from './touch.ts';

export interface Work<R> extends Wanted {
  decide(loaded: Loaded, now: number): Outcome<R>;
}
/** A piece of work somebody waits for. */
export interface Job {
  /** Its customer may be another one by the time it is done: the one they were merged into. */
  work: Work<unknown>;
  /** How often somebody else wrote the row meanwhile. */
  lost: number;
  /** What it does was not new: its touch is there. */
  known: boolean;
  /** Its customer had no row, and one was made. */
  created: boolean;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

export interface Customer {
  readonly read: Read;
  row: BudgetRow;
  changed: boolean;
  /** Keys of the shared rows that its jobs changed: these are written together with its own, or neither is. */
  readonly sharing: Set<string>;
  readonly jobs: { job: Job; answer: unknown }[];
  /** Decided on the row as it was read, and nothing of it was taken: written whatever becomes of the row. */
  readonly refused: Refused[];
  readonly touched: Set<string>;
  readonly made: MadeTouch[];
  readonly remade: MadeTouch[];
  readonly moved: MovedTouch[];
  readonly decisions: MadeDecision[];
  readonly freed: Set<string>;
}

export interface Refused {
  readonly job: Job;
  readonly answer: unknown;
  readonly made: MadeTouch;
}

/** A shared row as it was read and as it is now, for all customers of the batch. */
export interface Shared {
  readonly version: number;
  row: SharedRow;
  changed: boolean;
}

export interface Applied {
  readonly customers: readonly Customer[];
  readonly shared: ReadonlyMap<string, Shared>;
  /** A second one for a touch that has just been changed: it has to see what was written. */
  readonly postponed: readonly Job[];
  readonly missing: readonly Job[];
}

export function apply(jobs: readonly Job[], loaded: readonly (Loaded | null)[], now: number): Applied {
  const customers = new Map<string, Customer>();
  const shared = new Map<string, Shared>();
  const postponed: Job[] = [];
  const missing: Job[] = [];
  jobs.forEach((job, at) => {
    const found = loaded[at] ?? null;
    if (!found) return void missing.push(job);
    const customer = customers.get(found.row.customerId) ?? fresh(found);
    customers.set(found.row.customerId, customer);
    if (customer.touched.has(job.work.touchId)) return void postponed.push(job);
    try {
      const rows = sharedOf(found.row).map((one) => {
        const known = shared.get(one.key) ?? { version: one.version, row: one, changed: false };
        shared.set(one.key, known);
        // Decided on what another of this batch has not written yet: it holds only if that does.
        if (known.changed) customer.sharing.add(one.key);
        return known.row;
      });
      const row = rows.length === 0 ? customer.row : { ...customer.row, shared: rows };
      take(customer, job, job.work.decide({ ...found, row }, now), row, shared);
    } catch (error) {
      job.reject(error);
    }
  });
  return { customers: [...customers.values()], shared, postponed, missing };
}

/** The statements want them sorted: two batches must lock in one order. */
export function changesOf(customers: readonly Customer[], shared: Applied['shared']): Changes {
  const units = unitsOf(customers);
  return {
    alone: customers
      .filter(({ sharing }) => sharing.size === 0)
      .map(changeOf(null))
      .sort(byCustomer),
    sharing: customers
      .flatMap((customer) => {
        const [key] = customer.sharing;
        return key === undefined ? [] : [changeOf(units.get(key) ?? null)(customer)];
      })
      .sort(byCustomer),
    shared: [...units]
      .flatMap(([key, unit]) => {
        const one = shared.get(key);
        return one ? [{ ...one, unit }] : [];
      })
      .sort((a, b) => (a.row.key < b.row.key ? -1 : 1)),
  };
}

/** What one piece of work on rows that are held comes to. */
export function changeOfOne(
  before: Pick<Loaded, 'row' | 'read'>,
  outcome: Omit<Outcome<unknown>, 'answer'> & { readonly row: BudgetRow },
): Changes {
  const customer = fresh(before);
  const read = sharedOf(before.row).map((row) => [row.key, { version: row.version, row, changed: false }] as const);
  const shared = new Map<string, Shared>(read);
  keep(customer, outcome, shared);
  return changesOf([customer], shared);
}

const changeOf =
  (unit: number | null) =>
  ({ freed, read, row, made, remade, moved, decisions }: Customer): Change => ({
    read,
    row,
    made,
    remade,
    moved,
    decisions,
    unit,
    freed: [...freed],
  });
const byCustomer = (a: Change, b: Change): number => (a.row.customerId < b.row.customerId ? -1 : 1);

/** Customers who changed a row in common are one unit, and so on through all that they share: a unit is written whole or not at all. */
function unitsOf(customers: readonly Customer[]): Map<string, number> {
  const units = new Map<string, number>();
  customers.forEach(({ sharing }, unit) => {
    const joined = new Set([...sharing].flatMap((key) => units.get(key) ?? []));
    for (const [key, known] of units) if (joined.has(known)) units.set(key, unit);
    for (const key of sharing) units.set(key, unit);
  });
  return units;
}

const fresh = ({ row, read }: Pick<Loaded, 'row' | 'read'>): Customer => ({
  read,
  row: { ...row, shared: [] },
  changed: false,
  sharing: new Set(),
  jobs: [],
  refused: [],
  touched: new Set(),
  made: [],
  remade: [],
  moved: [],
  decisions: [],
  freed: new Set(),
});

function take(
  customer: Customer,
  job: Job,
  { answer, ...change }: Outcome<unknown>,
  read: BudgetRow,
  shared: Map<string, Shared>,
): void {
  const { row, made } = change;
  if (row || made) customer.touched.add(job.work.touchId);
  // On a row that another of this batch has changed, a refusal holds only if that is written.
  if (!row && made && !customer.changed && customer.sharing.size === 0)
    return void customer.refused.push({ job, answer, made });
  customer.jobs.push({ job, answer });
  if (row || made) keep(customer, { ...change, row: row ?? read }, shared);
}

function keep(
  customer: Customer,
  outcome: Parameters<typeof changeOfOne>[1],
  shared: ReadonlyMap<string, Shared>,
): void {
  const { shared: rows = [], ...row } = outcome.row;
  customer.row = row;
  for (const one of rows) {
    const known = shared.get(one.key);
    if (!known || known.row === one) continue;
    known.row = one;
    known.changed = true;
    customer.sharing.add(one.key);
  }
  customer.changed = true;
  if (outcome.made) customer.made.push(outcome.made);
  if (outcome.remade) customer.remade.push(outcome.remade);
  if (outcome.moved) customer.moved.push(outcome.moved);
  if (outcome.decision) customer.decisions.push(outcome.decision);
  for (const touch of outcome.freed ?? []) customer.freed.add(touch);
}
