/** What publishing would change, as a designer reads it: before it is done, or instead of it. */
import { z } from 'zod';
import type { Io } from './io.ts';

const change = z.looseObject({ about: z.string(), says: z.string(), lines: z.array(z.string()).optional() });
export const planShape = z.looseObject({
  name: z.string(),
  version: z.number().nullable(),
  next: z.number(),
  isNew: z.boolean(),
  before: z
    .looseObject({ journey: z.unknown(), words: z.unknown(), policy: z.unknown(), templates: z.unknown() })
    .nullable(),
  changes: z.array(change),
  standing: z.array(z.looseObject({ version: z.number(), step: z.string().nullable(), customers: z.number() })),
  orphans: z
    .looseObject({
      version: z.number(),
      customers: z.number(),
      says: z.string(),
      steps: z.array(z.looseObject({ step: z.string(), customers: z.number(), because: z.string() })),
      faults: z.array(z.looseObject({ problem: z.string(), mend: z.string() })),
    })
    .nullable(),
  going: z.looseObject({ id: z.string(), steps: z.array(z.string()).nullable(), says: z.string() }).nullable(),
});
export type Plan = z.infer<typeof planShape>;
type Change = z.infer<typeof change>;

/** What several journeys share, their policy and words, is told once. */
export function tellPlans(io: Io, plans: readonly Plan[], prices: ReadonlyMap<string, readonly string[]>): void {
  const changed = plans.filter(({ version, isNew }) => isNew && version !== null);
  const shared = new Map<string, Change>();
  for (const { changes } of changed) for (const one of changes) if (isShared(one)) shared.set(one.says, one);
  for (const plan of changed) {
    const own = plan.changes.filter((one) => !isShared(one));
    io.out(`${plan.name} ${String(plan.next)}, instead of ${String(plan.version)}:`);
    if (own.length === 0) io.out('  The journey itself is the same.');
    for (const one of own) tell(io, one);
    for (const line of [...(prices.get(plan.name) ?? []), ...whereTheyAre(plan)]) io.out(`  ${line}`);
  }
  if (shared.size > 0) io.out(changed.length > 1 ? 'In all of them:' : 'Around it:');
  for (const one of shared.values()) tell(io, one);
}
const isShared = ({ about }: Change): boolean => about === 'policy' || about === 'words';

function tell(io: Io, { says, lines = [] }: Change): void {
  io.out(`  ${says}`);
  for (const line of lines) io.out(`    ${line}`);
}

function whereTheyAre({ standing }: Plan): string[] {
  const versions = [...new Set(standing.map(({ version }) => version))];
  return versions.map((version) => {
    const at = standing.filter((row) => row.version === version);
    const where = at.map(
      ({ step, customers }) => `${String(customers)} at ${step === null ? 'the beginning' : `*${step}*`}`,
    );
    return `On ${String(version)} are ${where.join(', ')}.`;
  });
}
