import type { Asked, Closed } from '../asked.ts';

/** What the message takes for granted is contradicted by what we know of their situation. */
export function guard({ row, request }: Asked): Closed | null {
  for (const { fact, contradicts } of row.gates.guards) {
    const hit = request.assumes.find((assumption) => contradicts.includes(assumption));
    if (hit !== undefined) return { rule: `${fact} contradicts ${hit}` };
  }
  return null;
}
