/** What was promised, and what becomes of it: told in time that it takes longer, kept, or broken and given to a person. */
import { minuteMs } from '../calendar/zone.ts';
import type { Fate, TouchStep } from '../journey/table.ts';
import { deadlineOf, lookAt, type Spans } from '../promise/promise.ts';
import type { Command } from '../run/types.ts';
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
  if (look.what !== 'renew') return;
  const told = tellLonger(d, promise, look);
  if (told === 'waits') return;
  if (!told)
    giveToPerson(d, {
      of: `${promise.id}/renewed/${String(look.number)}`,
      team: promise.team,
      because: 'They wait for an answer, and could not be told that it takes longer',
      outcomes: ['answered'],
      ofRun: false,
    });
  const dueAt = told ? look.dueAt : promise.dueAt;
  const next = { ...promise, dueAt, renewed: promise.renewed + 1 };
  change(d, promise.id, { ...next, deadlineAt: deadlineOf(next, d.now, spansOf(d)) });
  if (told) tell(d, 'promise', `They were told that it takes longer: until ${sayAt(d, dueAt)}.`);
}

/** Said by a touch of its own, through the budget like any other; a gate that opens before the time is up is waited for. */
function tellLonger(
  d: Draft,
  promise: SimPromise,
  look: { say: string; dueAt: number; number: number },
): boolean | 'waits' {
  const steps = Object.values(d.setting.journey.steps);
  const like = steps.find((s): s is TouchStep => s.kind === 'touch' && s.purpose === 'service');
  const minutes = Math.floor((promise.dueAt - d.now) / minuteMs);
  const fate: Fate = minutes < 1 ? 'drop' : { fate: 'wait', atMost: `${String(minutes)} minutes`, then: 'drop' };
  const step: TouchStep = {
    kind: 'touch',
    team: promise.team,
    madeBy: 'tech',
    purpose: 'service',
    cause: promise.step,
    reach: like?.reach ?? ['wrote-on', 'preferred', 'email', 'sms'],
    fate,
    quiet: 'next-channel',
    say: look.say,
    next: 'end:finished',
  };
  const id = `${promise.id}/renewed/${String(look.number)}`;
  const ask = (d.touches.find((touch) => touch.id === id)?.asks.length ?? 0) + 1;
  const answer = makeTouch(d, step, {
    step: promise.step,
    touch: { id, ask, since: d.now, fate, failed: [] },
    facts: {},
    counts: { failures: 0, touches: 0, silences: 0 },
    promise: { dueAt: look.dueAt },
  });
  if (answer.is !== 'deferred') return answer.is === 'sent' || answer.is === 'unknown';
  change(d, promise.id, { deadlineAt: Math.min(answer.until, promise.dueAt) });
  return 'waits';
}
