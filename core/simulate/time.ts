/** What happens by itself, and when next. */
import { tell, type Draft } from './draft.ts';
import { giveSilent } from './floor.ts';
import { goOn } from './go-on.ts';
import { climbTask, taskDeadline } from './person.ts';
import { climbPromise } from './promise.ts';
import type { Sim } from './types.ts';

type What = 'run' | 'task' | 'promise' | 'note' | 'floor';
interface Alarm {
  readonly at: number;
  readonly what: What;
  readonly id: string;
}

function alarmsOf({ run, tasks, promises, notes, waits, now }: Sim): Alarm[] {
  const wait = run && !run.ended ? run.wait : null;
  return [
    ...(wait && 'until' in wait && wait.until !== null ? [{ at: wait.until, what: 'run' as const, id: wait.id }] : []),
    ...promises.flatMap(({ id, deadlineAt }) =>
      deadlineAt === null ? [] : [{ at: deadlineAt, what: 'promise' as const, id }],
    ),
    ...tasks.flatMap((task) => {
      const at = taskDeadline(task);
      return at === null ? [] : [{ at, what: 'task' as const, id: task.id }];
    }),
    ...(waits ? [{ at: waits.dueAt, what: 'floor' as const, id: 'floor' }] : []),
    ...notes.flatMap(({ at, step }) => (at > now ? [{ at, what: 'note' as const, id: step }] : [])),
  ];
}

/** The first instant at which anything happens by itself; null: only the world can go on. */
export function nextInstant(sim: Sim): number | null {
  const at = Math.min(...alarmsOf(sim).map((alarm) => alarm.at));
  return Number.isFinite(at) ? Math.max(at, sim.now) : null;
}

/** Moves the clock there; whatever is due then happens, in one order. */
export function moveTo(d: Draft, at: number): void {
  const notes = d.notes.filter((note) => note.at > d.now && note.at <= at);
  d.now = Math.max(d.now, at);
  for (const { team, about } of notes) tell(d, 'note', `${team} is reminded: “${about}”.`);
  for (const { what, id } of alarmsOf(d).filter((alarm) => alarm.at <= d.now)) {
    const promise = d.promises.find((p) => p.id === id);
    const task = d.tasks.find((t) => t.id === id);
    if (what === 'run') d.inputs.push({ kind: 'due', wait: id });
    if (what === 'promise' && promise && promise.deadlineAt !== null && promise.deadlineAt <= d.now)
      climbPromise(d, promise);
    if (what === 'task' && task) climbTask(d, task);
    if (what === 'floor' && d.waits !== null && d.waits.dueAt <= d.now) giveSilent(d);
    goOn(d);
  }
}
