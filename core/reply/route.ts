/**
 * Who gets what a customer wrote. One rule, asked in one order: the customer's open task → the touch it answers → the
 * newest run that listens → a default task. Exactly one gets it as an answer; all other runs that listen hear of it
 * unattributed, which means that they stop nudging.
 */

export interface ReplyFacts {
  kind: 'message' | 'auto-reply' | 'bounce' | 'reaction' | 'stop';
  /** This customer's open tasks, the one last written in first. `enrolmentIds` are the runs its reasons come from. */
  openTasks: readonly { taskId: string; enrolmentIds: readonly string[] }[];
  /** What `answeredTouch` found. An agent's touch names its task, a journey's its run. */
  answersTouch: { enrolmentId: string | null; taskId: string | null } | null;
  /** The customer's runs that can hear a reply now, newest first. */
  listeningEnrolments: readonly string[];
}

export type ReplyRoute =
  | { to: 'task'; taskId: string; because: 'open-task'; others: readonly string[] }
  | { to: 'enrolment'; enrolmentId: string; because: 'answers-touch' | 'newest-listening'; others: readonly string[] }
  | { to: 'default-task'; because: 'nobody-listens' }
  | { to: 'nobody'; because: 'auto-reply' | 'bounce' | 'reaction' | 'stop' };

export function routeReply(facts: ReplyFacts): ReplyRoute {
  const { kind, listeningEnrolments: listening } = facts;
  if (kind !== 'message') return { to: 'nobody', because: kind };

  const taskId = whichTask(facts);
  if (taskId !== null) return { to: 'task', taskId, because: 'open-task', others: [...listening] };

  const answered = facts.answersTouch?.enrolmentId ?? null;
  const cited = answered !== null && listening.includes(answered);
  // A run that is over, or that never listens for replies, cannot hear: the next in the order does.
  const enrolmentId = cited ? answered : listening[0];
  if (enrolmentId === undefined) return { to: 'default-task', because: 'nobody-listens' };
  return {
    to: 'enrolment',
    enrolmentId,
    because: cited ? 'answers-touch' : 'newest-listening',
    others: listening.filter((other) => other !== enrolmentId),
  };
}

/** A customer has one open task for each team. Of several, the one whose message it answers; else where they last talked. */
function whichTask({ openTasks, answersTouch }: ReplyFacts): string | null {
  const sameTask = openTasks.find((task) => task.taskId === answersTouch?.taskId);
  const sameRun = openTasks.find((task) => task.enrolmentIds.some((id) => id === answersTouch?.enrolmentId));
  return (sameTask ?? sameRun ?? openTasks[0])?.taskId ?? null;
}
