/** `pause` and `listen`: time passes, until a moment that may have to be found and may move. */
import { plainMs, readMoment } from '../../journey/phrases.ts';
import type { ListenStep, PauseStep } from '../../journey/table.ts';
import { stepOf, waitId, type Draft, type Move } from '../draft.ts';
import { takeKept } from '../kept.ts';
import type { TimedWait } from '../types.ts';

export function enterTimed(d: Draft, step: ListenStep | PauseStep): Move {
  d.silence = null;
  d.wait = begun(d, step, { for: step.kind === 'listen' ? 'events' : 'time', id: waitId(d), since: d.now });
  return step.kind === 'listen' ? takeKept(d, step) : null;
}

/** Plain durations are reckoned here; moments that need a calendar, a zone or a record are asked for. */
function begun(d: Draft, step: ListenStep | PauseStep, wait: Pick<TimedWait, 'for' | 'id' | 'since'>): TimedWait {
  const moment = readMoment(step.until);
  const plain = moment && 'in' in moment ? plainMs(moment.in) : null;
  if (plain !== null) return { ...wait, until: wait.since + plain, finding: null };
  return { ...wait, until: null, finding: find(d, step, wait) };
}

function find(d: Draft, step: ListenStep | PauseStep, wait: Pick<TimedWait, 'id' | 'since'>): string {
  // The number of what was last heard makes each question of a moving date its own.
  const id = `${wait.id}/found-${d.heard}`;
  const at = wait.id.slice(0, wait.id.lastIndexOf('/'));
  d.commands.push({
    do: 'find-moment',
    id,
    step: at,
    said: step.until,
    from: wait.since,
    team: d.journey.team,
    facts: d.facts,
  });
  return id;
}

/** The date it hangs on has been told anew: keep the old moment until the new one is found. */
export function findAnew(d: Draft, wait: TimedWait, stepId: string): TimedWait {
  return { ...wait, finding: find(d, stepOf(d, stepId) as ListenStep | PauseStep, wait) };
}

/** Silence is counted anew from now: somebody else is in touch with the customer. */
export function listenAnew(d: Draft, wait: TimedWait, stepId: string): TimedWait {
  return begun(d, stepOf(d, stepId) as ListenStep, { ...wait, since: d.now });
}

export function momentFound(d: Draft, wait: TimedWait, at: number): Move {
  const first = wait.until === null;
  d.wait = { ...wait, until: at, finding: null };
  const missed = stepOf(d).goes?.['missed'];
  return first && at <= d.now && wait.for === 'time' && missed !== undefined ? missed : null;
}

/** The moment has come: a pause is over, or nobody was heard. */
export function timeIsUp(d: Draft, wait: TimedWait): Move {
  const step = stepOf(d);
  if (step.kind !== 'listen') return step.next;
  d.silences += 1;
  d.silence = { step: d.step, wait };
  return step.goes.silence;
}
