/** One group below the other: which shapes of each stand lowest, and what comes right below them. */
import type { Drawn, Group } from './drawn.ts';

export function stacked(groups: readonly Group[]): { readonly above: string; readonly below: string }[] {
  return groups.slice(1).flatMap((group, n) => {
    const [above, first] = [groups[n], group.nodes[0]];
    return above && first ? lowestOf(above).map((low) => ({ above: low, below: first.id })) : [];
  });
}

/** Those that most arrows lead down to. */
function lowestOf({ nodes, arrows }: Group): string[] {
  const depth = new Map(nodes.map(({ id }) => [id, 0]));
  // Arrows go down, except those back to the head of a repeat: as many rounds as there are shapes settle the rest.
  const down = arrows.filter(({ from, to }) => placeIn(nodes, to) > placeIn(nodes, from));
  for (let round = 0, moved = true; moved && round < nodes.length; round += 1) {
    moved = false;
    for (const { from, to } of down) {
      const below = (depth.get(from) ?? 0) + 1;
      if (below <= (depth.get(to) ?? 0)) continue;
      depth.set(to, below);
      moved = true;
    }
  }
  const lowest = Math.max(...depth.values());
  return [...depth].filter(([, at]) => at === lowest).map(([id]) => id);
}
const placeIn = (nodes: readonly Drawn[], id: string): number => nodes.findIndex((node) => node.id === id);
