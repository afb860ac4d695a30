/** How long, and how soon: measured along the ways, on the teams' calendars. docs/decisions/0008 */
import { after, beginnings } from './times.ts';
import type { Edge, Moment, Ways } from './ways.ts';
import { wayTo } from './story.ts';

interface Label {
  readonly moment: Moment;
  readonly now: number;
  readonly by: { readonly label: Label; readonly edge: Edge } | null;
}
const edgesOf = (label: Label): readonly Edge[] => {
  const edges: Edge[] = [];
  for (let at = label.by; at; at = at.label.by) edges.unshift(at.edge);
  return edges;
};
const startOf = (label: Label): Moment => {
  let at = label;
  while (at.by) at = at.by.label;
  return at.moment;
};

/** A wait that goes on takes its time once: whatever is heard meanwhile is heard at once. */
const leaves = ({ from, to }: Edge): boolean => from !== null && from.world.state.wait.id !== to.world.state.wait.id;

export interface Longest {
  readonly from: Moment;
  readonly edges: readonly Edge[];
  readonly last: Moment;
  readonly late: number;
  readonly begins: number;
}
/** A way on which `isIn` holds for longer than the limit, if there is one: everything in it takes as long as it may. */
export function longest(
  { setting, moments }: Ways,
  isIn: (moment: Moment) => boolean,
  resets: (edge: Edge) => boolean,
  limit: (from: number) => number,
): Longest | null {
  const inside = new Set(moments.filter(isIn));
  const starts = new Set<Moment>();
  for (const moment of moments) {
    if (moment.by === null && inside.has(moment)) starts.add(moment);
    for (const edge of moment.out)
      if (inside.has(edge.to) && (!inside.has(moment) || resets(edge))) starts.add(edge.to);
  }
  for (const begins of beginnings(setting)) {
    const until = limit(begins);
    const latest = new Map<Moment, number>();
    const waiting: Label[] = [...starts].map((moment) => ({ moment, now: begins, by: null }));
    for (const { moment } of waiting) latest.set(moment, begins);
    for (let label = waiting.shift(); label; label = waiting.shift()) {
      if ((latest.get(label.moment) ?? 0) > label.now) continue;
      for (const edge of label.moment.out) {
        // Who is in touch with us elsewhere is not silent towards us.
        if (edge.move?.is === 'event' && edge.move.elsewhere) continue;
        const { most, exactly } = edge.taken;
        const lasts = most !== null && (exactly || leaves(edge));
        const now = lasts ? after(setting, label.now, most) : label.now;
        const next: Label = { moment: edge.to, now, by: { label, edge } };
        if (now > until) {
          const from = startOf(label);
          return { from, edges: edgesOf(next), last: label.moment, late: wayTo(from).edges.length, begins };
        }
        if (!inside.has(edge.to) || resets(edge) || (latest.get(edge.to) ?? -Infinity) >= now) continue;
        latest.set(edge.to, now);
        waiting.push(next);
      }
    }
  }
  return null;
}

/** A way on which so many edges that fit come within a span, if there is one: nothing takes longer than it must. */
export function soonest(
  { setting, moments }: Ways,
  fits: (edge: Edge) => boolean,
  many: number,
  spanMs: number,
): { readonly from: Moment; readonly edges: readonly Edge[] } | null {
  const begins = beginnings(setting)[0] ?? 0;
  let round: Label[] = moments.flatMap((moment) =>
    moment.out.flatMap((edge): Label[] =>
      fits(edge) ? [{ moment: edge.to, now: begins, by: { label: { moment, now: begins, by: null }, edge } }] : [],
    ),
  );
  for (let n = 1; n < many && round.length > 0; n += 1) {
    const first = new Map<Moment, number>();
    const next = new Map<Moment, Label>();
    const waiting = round;
    for (const label of waiting) {
      if ((first.get(label.moment) ?? Infinity) <= label.now) continue;
      first.set(label.moment, label.now);
      for (const edge of label.moment.out) {
        const { most, exactly } = edge.taken;
        const now = most !== null && exactly ? after(setting, label.now, most) : label.now;
        if (now >= begins + spanMs) continue;
        const on: Label = { moment: edge.to, now, by: { label, edge } };
        if (!fits(edge)) waiting.push(on);
        else if ((next.get(edge.to)?.now ?? Infinity) > now) next.set(edge.to, on);
      }
    }
    round = [...next.values()];
  }
  const found = many <= 1 ? round[0] : round.sort((a, b) => a.now - b.now)[0];
  return found ? { from: startOf(found), edges: edgesOf(found) } : null;
}
