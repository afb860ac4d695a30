import { beforeAll, describe, expect, it } from '@jest/globals';
import { publish } from '../../../store/publish.ts';
import { openDefaultTaskFor } from '../../../store/default-task.ts';
import { deskOf } from '../../../store/desk.ts';
import { climbTask } from '../../../store/tasks/climb.ts';
import { getTask } from '../../../store/tasks/get.ts';
import { calendarOf } from '../../../store/team-calendar.ts';
import { isOpen } from '../../../core/calendar/business.ts';
import { ownDb } from '../own-db.ts';
import { customer, hour, journey, noon, policy, words } from '../setting.ts';

const db = await ownDb();
const open = 'Mon-Fri 09:00-17:00';
const zone = 'Europe/Berlin';
const company = {
  ...words,
  teams: {
    care: {
      ...{ open, zone, holidays: 'DE', daysOff: ['2026-12-24'], daysOn: ['2026-12-25'] },
      ladder: [
        { team: 'care', within: '1 business hour' },
        { team: 'night', within: '2 business hours' },
        { person: 'Jo Meyer', within: '30 minutes' },
      ],
    },
    night: { open: 'Mon-Sun 20:00-06:00', zone },
  },
};
const journeys = [{ definition: journey('inquiry', ['we-answered']) }];
beforeAll(() => publish(db, { words: company, policy, templates: [], journeys, by: 'a test', now: noon }));

describe('A ladder of the words', () => {
  it("is climbed on each team's own calendar, also over midnight, to a person who is told again and again", async () => {
    // Monday, an hour before closing time in Berlin.
    const start = Date.parse('2026-03-02T15:00:00Z');
    const desk = await deskOf(db, 'care');
    const who = await customer(db, 'anna');
    const because = 'They wrote';
    const opened = await openDefaultTaskFor(db, desk, {
      customerId: who,
      team: null,
      reasonId: 'a',
      because,
      now: start,
    });
    if (opened.is !== 'opened') throw new Error('overtaken');
    const asked: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const task = await getTask(db, opened.taskId);
      if (task?.deadlineAt == null) throw new Error('it has no deadline');
      asked.push(`${task.askedPerson ?? task.askedTeam} until ${new Date(task.deadlineAt).toISOString().slice(5, 16)}`);
      await climbTask(db, task.id, task.deadlineAt, desk);
    }
    expect(asked).toEqual([
      'care until 03-02T16:00',
      'night until 03-02T21:00',
      'Jo Meyer until 03-02T21:30',
      'Jo Meyer until 03-02T22:00',
    ]);
    expect((await getTask(db, opened.taskId))?.log.map(({ action }) => action)).toEqual([
      ...['open', 'climbed', 'climbed', 'nobody', 'nobody'],
    ]);
  });

  it("has days of a team's own beside the public holidays", () => {
    const christmas = Date.parse('2026-12-24T12:00:00Z');
    const there = (team: string, at: number): boolean | null => {
      const calendar = calendarOf(company, team, at);
      return calendar && isOpen(calendar, at);
    };
    expect([0, 24].map((hours) => there('care', christmas + hours * hour))).toEqual([false, true]);
    // New Year's Day is one of the country's.
    expect(there('care', Date.parse('2027-01-01T12:00:00Z'))).toBe(false);
  });
});
