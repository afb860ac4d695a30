/** What the windows hold now: for whoever wants to see the budget, and not only what it decided. */
import { allWindows } from '../budget/asked.ts';
import { measures, useAt, windowIsAbout } from '../budget/window-use.ts';
import type { Setting, Sim } from './types.ts';

export interface WindowNow {
  readonly window: string;
  readonly span: string;
  readonly used: number;
  readonly atMost: number;
  /** Kept free for some purposes: others may use that much less. */
  readonly kept: { readonly cost: number; readonly for: readonly string[] } | null;
}

export function windowsNow({ policy }: Setting, { row, now }: Sim): WindowNow[] {
  const zones = row.gates.zone === null ? row.gates.zonesPlausible : [row.gates.zone];
  return allWindows(row, policy, now).map((window) => {
    const counted = row.recent.filter((touch) => touch.cost > 0 && windowIsAbout(window, touch));
    const used = Math.max(...measures(window, zones).map((measure) => useAt(measure, counted, now).used));
    return { window: window.name, span: window.said, used, atMost: window.atMost, kept: window.keep };
  });
}
