/** What a budget holds at an instant, for whoever wants to see it and not only what it decided. Instants in epoch milliseconds. */
import { channels } from '../journey/channels.ts';
import { allWindows } from './asked.ts';
import type { ReadPolicy, ReadWindow } from './read-policy.ts';
import { countedOver, sharedOf } from './shared-rows.ts';
import type { BudgetRow, RecentTouch, SharedKind } from './row.ts';
import { measures, useAt, windowIsAbout, type Measure } from './window-use.ts';

export interface Gauge {
  readonly window: string;
  readonly span: string;
  readonly used: number;
  readonly atMost: number;
  /** 'alert': it lets touches go out and tells our own people. */
  readonly over: 'refuse' | 'alert';
  /** Kept free for some purposes: others may use that much less. */
  readonly kept: { readonly cost: number; readonly for: readonly string[] } | null;
  /** What it counts over, if that is shared with other customers. */
  readonly sharedBy: SharedKind | null;
  readonly usedBy: readonly string[];
  /** When the next of what is used leaves it; null: nothing is used. */
  readonly freesAt: number | null;
  /** The first instant at which there is any room; `at` itself if there is. Null: not by waiting. */
  readonly opensAt: number | null;
}

/** Of several plausible zones, the fullest counts. One that counts over addresses has a gauge for each kind that is shared. */
export function gaugesOf(row: BudgetRow, policy: ReadPolicy, at: number): Gauge[] {
  const zones = row.gates.zone === null ? row.gates.zonesPlausible : [row.gates.zone];
  return allWindows(row, policy, at).flatMap((window) =>
    countings(row, window).map(({ touches, kind }) => {
      const uses = measures(window, zones).map((measure) => ({ measure, ...useAt(measure, touches, at) }));
      const [first, ...others] = uses;
      if (!first) throw new Error(`Window '${window.name}' is measured in no way`);
      const fullest = others.reduce((most, each) => (each.used > most.used ? each : most), first);
      return {
        window: window.name,
        span: window.said,
        used: fullest.used,
        atMost: window.atMost,
        over: window.alert ? 'alert' : 'refuse',
        kept: window.keep,
        sharedBy: kind,
        usedBy: fullest.by.map(({ touchId }) => touchId),
        freesAt: fullest.used === 0 ? null : leaves(fullest.measure, fullest, at),
        opensAt: window.atMost <= 0 ? null : roomFrom(uses, window.atMost, at),
      };
    }),
  );
}

interface Counting {
  readonly touches: readonly RecentTouch[];
  readonly kind: SharedKind | null;
}
function countings(row: BudgetRow, window: ReadWindow): readonly Counting[] {
  const rings = { own: row.recent, shared: sharedOf(row) };
  const found = new Map<string, Counting>();
  for (const channel of channels) {
    const counted = countedOver(window.per, channel, rings);
    if (!counted) continue;
    const touches = counted.recent.filter((touch) => touch.cost > 0 && windowIsAbout(window, touch));
    const key = JSON.stringify([counted.kind, touches.map(({ touchId }) => touchId)]);
    if (counted.kind !== null || window.per === 'customer' || touches.length > 0)
      found.set(key, { touches, kind: counted.kind });
  }
  // Where nothing has gone out yet there is a gauge as well; nobody without an account has a limit per account.
  if (found.size === 0 && window.per === 'address') return [{ touches: [], kind: null }];
  return [...found.values()];
}

type Used = ReturnType<typeof useAt>;
/** The next instant at which something leaves: with a calendar period, all at once at its end. */
const leaves = (measure: Measure, { by, end }: Used, at: number): number =>
  'zone' in measure ? end : Math.max(at, Math.min(...by.map((touch) => touch.at)) + measure.rollingMs);

function roomFrom(uses: readonly (Used & { readonly measure: Measure })[], atMost: number, at: number): number {
  return Math.max(
    ...uses.map(({ measure, used, by, end }) => {
      if (used < atMost) return at;
      if ('zone' in measure) return end;
      let left = used;
      for (const touch of by.toSorted((a, b) => a.at - b.at)) {
        left -= touch.cost;
        if (left < atMost) return touch.at + measure.rollingMs;
      }
      return at;
    }),
  );
}
