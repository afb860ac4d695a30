import type { Job } from './apply.ts';

/** Who is taken into the next batch, and who waits for another one. `busy`: whose row is being decided on. */
export function shareOut(
  queue: readonly Job[],
  busy: ReadonlySet<string>,
  { share, most }: { readonly share: number; readonly most: number },
): { readonly taken: Job[]; readonly left: Job[] } {
  const taken: Job[] = [];
  const left: Job[] = [];
  const customers = new Set<string>();
  for (const job of queue) {
    const { customerId } = job.work;
    // Whoever comes after another for the same customer would wait for that batch anyway.
    const isAmong = customerId !== undefined && customers.has(customerId);
    const waits = customerId !== undefined && busy.has(customerId);
    if (waits || taken.length >= (isAmong ? most : Math.min(share, most))) left.push(job);
    else {
      taken.push(job);
      if (customerId !== undefined) customers.add(customerId);
    }
  }
  return { taken, left };
}
