import type { PromiseStep } from '../../journey/table.ts';
import { derivedId, type Draft, type Move } from '../draft.ts';

/** At once: the promise is written down and watched by itself, even after this run. */
export function enterPromise(d: Draft, step: PromiseStep): Move {
  d.customerWaitsSince ??= d.now;
  d.commands.push({
    do: 'promise',
    id: derivedId(d),
    step: d.step,
    team: step.team,
    due: step.due,
    keptBy: typeof step.keptBy === 'string' ? [step.keptBy] : step.keptBy,
    ...(step.renew ? { renew: step.renew } : {}),
    from: d.now,
    facts: d.facts,
  });
  return step.next;
}
