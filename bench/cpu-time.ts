/** CPU time, which neighbours on a busy machine change far less than a rate per second. */
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of one clock tick of /proc, which is 100 Hz on every Linux that Node runs on. */
const tickMs = 10;

interface Process {
  readonly parent: number;
  readonly name: string;
  readonly ms: number;
}

/** CPU time so far of this process, and of the servers it has started, by the name of each program. Empty where there is no /proc. */
export function cpuTimes(): ReadonlyMap<string, number> {
  const all = new Map<number, Process>();
  for (const pid of pids()) {
    const found = processOf(pid);
    if (found) all.set(pid, found);
  }
  const isOurs = (pid: number): boolean => {
    const found = all.get(pid);
    return pid === process.pid || (found !== undefined && isOurs(found.parent));
  };
  const times = new Map<string, number>();
  for (const [pid, { name, ms }] of all) {
    if (!isOurs(pid)) continue;
    const called = pid === process.pid ? 'node' : name;
    times.set(called, (times.get(called) ?? 0) + ms);
  }
  return times;
}

/** What was spent between two looks, by program, and `total`. */
export function cpuSpent(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Map<string, number> {
  const spent = new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)] as const));
  return spent.set(
    'total',
    [...spent.values()].reduce((sum, ms) => sum + ms, 0),
  );
}

function pids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** A process may end while we look. Children that ended and were waited for count with their parent. */
function processOf(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const [, parent, ...rest] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = rest.slice(9, 13).reduce((sum, value) => sum + value, 0);
    return { parent: parent ?? 0, name, ms: ticks * tickMs };
  } catch {
    return null;
  }
}
