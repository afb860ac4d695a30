import type { PromiseStep } from '../../journey/table-steps.ts';
import { derivedId, type Draft, type Move } from '../draft.ts';
import { untaken } from '../kept.ts';

/** At once: the promise is written down and watched by itself, even after this run. */
export function enterPromise(d: Draft, step: PromiseStep): Move {
  const keptBy = typeof step.keptBy === 'string' ? [step.keptBy] : step.keptBy;
  const isKept = cameEarly(d, keptBy);
  if (!isKept) d.customerWaitsSince ??= d.now;
  d.commands.push({
    do: 'promise',
    id: derivedId(d),
    step: d.step,
    team: step.team,
    due: step.due,
    keptBy,
    ...(step.renew ? { renew: step.renew } : {}),
    from: d.now,
    heard: d.heard,
    isKept,
    facts: d.facts,
  });
  return step.next;
}

/** What was heard before the customer began to wait answered something else. */
const cameEarly = (d: Draft, keptBy: readonly string[]): boolean =>
  untaken(d).some(
    ({ event, at, unattributed }) =>
      !unattributed && keptBy.includes(event) && (d.customerWaitsSince === null || at >= d.customerWaitsSince),
  );
