/** What comes to a team, hour by hour, beside what usually comes at that hour of the week. */
export interface HourOfInflow {
  /** Its first instant. */
  readonly from: number;
  readonly came: number;
  /** The mean of the same hour in the weeks before; null: there was no such week. */
  readonly usual: number | null;
}

const hourMs = 3_600_000;
const weekHours = 7 * 24;

/**
 * The last `hours` whole or begun hours, the oldest first. `cameAt`: the first instant of an hour → how many came. `since`: the first instant that
 * it covers, so that weeks before anything ran are no weeks of silence.
 */
export function inflow(
  cameAt: ReadonlyMap<number, number>,
  { now, since, hours }: { readonly now: number; readonly since: number; readonly hours: number },
): HourOfInflow[] {
  const last = Math.floor(now / hourMs) * hourMs;
  return Array.from({ length: hours }, (_, n) => {
    const from = last - (hours - 1 - n) * hourMs;
    const before = [];
    for (let at = from - weekHours * hourMs; at >= since; at -= weekHours * hourMs) before.push(cameAt.get(at) ?? 0);
    const usual = before.length === 0 ? null : before.reduce((sum, came) => sum + came, 0) / before.length;
    return { from, came: cameAt.get(from) ?? 0, usual: usual === null ? null : Math.round(usual * 100) / 100 };
  });
}
