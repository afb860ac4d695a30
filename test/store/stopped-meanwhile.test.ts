/** A run that asks in the very moment in which its journey is stopped for this customer hears that first, and gives nobody to a person. */
import { beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Deps } from '../../activities/deps.ts';
import { reserveTouch } from '../../activities/reserve-touch.ts';
import { clockOf } from '../../config/clock.ts';
import type { TouchStep } from '../../core/journey/table-steps.ts';
import { noSystems } from '../../core/journey/systems.ts';
import { createBudgets } from '../../store/budget/index.ts';
import { stopJourney } from '../../store/journey-stops.ts';
import { ownDb } from './own-db.ts';
import { customer, journey, noon, publishAll, run } from './setting.ts';

const db = await ownDb();
const clock = { now: () => noon, spec: clockOf({ realAnchor: 0, virtualAnchor: 0, rate: 1 }).spec };
const deps: Deps = {
  ...{ db, clock, log: pino({ level: 'silent' }), budgets: createBudgets(db, { clock, onFreed: () => undefined }) },
  ...{ channels: {}, statusCallback: null, defaultTeam: 'care', systems: noSystems, environment: {} },
};
const word: Omit<TouchStep, 'madeBy'> = {
  ...{ kind: 'touch', team: 'care', purpose: 'service', cause: 'inquiry-received' },
  ...{ reach: ['email'], say: 'hello', next: 'listening' },
  fate: { fate: 'toHuman', team: 'care' },
};
beforeAll(async () => {
  const { steps } = journey('inquiry', []);
  const told = { call: { ...word, madeBy: 'human' }, mail: { ...word, madeBy: 'tech' } } as const;
  await publishAll(db, journey('inquiry', [], { start: 'call', steps: { ...told, ...steps } }));
});

it.each(['call', 'mail'])('%s: the stop is heard before a person is asked', async (step) => {
  const who = await customer(db, step);
  const enrolment = await run(db, who, step);
  const ask = (seen: number) =>
    reserveTouch(deps, {
      ...{ enrolment, step, visit: 1, seen, facts: {}, counts: { failures: 0, touches: 0, silences: 0 } },
      touch: { id: `${enrolment}/${step}/1`, ask: 1, since: noon, fate: word.fate, failed: [] },
    });
  const tasks = () => db.selectFrom('tasks').select('team').where('customer_id', '=', who).execute();
  const { delivered } = await db
    .selectFrom('enrolments')
    .select('delivered')
    .where('id', '=', enrolment)
    .executeTakeFirstOrThrow();
  await stopJourney(db, who, { journey: 'inquiry', until: null, reason: 'they asked', actor: 'ana', at: noon });
  expect(await ask(delivered)).toEqual({ is: 'overtaken', upTo: delivered + 1 });
  expect(await tasks()).toEqual([]);
  // Whoever has heard it and asks all the same, asks for a person.
  expect(await ask(delivered + 1)).toEqual({ is: 'with-person' });
  expect(await tasks()).toEqual([{ team: 'care' }]);
});
