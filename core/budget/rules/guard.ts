import type { Asked, Closed } from '../asked.ts';

/**
 * What the message takes for granted is contradicted by what we know of their situation; or nobody has looked lately, and the policy wants
 * somebody to have.
 */
export function guard({ row, request, policy, now }: Asked): Closed | null {
  for (const { fact, contradicts } of row.gates.guards) {
    const hit = request.assumes.find((assumption) => contradicts.includes(assumption));
    if (hit !== undefined) return { rule: `${fact} contradicts ${hit}` };
  }
  for (const assumption of request.assumes) {
    const wanted = policy.checkedWithin.get(assumption);
    if (wanted === undefined) continue;
    const checked = row.gates.checks?.find((check) => check.assumption === assumption);
    if (checked === undefined || now - checked.at > wanted.ms)
      return { rule: `${assumption} was not checked within ${wanted.said}` };
  }
  return null;
}
