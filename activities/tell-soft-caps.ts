import { dayMs } from '../core/calendar/zone.ts';
import type { ReadPolicy } from '../core/budget/read-policy.ts';
import type { Warning } from '../core/budget/decision.ts';
import { deskOf } from '../store/desk.ts';
import { notifyPump } from '../store/outbox.ts';
import { tellSoftCap } from '../store/soft-caps.ts';
import type { Deps } from './deps.ts';

const longestMs = { day: dayMs, week: 7 * dayMs, month: 31 * dayMs };

/** The touch has its place, and goes out; the policy's team hears that it was one too many. */
export async function tellSoftCaps(
  { db, clock, defaultTeam }: Deps,
  policy: ReadPolicy,
  customerId: string,
  warnings: readonly Warning[],
): Promise<void> {
  for (const { rule } of warnings) {
    const window = policy.windows.find(({ name, alert }) => alert && name === rule);
    if (!window) continue;
    const told = await tellSoftCap(db, await deskOf(db, defaultTeam), {
      customerId,
      team: policy.team,
      window: window.name,
      spanMs: 'rollingMs' in window.span ? window.span.rollingMs : longestMs[window.span.calendar],
      because: `They hear from us more than '${window.name}' allows (${String(window.atMost)} in ${window.said}): is it too much?`,
      now: clock.now(),
    });
    if (told) await notifyPump(db);
  }
}
