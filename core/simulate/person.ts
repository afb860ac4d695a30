/** A customer is given to a person: one open task for each team, with all its reasons, and a ladder. */
import { unheld } from '../budget/move-gates.ts';
import { fromFoot, type LadderData } from '../journey/ladder.ts';
import { climb } from '../task/climb.ts';
import { rungsOf } from '../task/ladder.ts';
import { claimed, done, joined, later, opened } from '../task/move.ts';
import { outcomeFor, outcomesOf } from '../task/outcome.ts';
import { nextDeadline } from '../task/task.ts';
import { addSpan, changeGates, changeTask, deliver, tell, type Draft } from './draft.ts';
import { after } from './spans.ts';
import { sayAt } from './say-at.ts';
import type { SimTask } from './types.ts';

export interface PersonAsked {
  readonly of: string;
  readonly team: string;
  readonly because: string;
  readonly outcomes: readonly string[];
  readonly within?: string;
  readonly ladder?: LadderData;
  /** False: no run waits for what comes of it. */
  readonly ofRun?: boolean;
}

export function giveToPerson(d: Draft, asked: PersonAsked): void {
  if (d.tasks.some(({ reasons }) => reasons.some(({ id }) => id === asked.of))) return;
  const { of, team, because, outcomes, ofRun = true } = asked;
  const ladder = asked.ladder ?? d.setting.words.teams[team]?.ladder ?? [];
  const within = asked.within ?? fromFoot(team, ladder).within ?? d.setting.policy.maxSilence;
  const reason = { id: of, ofRun, because, outcomes, answered: null };
  const there = d.tasks.find((task) => task.team === team && task.state !== 'done');
  const dueAt = later(addSpan(d), team, d.now, within);
  if (there) {
    changeTask(d, { ...there, ...joined(there, dueAt), reasons: [...there.reasons, reason], toldNobody: false });
    tell(d, 'task', `It joins the task of ${team}: “${because}”, until ${sayAt(d, dueAt)}.`);
    return;
  }
  const id = `task-${String(d.tasks.length + 1)}`;
  d.tasks = [
    ...d.tasks,
    {
      ...opened({ team, ladder: rungsOf(team, ladder), within }, d.now, addSpan(d)),
      id,
      reasons: [reason],
      toldNobody: false,
    },
  ];
  tell(
    d,
    'task',
    `A person of ${team} is asked: “${because}”, by ${sayAt(d, dueAt)}. They may say: ${outcomes.join(', ')}.`,
  );
}

/** The task that is worked on: the newest open one. */
export const openTask = (d: Pick<Draft, 'tasks'>): SimTask | null =>
  d.tasks.findLast(({ state }) => state !== 'done') ?? null;

export function claim(d: Draft, task: SimTask): void {
  changeTask(d, { ...task, ...claimed(task, 'you', d.now, addSpan(d)) });
  const until = after(d.setting, task.askedTeam, d.now, d.setting.policy.holdAtMost, 1);
  changeGates(d, (gates) => ({ ...gates, hold: { until, taskId: task.id } }));
  tell(
    d,
    'task',
    `A person of ${task.askedTeam} takes it: what is automated and no service waits until ${sayAt(d, until)}, or until they are done.`,
  );
}

/** Null: done. Otherwise what they may say instead. */
export function decide(d: Draft, task: SimTask, outcome: string): readonly string[] | null {
  const open = task.reasons.filter(({ answered }) => answered === null);
  const offered = outcomesOf(open);
  if (!offered.includes(outcome)) return offered;
  tell(d, 'task', `The person of ${task.askedTeam} decides: ${outcome}.`);
  changeTask(d, { ...task, ...done(task) });
  d.waits = null;
  answerReasons(d, task.id, (outcomes) => outcomeFor(outcome, outcomes));
  changeGates(d, (gates) => unheld(gates, task.id));
  return null;
}

function answerReasons(d: Draft, taskId: string, outcomeOf: (offered: readonly string[]) => string): void {
  const task = d.tasks.find(({ id }) => id === taskId);
  if (!task) return;
  const open = task.reasons.filter(({ answered }) => answered === null);
  changeTask(d, {
    ...task,
    reasons: task.reasons.map((r) => (r.answered === null ? { ...r, answered: outcomeOf(r.outcomes) } : r)),
  });
  for (const { id, ofRun, outcomes } of open)
    if (ofRun) deliver(d, { kind: 'outcome', of: id, outcome: outcomeOf(outcomes) });
}

/** The run went on without it. */
export function closeReason(d: Draft, of: string): void {
  const task = d.tasks.find(({ reasons }) => reasons.some(({ id, answered }) => id === of && answered === null));
  if (!task) return;
  const reasons = task.reasons.map((r) => (r.id === of ? { ...r, answered: 'obsolete' } : r));
  const isNeeded = reasons.some(({ answered }) => answered !== 'obsolete') || task.state === 'claimed';
  changeTask(d, { ...task, reasons, ...(isNeeded ? {} : done(task)) });
  if (isNeeded) return;
  d.waits = null;
  tell(d, 'task', `The task of ${task.team} is closed: nobody needs it any more.`);
}

/** When a task has to be looked at next; null once that changes nothing any more. */
export const taskDeadline = (task: SimTask): number | null => (task.toldNobody ? null : nextDeadline(task));

export function climbTask(d: Draft, task: SimTask): void {
  const climbed = climb(task, d.now, addSpan(d));
  const toldNobody = climbed.what === 'nobody';
  changeTask(d, { ...task, ...climbed.task, toldNobody });
  if (climbed.what === 'climbed') tell(d, 'task', `Nobody of ${climbed.from} took it: ${climbed.to} is asked.`);
  if (climbed.what === 'warned')
    tell(d, 'task', `It was taken and nothing came of it yet: ${climbed.held} is reminded.`);
  if (climbed.what === 'expired') {
    tell(
      d,
      'task',
      `It was taken and nothing came of it: ${climbed.task.askedPerson ?? climbed.task.askedTeam} is asked again.`,
    );
    changeGates(d, (gates) => unheld(gates, task.id));
  }
  if (!toldNobody) return;
  tell(d, 'task', `Nobody took it, and nobody is left to ask: it stays open, and the story goes on as 'nobody'.`);
  answerReasons(d, task.id, () => 'nobody');
}
