import type { Scalar } from '../../core/run/inputs.ts';
import type { RunState } from '../../core/run/state.ts';
import type { Deps } from '../deps.ts';
import type { Run } from '../run-of.ts';
import { valuesOf } from '../values-of.ts';

export interface Asking {
  readonly with: Readonly<Record<string, string>>;
  readonly facts: RunState['facts'];
  readonly team: string;
}

/** What the other system needs, read where the records are; or the first of it that nobody knows. */
export async function valuesNeeded(
  deps: Deps,
  run: Run,
  asked: Asking,
): Promise<{ readonly known: Readonly<Record<string, Scalar>> } | { readonly unknown: string }> {
  const noCounts = { failures: 0, touches: 0, silences: 0 };
  const valueOf = await valuesOf(deps, run, { ...asked, counts: noCounts }, Object.values(asked.with));
  const known: Record<string, Scalar> = {};
  for (const [name, path] of Object.entries(asked.with)) {
    const value = valueOf(path);
    if (value === undefined) return { unknown: path };
    known[name] = value;
  }
  return { known };
}
