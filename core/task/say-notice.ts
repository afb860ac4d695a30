/** A notice in a sentence. Neither the customer's name nor their words are in it: it leaves the house. */
import type { NoticeKind } from './notice.ts';

export interface NoticeSaid {
  readonly kind: NoticeKind;
  /** 'T-12'. */
  readonly task: string;
  readonly team: string;
  readonly person: string | null;
  /** Whom it is suggested to, with the first reason. */
  readonly suggested: string | null;
  /** As the reader has it: '15:00'; null: none. */
  readonly until: string | null;
}

export function sayNotice({ kind, task, team, person, suggested, until }: NoticeSaid): string {
  const by = until === null ? '' : ` Until ${until}.`;
  const fits = suggested === null ? '' : ` It fits ${suggested} best.`;
  switch (kind) {
    case 'new':
      return `${task}: a customer needs ${team}.${fits}${by}`;
    case 'climbing':
      return `${task} climbed: nobody took it where it was asked before. Now ${person ?? team} is asked.${fits}${by}`;
    case 'unanswered':
      return `${task}: nobody has taken it, and there is nobody above. ${person ?? team}, please act.${by}`;
    case 'warning':
      return `${task} is about to miss its time: ${person ?? 'somebody'} has it.${by}`;
    case 'taken-back':
      return `${task} was held too long and is open again.${fits}${by}`;
    case 'replied':
      return `${task}: the customer wrote.${by}`;
    case 'given':
      return `${task} is yours, ${person ?? team}.${by}`;
  }
}
