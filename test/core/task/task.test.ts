import { describe, expect, it } from '@jest/globals';
import { climb } from '../../../core/task/climb.ts';
import { rungsOf } from '../../../core/task/ladder.ts';
import { answered, claimed, handedOver, joined, opened, snoozed } from '../../../core/task/move.ts';
import { outcomeFor, outcomesOf } from '../../../core/task/outcome.ts';
import { isAllowed, nextDeadline, statesFor, transitions, type AddSpan, type Task } from '../../../core/task/task.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-03-02T12:00:00Z');
const addSpan: AddSpan = (_team, from, span) => from + Number.parseInt(span, 10) * hour;
const ladder = rungsOf('care', ['leads', 'owners']);
const task = opened({ team: 'care', ladder, within: '4 hours' }, noon, addSpan);

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

  it('is taken from whoever claimed it and let its time pass, after a warning, and stays on its rung', () => {
    const up = climb(task, noon + 4 * hour, addSpan).task;
    const held = claimed(up, 'ana', noon + 5 * hour, addSpan);
    expect(nextDeadline(held)).toBe(noon + 8 * hour);
    const warned = climb(held, noon + 8 * hour, addSpan);
    expect(warned).toEqual({ what: 'warned', held: 'ana', task: { ...held, warnAt: null } });
    expect(climb(warned.task, noon + 9 * hour, addSpan)).toEqual({
      what: 'expired',
      held: 'ana',
      task: { ...up, claimBy: noon + 13 * hour },
    });
  });

  it('is not taken from anybody who was warned too late to do something', () => {
    const held = claimed(task, 'ana', noon, addSpan);
    const late = climb(held, noon + 9 * hour, addSpan);
    expect(late).toMatchObject({ what: 'warned', task: { state: 'claimed', answerBy: noon + 9 * hour + 5 * 60_000 } });
  });

  it('warns when three quarters of working days are over, in working hours', () => {
    const spans: string[] = [];
    const noting: AddSpan = (_team, from, span) => {
      spans.push(span);
      return from + hour;
    };
    for (const within of ['2 business days', '4 business hours', '30 minutes'])
      claimed({ ...task, within }, 'ana', noon, noting);
    expect(spans).toEqual([
      ...['2 business days', '12 business hours', '4 business hours', '3 business hours'],
      ...['30 minutes', '22.5 minutes'],
    ]);
  });

  it('asks a named person last, on the calendar of the team before, for as long as their rung says, again and again', () => {
    const spans: string[] = [];
    const noting: AddSpan = (team, from, span) => {
      spans.push(`${team} ${span}`);
      return addSpan(team, from, span);
    };
    const to = rungsOf('care', [
      { team: 'leads', within: '2 hours' },
      { person: 'Jo Meyer', within: '1 hours' },
    ]);
    let now = opened({ team: 'care', ladder: to, within: '4 hours' }, noon, noting);
    const asked: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const climbed = climb(now, nextDeadline(now) ?? 0, noting);
      now = climbed.task;
      asked.push(`${climbed.what} ${now.askedPerson ?? now.askedTeam} ${String(((now.claimBy ?? 0) - noon) / hour)}`);
    }
    expect(asked).toEqual(['climbed leads 6', 'climbed Jo Meyer 7', 'nobody Jo Meyer 8', 'nobody Jo Meyer 9']);
    expect(spans).toEqual(['care 4 hours', 'leads 2 hours', 'leads 1 hours', 'leads 1 hours', 'leads 1 hours']);
  });

  it('keeps its time when it is handed over, and a snooze stays one', () => {
    const to = { team: 'field', ladder: rungsOf('field', ['leads']) };
    const up = climb(task, noon + 4 * hour, addSpan).task;
    expect(handedOver(up, to, noon + 5 * hour)).toMatchObject({
      ...{ state: 'open', team: 'field', askedTeam: 'field', rung: 0, ladder: to.ladder },
      claimBy: noon + 8 * hour,
    });
    const held = claimed(task, 'ana', noon, addSpan);
    expect(handedOver(held, to, noon + hour)).toMatchObject({
      state: 'open',
      claimedBy: null,
      claimBy: noon + 4 * hour,
    });
    expect(handedOver(held, to, noon + 5 * hour).claimBy).toBe(noon + 5 * hour + 60_000);
    expect(handedOver(snoozed(held, noon + 48 * hour), to, noon + hour)).toMatchObject({
      ...{ state: 'snoozed', team: 'field', claimedBy: null, wakeAt: noon + 48 * hour },
    });
  });

  it('wakes for whoever put it aside, and otherwise for all who are asked', () => {
    const held = claimed(task, 'ana', noon, addSpan);
    const woken = (from: Task) => climb(snoozed(from, noon + hour), noon + hour, addSpan).task;
    expect(woken(held)).toMatchObject({ state: 'claimed', claimedBy: 'ana', answerBy: noon + 5 * hour });
    expect(woken(task)).toMatchObject({ state: 'open', claimedBy: null, claimBy: noon + 5 * hour });
  });

  it('gives an agent who answers the whole time again', () => {
    const held = claimed(task, 'ana', noon, addSpan);
    expect(answered(held, noon + 3 * hour, addSpan)).toMatchObject({
      warnAt: noon + 6 * hour,
      answerBy: noon + 7 * hour,
    });
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
    expect([...new Set(transitions.flatMap((t) => (t.from.some((from) => from === 'done') ? [t.by] : [])))]).toEqual([
      'reopen',
    ]);
  });
});

describe('an outcome', () => {
  it('is the word that was said where it was offered, and the first otherwise', () => {
    expect(outcomeFor('called', ['answered', 'called'])).toBe('called');
    expect(outcomeFor('called', ['made good', 'not made good'])).toBe('made good');
    expect(outcomesOf([{ outcomes: ['a', 'b'] }, { outcomes: ['b', 'c'] }])).toEqual(['a', 'b', 'c']);
  });
});
