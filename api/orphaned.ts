import type { WouldOrphan } from '../store/moves/would-orphan.ts';
import { Problem, type FieldFault } from './problems.ts';

/** Who would be left behind, how many at each step, and what to say about them. */
export function orphaned({ because, steps, faults }: WouldOrphan, field: string): Problem {
  const left = steps.map(({ step, customers, because: why }): FieldFault => ({
    field: `${field}.move.${step}`,
    expected: 'a step of the new version, or `keep`',
    problem: `${customers} ${customers === 1 ? 'customer stands' : 'customers stand'} at '${step}': ${why}.`,
    mend: `Move them (--move ${step}=STEP), or keep them where they are, with all it was published with (--keep).`,
  }));
  const wrong = faults.map(({ step, problem, mend }): FieldFault => ({
    field: `${field}.move.${step}`,
    expected: 'steps that are there',
    problem,
    mend,
  }));
  return new Problem('would-orphan', `${because}. Nothing was published.`, [...left, ...wrong]);
}
