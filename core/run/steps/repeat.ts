import { plainMs, readSpan } from '../../journey/phrases.ts';
import type { RepeatStep } from '../../journey/table-steps.ts';
import { waitId, type Draft, type Move } from '../draft.ts';
import { beginRound, nextRound } from '../rounds.ts';
import type { Rounds } from '../state.ts';
import { finding } from './timed.ts';

/** From before: the first round. From its own block: the next one, in its time, or on below after the last. */
export function enterRepeat(d: Draft, step: RepeatStep): Move {
  const rounds = d.repeats?.[d.step];
  if (!rounds) return beginRound(d, step, { round: 1, since: d.now });
  if (rounds.round >= step.times) {
    const { [d.step]: _, ...others } = d.repeats ?? {};
    d.repeats = others;
    return step.next;
  }
  return waits(d, step, rounds) ? null : nextRound(d, step);
}

/** From beginning to beginning, and always from the first one: a round that took long pushes none of those after it away. */
function waits(d: Draft, { every }: RepeatStep, { round, since }: Rounds): boolean {
  if (every === undefined) return false;
  const span = readSpan(every);
  const plain = span && plainMs(span);
  const wait = { for: 'time', id: waitId(d), since, asked: 0 } as const;
  if (plain !== null) {
    const until = since + plain * round;
    if (until <= d.now) return false;
    d.wait = { ...wait, until, finding: null };
  } else d.wait = finding(d, manyTimes(every, round), wait, d.step);
  // Whoever waits here has left the silence that led here.
  d.silence = null;
  return true;
}

/** '2 business days', three times: '6 business days'. No phrase is longer than ten years: what would be waits as long as can be said. */
function manyTimes(every: string, times: number): string {
  const span = readSpan(every);
  for (let n = times; span && n > 1; n--) {
    const said = `${span.count * n} business ${span.unit}s`;
    if (readSpan(said)) return said;
  }
  return every;
}
