import type { Scalar } from '../core/run/inputs.ts';

/** An event that carries the field which tells a journey's runs apart (its order's id, say) is for the run of that value only. */
export function isAbout(
  data: Readonly<Record<string, Scalar>>,
  run: { readonly once_field: string | null; readonly once_value: string | null },
): boolean {
  const carried = run.once_field === null ? undefined : data[run.once_field];
  return carried === undefined || String(carried) === run.once_value;
}
