/** What was promised, and what becomes of it: told in time that it takes longer, kept, or broken and given to a person. */
import { deadlineOf, lookAt, type PromiseNow, type Spans } from '../promise/promise.ts';
import { isTold, longerStep, renewalId, renewed, untold } from '../promise/renewal.ts';
import type { Command } from '../run/commands.ts';
import { tell, type Draft } from './draft.ts';
import { giveToPerson } from './person.ts';
import { sayAt } from './say-at.ts';
import { after } from './spans.ts';
import { makeTouch } from './touch.ts';
import type { SimPromise } from './types.ts';
import { instantOf } from './values.ts';

const spansOf =
  (d: Draft): Spans =>
  (team, from, span, direction) =>
    after(d.setting, team, from, span, direction);

export function makePromise(d: Draft, asked: Extract<Command, { do: 'promise' }>): void {
  const { id, step, team, due, keptBy, from, isKept, facts, renew = null } = asked;
  const dueAt = instantOf(d, { said: due, from, team, facts }) ?? from;
  const deadlineAt = isKept ? null : deadlineOf({ team, dueAt, renew, renewed: 0 }, d.now, spansOf(d));
  const state = isKept ? 'kept' : 'open';
  d.promises = [
    ...d.promises,
    { id, step, team, keptBy, said: due, from, dueAt, renew, renewed: 0, deadlineAt, state },
  ];
  tell(
    d,
    'promise',
    isKept ? `The promise '${step}' is kept already.` : `Promised: ${keptBy.join(' or ')} by ${sayAt(d, dueAt)}.`,
  );
}

const change = (d: Draft, id: string, to: Partial<SimPromise>): void => {
  d.promises = d.promises.map((promise) => (promise.id === id ? { ...promise, ...to } : promise));
};

export function keepPromises(d: Draft, event: string): void {
  for (const { id, step, keptBy, state } of d.promises) {
    if (state !== 'open' || !keptBy.includes(event)) continue;
    change(d, id, { state: 'kept', deadlineAt: null });
    tell(d, 'promise', `The promise '${step}' is kept.`);
  }
}

/** The date it hangs on was told anew. */
export function movePromises(d: Draft, root: string, facts: Extract<Command, { do: 'promise' }>['facts']): void {
  for (const promise of d.promises) {
    const step = d.setting.journey.steps[promise.step];
    if (promise.state !== 'open' || step?.kind !== 'promise' || step.follows !== root) continue;
    const dueAt = instantOf(d, { said: promise.said, from: promise.from, team: promise.team, facts });
    if (dueAt === null || dueAt === promise.dueAt) continue;
    change(d, promise.id, { dueAt, deadlineAt: deadlineOf({ ...promise, dueAt }, d.now, spansOf(d)) });
    tell(d, 'promise', `The promise '${promise.step}' is now due ${sayAt(d, dueAt)}.`);
  }
}

export function climbPromise(d: Draft, promise: SimPromise): void {
  const look = lookAt(promise, d.now, spansOf(d));
  if (look.what === 'waits') change(d, promise.id, { deadlineAt: look.until });
  if (look.what === 'broken') {
    change(d, promise.id, { state: 'broken', deadlineAt: null });
    tell(d, 'promise', `The promise '${promise.step}' is broken.`);
    giveToPerson(d, {
      of: `${promise.id}/broken`,
      team: promise.team,
      because: `They were to hear from us by ${sayAt(d, promise.dueAt)}, and did not`,
      outcomes: ['made good'],
      ofRun: false,
    });
  }
  if (look.what === 'renew') renew(d, promise, look);
}

type Renewing = Extract<PromiseNow, { what: 'renew' }>;

function renew(d: Draft, promise: SimPromise, look: Renewing): void {
  const told = tellLonger(d, promise, look);
  if (told === 'waits') return;
  if (!told) giveToPerson(d, { of: renewalId(promise.id, look.number), team: promise.team, ...untold, ofRun: false });
  const next = renewed(promise, { ...look, told }, d.now, spansOf(d));
  change(d, promise.id, next);
  if (told) tell(d, 'promise', `They were told that it takes longer: until ${sayAt(d, next.dueAt)}.`);
}

function tellLonger(d: Draft, promise: SimPromise, look: Renewing): boolean | 'waits' {
  const step = longerStep(d.setting.journey, promise, look.say, d.now);
  const id = renewalId(promise.id, look.number);
  const ask = (d.touches.find((touch) => touch.id === id)?.asks.length ?? 0) + 1;
  const answer = makeTouch(d, step, {
    step: promise.step,
    touch: { id, ask, since: d.now, fate: step.fate, failed: [] },
    facts: {},
    counts: { failures: 0, touches: 0, silences: 0 },
    promise: { dueAt: look.dueAt },
  });
  if (answer.is !== 'deferred') return isTold(answer);
  change(d, promise.id, { deadlineAt: Math.min(answer.until, promise.dueAt) });
  return 'waits';
}
