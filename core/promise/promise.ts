/** What a customer was told would happen, and by when. Ahead of that they hear if it takes longer; past it, it is broken. */
export interface Renewal {
  /** The template that says so. */
  readonly say: string;
  /** How long before it is due they hear of it. */
  readonly ahead: string;
  /** How much longer it takes. */
  readonly more: string;
  readonly times: number;
}
export interface Promised {
  readonly team: string;
  readonly dueAt: number;
  readonly renew: Renewal | null;
  /** How often they have been told that it takes longer. */
  readonly renewed: number;
  /** When it has to be looked at; null once it is settled. */
  readonly deadlineAt: number | null;
}

/** A span after an instant (1) or before it (-1), on the team's business calendar. */
export type Spans = (team: string, from: number, span: string, direction: 1 | -1) => number;

export type PromiseNow =
  | { readonly what: 'settled' }
  | { readonly what: 'waits'; readonly until: number }
  /** Tell them, then say that they were told. `number` counts the renewals from 1. */
  | { readonly what: 'renew'; readonly say: string; readonly dueAt: number; readonly number: number }
  | { readonly what: 'broken' };

/** When it has to be looked at: ahead of its time while it can still be renewed, but not before it is made. */
export function deadlineOf(promise: Omit<Promised, 'deadlineAt'>, now: number, spans: Spans): number {
  const { renew, renewed, dueAt, team } = promise;
  if (renew === null || renewed >= renew.times) return dueAt;
  return Math.min(dueAt, Math.max(now, spans(team, dueAt, renew.ahead, -1)));
}

/** What a promise asks for now. Past its time nothing is renewed: who has waited too long is not told that it takes longer. */
export function lookAt(promise: Promised, now: number, spans: Spans): PromiseNow {
  const { dueAt, deadlineAt, renew, renewed, team } = promise;
  if (deadlineAt === null) return { what: 'settled' };
  if (now < deadlineAt) return { what: 'waits', until: deadlineAt };
  if (now >= dueAt) return { what: 'broken' };
  if (renew === null || renewed >= renew.times) return { what: 'waits', until: dueAt };
  return { what: 'renew', say: renew.say, dueAt: spans(team, dueAt, renew.more, 1), number: renewed + 1 };
}
