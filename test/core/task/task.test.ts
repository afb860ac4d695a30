import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { climb } from '../../../core/task/climb.ts';
import { answered, claimed, done, joined, opened, reopened, snoozed } from '../../../core/task/move.ts';
import { outcomeFor, outcomesOf } from '../../../core/task/outcome.ts';
import { isAllowed, nextDeadline, statesFor, transitions, type AddSpan, type Task } from '../../../core/task/task.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-03-02T12:00:00Z');
const addSpan: AddSpan = (_team, from, span) => from + Number.parseInt(span, 10) * hour;
const task = opened({ team: 'care', ladder: ['leads', 'owners'], within: '4 hours' }, noon, addSpan);

describe('a task', () => {
  it('asks its own team first, then each of its ladder, and then says that nobody took it', () => {
    const asked: string[] = [];
    let now = task;
    while (asked.length < 5) {
      const climbed = climb(now, nextDeadline(now) ?? 0, addSpan);
      asked.push(`${climbed.what} ${climbed.task.askedTeam}`);
      now = climbed.task;
    }
    expect(asked).toEqual(['climbed leads', 'climbed owners', 'nobody owners', 'nobody owners', 'nobody owners']);
  });

  it('asks nobody before its time, and somebody at it', () => {
    expect(climb(task, noon + 4 * hour - 1, addSpan)).toEqual({ what: 'early', task });
    expect(climb(task, noon + 4 * hour, addSpan).what).toBe('climbed');
  });

  it('is taken from whoever claimed it and let its time pass, and stays on its rung', () => {
    const up = climb(task, noon + 4 * hour, addSpan).task;
    const held = claimed(up, 'ana', noon + 5 * hour, addSpan);
    expect(climb(held, noon + 9 * hour, addSpan)).toEqual({
      what: 'expired',
      held: 'ana',
      task: { ...up, claimBy: noon + 13 * hour },
    });
  });

  it('gives an agent who answers the whole time again', () => {
    const held = claimed(task, 'ana', noon, addSpan);
    expect(nextDeadline(answered(held, noon + 3 * hour, addSpan))).toBe(noon + 7 * hour);
  });

  it('is hurried by a more urgent reason, never put off, and a claim is not hurried', () => {
    expect(nextDeadline(joined(task, noon + hour))).toBe(noon + hour);
    expect(nextDeadline(joined(task, noon + 9 * hour))).toBe(noon + 4 * hour);
    expect(nextDeadline(joined(snoozed(task, noon + 48 * hour), noon + hour))).toBe(noon + hour);
    expect(joined(claimed(task, 'ana', noon, addSpan), noon + hour)).toEqual(claimed(task, 'ana', noon, addSpan));
  });

  it('has a later deadline even where a calendar answers with the past', () => {
    const stuck: AddSpan = (_team, from) => from - hour;
    expect(climb(task, noon + 4 * hour, stuck).task.claimBy).toBe(noon + 4 * hour + 60_000);
  });

  it('allows what the list of transitions has, and nothing else', () => {
    expect(statesFor('claim')).toEqual(['open', 'snoozed']);
    expect(isAllowed('complete', 'open')).toBe(false);
    expect(transitions.some((t) => t.from.some((from) => (from as string) === 'done'))).toBe(false);
  });
});

describe('an outcome', () => {
  it('is the word that was said where it was offered, and the first otherwise', () => {
    expect(outcomeFor('called', ['answered', 'called'])).toBe('called');
    expect(outcomeFor('called', ['made good', 'not made good'])).toBe('made good');
    expect(outcomesOf([{ outcomes: ['a', 'b'] }, { outcomes: ['b', 'c'] }])).toEqual(['a', 'b', 'c']);
  });
});

describe('whatever happens to a task', () => {
  interface Step {
    readonly op: string;
    readonly afterMs: number;
  }
  const steps = fc.array(
    fc.record({
      op: fc.constantFrom('claim', 'release', 'snooze', 'answer', 'complete', 'join', 'alarm', 'early'),
      afterMs: fc.integer({ min: 1, max: 40 * hour }),
    }),
    { maxLength: 60 },
  );
  const apply = (now: Task, op: string, at: number): Task => {
    if (op === 'claim' && isAllowed('claim', now.state)) return claimed(now, 'ana', at, addSpan);
    if (op === 'release' && isAllowed('release', now.state)) return reopened(now, at, addSpan);
    if (op === 'snooze' && isAllowed('snooze', now.state)) return snoozed(now, at + hour);
    if (op === 'answer' && isAllowed('answer', now.state)) return answered(now, at, addSpan);
    if (op === 'complete' && isAllowed('complete', now.state)) return done(now);
    if (op === 'join') return now.state === 'done' ? now : joined(now, at + hour);
    return climb(now, op === 'alarm' ? Math.max(at, nextDeadline(now) ?? 0) : at, addSpan).task;
  };

  it('it has exactly one deadline until it is done, an owner only while claimed, and never climbs down', () => {
    fc.assert(
      fc.property(steps, (all: readonly Step[]) => {
        let now = task;
        let at = noon;
        for (const { op, afterMs } of all) {
          at += afterMs;
          const before = now;
          now = apply(now, op, at);
          const set = [now.claimBy, now.answerBy, now.wakeAt].filter((instant) => instant !== null);
          expect(set).toHaveLength(now.state === 'done' ? 0 : 1);
          expect(nextDeadline(now) === null).toBe(now.state === 'done');
          if (now.state !== 'done') expect(now.claimedBy !== null).toBe(now.state === 'claimed');
          expect(now.rung).toBeGreaterThanOrEqual(before.rung);
          expect(now.askedTeam).toBe(now.rung === 0 ? 'care' : now.ladder[now.rung - 1]);
          if (op === 'alarm' && now.state !== 'done') expect(nextDeadline(now)).toBeGreaterThan(at);
        }
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});
