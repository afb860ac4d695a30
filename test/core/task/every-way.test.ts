/**
 * Everything that can happen to a customer's tasks of two teams, in every order: claim, answer, release, snooze, hand over (and so merge),
 * reassign, somebody off shift, complete, close, reopen, a further reason, and alarms that come on time or late. Instants are counted from
 * now, so that equal moments are one; every moment there is, is looked at.
 */
import { describe, expect, it } from '@jest/globals';
import { climb } from '../../../core/task/climb.ts';
import { rungsOf } from '../../../core/task/ladder.ts';
import {
  answered,
  claimed,
  done,
  handedOver,
  joined,
  left,
  opened,
  reassigned,
  released,
  reopened,
  snoozed,
  woken,
} from '../../../core/task/move.ts';
import { dueOf, isAllowed, nextDeadline, type AddSpan, type Operation, type Task } from '../../../core/task/task.ts';

const hour = 3_600_000;
/** The engine looks at the latest this long after a deadline. */
const lateMs = hour;
const addSpan: AddSpan = (_team, from, span) => from + Math.ceil(Number.parseFloat(span)) * hour;
const teams = {
  care: rungsOf('care', [{ team: 'leads', within: '1 hours' }, { person: 'Jo' }]),
  field: rungsOf('field', []),
} as const;
type Team = keyof typeof teams;
const people = ['ana', 'ben'];
/** A customer's last task of each team; null: there was none yet. */
type Tasks = Readonly<Record<Team, Task | null>>;
type Step = readonly [what: string, tasks: Tasks, byAlarm?: boolean];

const isOpen = (task: Task | null): task is Task => task !== null && task.state !== 'done';
const names = Object.keys(teams) as Team[];

function* stepsFrom(all: Tasks, now: number): Generator<Step> {
  for (const team of names) {
    const task = all[team];
    const to = (changed: Task): Tasks => ({ ...all, [team]: changed });
    // A further reason opens one, or joins the one there is.
    yield [
      `${team}: asked`,
      to(
        isOpen(task)
          ? joined(task, addSpan(team, now, '1 hours'))
          : opened({ team, ladder: teams[team], within: '2 hours' }, now, addSpan),
      ),
    ];
    if (!task) continue;
    const may = (operation: Operation): boolean => isAllowed(operation, task.state);
    if (may('claim')) for (const by of people) yield [`${team}: ${by} claims`, to(claimed(task, by, now, addSpan))];
    if (may('answer')) yield [`${team}: answered`, to(answered(task, now, addSpan))];
    if (may('release')) yield [`${team}: released`, to(released(task, now, addSpan))];
    if (may('snooze')) yield [`${team}: snoozed`, to(snoozed(task, now + 2 * hour))];
    if (task.state === 'snoozed') yield [`${team}: the customer wrote`, to(woken(task, now, addSpan))];
    if (may('reassign')) yield [`${team}: to ben`, to(reassigned(task, 'ben', now, addSpan))];
    if (may('leave') && task.claimedBy !== null) yield [`${team}: off shift`, to(left(task, now, addSpan))];
    if (may('complete')) yield [`${team}: done`, to(done(task))];
    if (may('close')) yield [`${team}: needed no more`, to(done(task))];
    if (may('reopen')) yield [`${team}: opened again`, to(reopened(task, now, addSpan))];
    if (may('hand over')) yield [`${team}: handed over`, handOver(all, team, now)];
    const climbed = climb(task, now, addSpan);
    if (climbed.what !== 'early') yield [`${team}: ${climbed.what}`, to(climbed.task), true];
  }
}

/** As the store does it: one that is there takes it over. */
function handOver(all: Tasks, team: Team, now: number): Tasks {
  const other = names.find((name) => name !== team) ?? team;
  const [task, there] = [all[team], all[other]];
  if (!task) return all;
  if (isOpen(there)) return { ...all, [team]: done(task), [other]: joined(there, dueOf(task) ?? now) };
  return { ...all, [team]: null, [other]: handedOver(task, { team: other, ladder: teams[other] }, now) };
}

/** Nobody lets more than `lateMs` pass after a deadline: before that it is the alarms' turn. */
const mayPass = (all: Tasks, ms: number): boolean =>
  names.every((team) => {
    const deadline = all[team] && nextDeadline(all[team]);
    return deadline === null || ms - deadline <= lateMs;
  });

const instants = ['claimBy', 'warnAt', 'answerBy', 'wakeAt'] as const;
const shifted = (task: Task | null, by: number): Task | null =>
  task && {
    ...task,
    ...Object.fromEntries(instants.map((at) => [at, task[at] === null ? null : task[at] + by])),
  };

function faultsOf(task: Task, now: number): string[] {
  const faults: string[] = [];
  const set = [task.claimBy, task.answerBy, task.wakeAt].filter((at) => at !== null);
  if (set.length !== (task.state === 'done' ? 0 : 1)) faults.push('it has not one time, or one although it is done');
  if ((nextDeadline(task) === null) !== (task.state === 'done')) faults.push('no deadline, or one although it is done');
  if (task.state === 'claimed' && task.claimedBy === null) faults.push('claimed by nobody');
  if (task.state === 'open' && task.claimedBy !== null) faults.push('open, and somebody has it');
  if (task.warnAt !== null && (task.answerBy === null || task.warnAt > task.answerBy)) faults.push('warned too late');
  const rung = task.ladder[task.rung - 1];
  if (task.askedTeam !== (rung?.team ?? task.team)) faults.push(`asked of ${task.askedTeam}`);
  if (task.askedPerson !== (rung?.person ?? null)) faults.push(`asked of ${String(task.askedPerson)}`);
  const deadline = nextDeadline(task);
  if (deadline !== null && now - deadline > lateMs) faults.push('forgotten');
  return faults;
}

describe('Whatever happens to a task, in every order there is', () => {
  const start: Tasks = { care: null, field: null };
  const keyOf = (all: Tasks): string => JSON.stringify(all);
  const ways = new Map<string, readonly string[]>([[keyOf(start), []]]);
  const broken: string[] = [];
  const seen = { states: new Set<string>(), steps: new Set<string>() };

  const note = (way: readonly string[], all: Tasks, now: number): Task[] => {
    const tasks = names.flatMap((team) => all[team] ?? []);
    for (const task of tasks) {
      seen.states.add(task.state);
      for (const fault of faultsOf(task, now)) broken.push(`${way.join(', ')}: ${fault}`);
    }
    return tasks;
  };

  it('it has an owner only while somebody has it, and exactly one deadline until it is done', () => {
    const ahead: Tasks[] = [start];
    // What is found on the way is looked at in its turn, so that the shortest story comes first.
    for (const all of ahead) {
      const way = ways.get(keyOf(all)) ?? [];
      const next: [string, Tasks][] = mayPass(all, hour)
        ? [['an hour', { care: shifted(all.care, -hour), field: shifted(all.field, -hour) }]]
        : [];
      for (const [what, changed, byAlarm = false] of stepsFrom(all, 0)) {
        seen.steps.add(what.replace(/^\w+: /, ''));
        if (byAlarm)
          for (const task of names.flatMap((team) => (changed[team] === all[team] ? [] : (changed[team] ?? []))))
            if ((nextDeadline(task) ?? 1) <= 0) broken.push(`${way.join(', ')}, ${what}: no time is left`);
        next.push([what, changed]);
      }
      for (const [what, changed] of next) {
        note([...way, what], changed, 0);
        const key = keyOf(changed);
        if (ways.has(key)) continue;
        ways.set(key, [...way, what]);
        ahead.push(changed);
      }
    }
    expect(broken.slice(0, 5)).toEqual([]);
    expect([...seen.states].sort()).toEqual(['claimed', 'done', 'open', 'snoozed']);
    for (const what of ['climbed', 'nobody', 'warned', 'expired', 'woken', 'handed over', 'opened again', 'off shift'])
      expect(seen.steps).toContain(what);
    // So many moments there are: fewer would mean that something is not tried any more.
    expect(ways.size).toBeGreaterThan(3_500);
  });
});
