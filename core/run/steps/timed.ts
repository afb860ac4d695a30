/** `pause` and `listen` (and `repeat … every`): time passes, until a moment that may have to be found and may move. */
import { plainMs, readMoment } from '../../journey/phrases.ts';
import type { ListenStep, PauseStep } from '../../journey/table-steps.ts';
import { own, placeOf, stepOf, waitId, type Draft, type Move } from '../draft.ts';
import { takeEarly } from '../kept.ts';
import { nextRound } from '../rounds.ts';
import type { TimedWait } from '../state.ts';

type TimedStep = ListenStep | PauseStep;
type Begun = Pick<TimedWait, 'for' | 'id' | 'since' | 'asked'>;

export function enterTimed(d: Draft, step: TimedStep): Move {
  d.silence = null;
  const early = step.kind === 'listen' ? takeEarly(d, step) : null;
  if (early === null)
    d.wait = begun(d, step.until, {
      for: step.kind === 'listen' ? 'events' : 'time',
      id: waitId(d),
      since: d.now,
      asked: 0,
    });
  return early;
}

/** Plain durations are reckoned here; moments that need a calendar, a zone or a record are asked for. */
function begun(d: Draft, said: string, wait: Begun, stepId = d.step): TimedWait {
  const moment = readMoment(said);
  const plain = moment && 'in' in moment ? plainMs(moment.in) : null;
  return plain === null ? finding(d, said, wait, stepId) : { ...wait, until: wait.since + plain, finding: null };
}

export function finding(d: Draft, said: string, wait: Begun, stepId: string): TimedWait {
  const asked = wait.asked + 1;
  const id = `${wait.id}/found-${asked}`;
  d.commands.push({
    do: 'find-moment',
    id,
    step: stepId,
    said,
    from: wait.since,
    team: d.journey.team,
    facts: d.facts,
  });
  return { ...wait, until: null, finding: id, asked };
}

/** The date it hangs on has been told anew: the old moment no longer counts, and the new one is not known yet. */
export function findAnew(d: Draft, wait: TimedWait, stepId: string): TimedWait {
  const was = wait.until ?? wait.was;
  const { until } = stepOf(d, stepId) as TimedStep;
  return { ...finding(d, until, begunOf(wait), stepId), ...(was === undefined ? {} : { was }) };
}

/** Its time is said otherwise: it is counted from the same beginning. */
export const reckonAnew = (d: Draft, wait: TimedWait, stepId: string): TimedWait =>
  begun(d, (stepOf(d, stepId) as TimedStep).until, begunOf(wait), stepId);

/** Silence is counted anew from now: somebody else is in touch with the customer. */
export const listenAnew = (d: Draft, wait: TimedWait, stepId: string): TimedWait =>
  begun(d, (stepOf(d, stepId) as ListenStep).until, { ...begunOf(wait), since: d.now }, stepId);

export function momentFound(d: Draft, wait: TimedWait, at: number): Move {
  d.wait = withMoment(wait, at, d.now);
  return ifMissed(d);
}

/** Told anew and unmoved, a moment is not missed because it came while it was looked up. */
export function withMoment(wait: TimedWait, at: number, now: number): TimedWait {
  const missed = wait.for === 'time' && at <= now && at !== wait.was;
  return { ...begunOf(wait), until: at, finding: null, ...(missed ? { missed } : {}) };
}

const begunOf = ({ for: what, id, since, asked }: TimedWait): Begun => ({ for: what, id, since, asked });

export function ifMissed(d: Draft): Move {
  const { goes } = stepOf(d);
  return d.wait.for === 'time' && d.wait.missed && goes ? (own(goes, 'missed') ?? null) : null;
}

/** The moment has come: a pause is over, the next round begins, or nobody was heard. */
export function timeIsUp(d: Draft): Move {
  const step = stepOf(d);
  if (step.kind === 'repeat') return nextRound(d, step);
  if (step.kind !== 'listen') return step.next;
  d.silences += 1;
  d.silence = placeOf(d);
  return step.goes.silence;
}
