/** What belongs to nobody and must not be lost is given to a team. */
import { defaultOutcomes } from '../core/reply/nobody-listens.ts';
import { fromFoot, type LadderData } from '../core/journey/ladder.ts';
import type { AddSpan } from '../core/task/task.ts';
import { lockKnown } from './lock-customer.ts';
import type { Db, Tx } from './open.ts';
import { openTaskIn, type TaskOpened } from './tasks/open.ts';

/** How default tasks are opened; made where words are read, because a team's calendar and ladder stand there. */
export interface Desk {
  /** Gets what no journey's team gets. */
  readonly team: string;
  /** How soon, where the team's own ladder does not say: '4 business hours'. */
  readonly within: string;
  readonly ladderOf: (team: string) => LadderData;
  /** Events after which a customer waits for us, as after a message. */
  readonly theyWaitAfter: readonly string[];
  /** How long whoever takes a task has the conversation at most: '2 days'. */
  readonly holdAtMost: string;
  readonly addSpan: AddSpan;
}

export interface DefaultTask {
  readonly customerId: string;
  /** The desk's, unless given. */
  readonly team: string | null;
  readonly reasonId: string;
  readonly journey: string | null;
  readonly step: string | null;
  readonly because: string;
  readonly outcomes?: readonly string[];
  readonly now: number;
}

/**
 * Inside a transaction that holds the customer. No run waits for its outcome, so its reason names none: that a run ends
 * makes it no less needed.
 */
export function openDefaultTask(tx: Tx, desk: Desk, task: DefaultTask): Promise<TaskOpened> {
  const team = task.team ?? desk.team;
  const ladder = desk.ladderOf(team);
  return openTaskIn(tx, {
    outcomes: defaultOutcomes,
    ...task,
    team,
    enrolmentId: null,
    within: fromFoot(team, ladder).within ?? desk.within,
    ladder,
    addSpan: desk.addSpan,
  });
}

/** The same in a transaction of its own, for what belongs to no journey's step. Call `notifyPump` afterwards. */
export const openDefaultTaskFor = (
  db: Db,
  desk: Desk,
  task: Omit<DefaultTask, 'journey' | 'step'>,
): Promise<TaskOpened> =>
  db.transaction().execute(async (tx) => {
    const customerId = await lockKnown(tx, task.customerId);
    return openDefaultTask(tx, desk, { ...task, customerId, journey: null, step: null });
  });
