/** Whom a change of a task is told to, and as what. One change, one notice at most: a further reason that joins is none. */
import type { Task } from './task.ts';

export const noticeKinds = ['new', 'climbing', 'unanswered', 'warning', 'taken-back', 'replied', 'given'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export interface Notice {
  readonly kind: NoticeKind;
  readonly team: string;
  /** Null: whoever of the team is there. */
  readonly person: string | null;
}

const kindOf: Readonly<Record<string, NoticeKind>> = {
  open: 'new',
  reopen: 'new',
  'hand over': 'new',
  release: 'new',
  leave: 'new',
  woken: 'new',
  climbed: 'climbing',
  nobody: 'unanswered',
  warned: 'warning',
  expired: 'taken-back',
  reply: 'replied',
  reassign: 'given',
};

/** `action` is the log's; null: nobody need be told. What sleeps is told of when it wakes. */
export function noticeOf(action: string, after: Task): Notice | null {
  const kind = kindOf[action];
  if (kind === undefined || after.state === 'snoozed' || after.state === 'done') return null;
  const person = after.claimedBy ?? after.askedPerson;
  return { kind: kind === 'new' && after.claimedBy !== null ? 'given' : kind, team: after.askedTeam, person };
}
