/**
 * Compare-and-swap on customers' rows, in batches: whatever is asked while a batch is on its way is decided in the next one.
 * Nobody holds a lock while JavaScript thinks; who finds that the row has changed decides again. Where that goes on and
 * on, because many processes want one customer, the row is locked instead.
 */
import { apply, changesOf, type Applied, type Customer, type Job, type Refused, type Work } from './apply.ts';
import { createRows } from './create-row.ts';
import { isMadeMeanwhile, isOnesFault, lostAll } from './failed-write.ts';
import { load, type Wanted } from './load.ts';
import { loadLocked } from './load-locked.ts';
import type { Run } from './run.ts';
import { save, saveRefused } from './save.ts';
import { shareOut } from './share-out.ts';
import type { Loaded } from './touch.ts';

export interface SwapOptions {
  readonly run: Run;
  readonly transaction: <T>(work: (run: Run) => Promise<T>) => Promise<T>;
  /** Epoch milliseconds of the engine's clock; asked once a batch. */
  readonly now: () => number;
  /** Pieces of work in one batch, at most. More make everybody wait longer than they save. */
  readonly mostInBatch?: number;
  /** Batches on their way at one time: while one is with the database, another is being decided. */
  readonly mostBatches?: number;
  /** Told after the commit that touches which wait may ask again. */
  readonly onFreed: () => void;
  /** How many pieces of work were decided together, and how long it took; for metrics. */
  readonly onBatch?: (size: number, tookMs: number) => void;
}
export type Swap = <R>(work: Work<R>) => Promise<R>;

const roundsBeforeLock = 3;
/** Two batches of fewer than this take longer than one: so few wait until the one that is on its way is back. */
const worthABatch = 50;

export function createSwap(options: SwapOptions): Swap {
  const { run, now, mostInBatch = 500, mostBatches = 2 } = options;
  let queue: Job[] = [];
  // Customers whose row is being decided on here: a second batch of ours would only lose against the first.
  const busy = new Set<string>();
  let batches = 0;
  let called = false;

  // What is asked in one turn of the event loop goes together.
  function call(): void {
    if (called || batches >= mostBatches || queue.length === 0) return;
    if (batches > 0 && queue.length < worthABatch) return;
    called = true;
    setImmediate(() => {
      called = false;
      const jobs = take();
      if (jobs.length === 0) return;
      const customers = jobs.flatMap(({ work }) => work.customerId ?? []);
      for (const customer of customers) busy.add(customer);
      batches++;
      void batch(jobs).then((again) => {
        batches--;
        for (const customer of customers) busy.delete(customer);
        queue = [...again, ...queue];
        call();
      });
      call();
    });
  }

  /** A fair share for each batch that may still start, so that the database is not waited for while there is work. */
  function take(): readonly Job[] {
    const share = Math.max(worthABatch, Math.ceil(queue.length / (mostBatches - batches)));
    const { taken, left } = shareOut(queue, busy, { share, most: mostInBatch });
    queue = left;
    return taken;
  }

  /** Answers with those that have to be done again; never rejects. */
  async function batch(jobs: readonly Job[]): Promise<Job[]> {
    const began = performance.now();
    const again = await round(jobs).catch((error: unknown) => failed(jobs, error));
    options.onBatch?.(jobs.length, performance.now() - began);
    return again;
  }

  async function failed(jobs: readonly Job[], error: unknown): Promise<Job[]> {
    if (isMadeMeanwhile(error) && jobs.some(({ work, known }) => work.isNew === true && !known)) return known(jobs);
    const again: Job[] = [];
    const [first] = jobs;
    if (jobs.length > 1 && isOnesFault(error)) for (const job of jobs) again.push(...(await batch([job])));
    else if (first && isMadeMeanwhile(error) && (first.lost += 1) <= roundsBeforeLock) again.push(first);
    else for (const job of jobs) job.reject(error);
    return again;
  }

  /** Answers with those that have to be done again. */
  async function round(jobs: readonly Job[]): Promise<Job[]> {
    const at = now();
    return decide(jobs, await load(run, jobs.map(wantedOf)), at);
  }

  // No async function, here and in `write`: one that waits keeps all that it has seen, and what was read of a batch is megabytes
  // that would outlive their youth.
  function decide(jobs: readonly Job[], loaded: readonly (Loaded | null)[], at: number): Promise<Job[]> {
    const { customers, shared, postponed, missing } = apply(jobs, loaded, at);
    for (const customer of customers) if (!customer.changed) settle(customer);
    const changed = customers.filter((customer) => customer.changed);
    const isAlone = ({ sharing }: Customer): boolean => sharing.size === 0;
    // Two statements where both kinds are in a batch: whoever shares nothing waits for nobody who does.
    const written = Promise.all([
      write(changed.filter(isAlone), shared, at),
      write(
        changed.filter((customer) => !isAlone(customer)),
        shared,
        at,
      ),
      refuse(customers.flatMap(({ refused }) => refused)),
      missing.length === 0 ? [] : withRows(missing),
    ]);
    return written.then((again) => [...known(postponed), ...again.flat()]);
  }

  function write(customers: readonly Customer[], shared: Applied['shared'], at: number): Promise<Job[]> {
    if (customers.length === 0) return Promise.resolve([]);
    return told(save(run, changesOf(customers, shared), at), customers.map(tellOf));
  }

  async function told(saved: Promise<Set<string>>, all: readonly Tell[]): Promise<Job[]> {
    try {
      const won = await saved.catch(lostAll);
      return all.flatMap((one) => {
        if (!won.has(one.customerId)) return lost(one);
        settle(one);
        return [];
      });
    } catch (error) {
      return failed(
        all.flatMap(({ jobs }) => jobs.map(({ job }) => job)),
        error,
      );
    }
  }

  async function refuse(refused: readonly Refused[]): Promise<Job[]> {
    if (refused.length === 0) return [];
    try {
      const written = await saveRefused(
        run,
        refused.map(({ made }) => made),
      );
      return refused.flatMap(({ job, answer, made }) => {
        // Somebody else has asked for it meanwhile: this one hears what they were told.
        if (!written.has(made.id)) return known([job]);
        job.resolve(answer);
        return [];
      });
    } catch (error) {
      return failed(
        refused.map(({ job }) => job),
        error,
      );
    }
  }

  function settle({ jobs, freed }: Pick<Customer, 'jobs' | 'freed'>): void {
    for (const { job, answer } of jobs) job.resolve(answer);
    if (freed.size > 0) options.onFreed();
  }

  function lost({ customerId, jobs: all }: Tell): Job[] {
    const jobs = all.map(({ job }) => job);
    for (const job of jobs) job.lost++;
    if (!jobs.some((job) => job.lost >= roundsBeforeLock)) return jobs;
    void locked(customerId, jobs);
    return [];
  }

  async function locked(customerId: string, jobs: readonly Job[]): Promise<void> {
    try {
      const { customers, postponed, missing } = await options.transaction(async (inside) => {
        const loaded = await loadLocked(inside, customerId, known(jobs).map(wantedOf));
        const at = now();
        const applied = apply(jobs, loaded, at);
        const changed = applied.customers.filter((customer) => customer.changed);
        const won = await save(inside, changesOf(changed, applied.shared), at);
        if (won.size !== changed.length)
          throw new Error(`The row of customer '${customerId}' changed while we held its lock`);
        return applied;
      });
      customers.forEach(settle);
      const refused = await refuse(customers.flatMap((customer) => customer.refused));
      missing.forEach((job) => job.reject(new Error(`There is no touch '${job.work.touchId}'`)));
      queue = [...refused, ...postponed, ...queue];
      call();
    } catch (error) {
      queue = [...(await failed(jobs, error)), ...queue];
      call();
    }
  }

  async function withRows(missing: readonly Job[]): Promise<Job[]> {
    const wanted = missing.flatMap(({ work, created }) =>
      work.customerId === undefined || created ? [] : [work.customerId],
    );
    const has = wanted.length === 0 ? new Map<string, string>() : await createRows(run, wanted);
    return missing.filter((job) => {
      const { customerId, touchId } = job.work;
      const at = customerId === undefined ? undefined : has.get(customerId);
      if (at !== undefined) {
        // Merged once more meanwhile, it is looked for once more.
        job.created = at === customerId;
        job.work = { ...job.work, customerId: at };
        return true;
      }
      job.reject(
        new Error(
          customerId === undefined
            ? `There is no touch '${touchId}'`
            : `There is no customer '${customerId}' for touch '${touchId}'`,
        ),
      );
      return false;
    });
  }

  return <R>(work: Work<R>) =>
    new Promise<R>((resolve, reject) => {
      queue.push({ work, lost: 0, known: false, created: false, resolve, reject });
      call();
    });
}

/** From here on what they do is no news: their touches are looked for. */
function known(jobs: readonly Job[]): Job[] {
  for (const job of jobs) job.known = true;
  return [...jobs];
}
const wantedOf = ({ work, known: isKnown }: Job): Wanted =>
  isKnown && work.isNew === true ? { ...work, isNew: false } : work;

/** Whom to tell what when a customer's row is written. */
interface Tell extends Pick<Customer, 'jobs' | 'freed'> {
  readonly customerId: string;
}
const tellOf = ({ row, jobs, freed }: Customer): Tell => ({ customerId: row.customerId, jobs, freed });
