/** What a journey would give a team beyond what it can carry waits, and says so. */
import { beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Deps } from '../../activities/deps.ts';
import { reserveTouch } from '../../activities/reserve-touch.ts';
import { clockOf } from '../../config/clock.ts';
import type { TouchStep } from '../../core/journey/table-steps.ts';
import { noSystems } from '../../core/journey/systems.ts';
import { whyCustomer } from '../../store/budget/index.ts';
import { publish } from '../../store/publish.ts';
import { ownDb } from './own-db.ts';
import { customer, hour, journey, minute, noon, opened, policy, run, words } from './setting.ts';

const db = await ownDb();
const call: Omit<TouchStep, 'purpose'> = {
  kind: 'touch',
  team: 'care',
  madeBy: 'human',
  within: '1 business day',
  reach: ['email'],
  fate: 'drop',
  say: 'hello',
  next: 'listening',
};
beforeAll(async () => {
  const { steps } = journey('inquiry', []);
  const definition = journey('inquiry', [], {
    start: 'talk',
    steps: {
      talk: { ...call, purpose: 'relationship' },
      served: { ...call, purpose: 'service', cause: 'inquiry-received' },
      ...steps,
    },
  });
  const care = { ...words.teams.care, waitAtMost: '1 hour' };
  await publish(db, {
    words: { ...words, teams: { care } },
    policy,
    templates: [],
    journeys: [{ definition }],
    by: 'a test',
    now: noon,
  });
});

const deps = (now: number): Deps => ({
  db,
  clock: { now: () => now, spec: clockOf({ realAnchor: 0, virtualAnchor: 0, rate: 1 }).spec },
  log: pino({ level: 'silent' }),
  ...{ channels: {}, statusCallback: null, publicUrl: null, defaultTeam: 'care', systems: noSystems, environment: {} },
  get budgets(): never {
    throw new Error('What a person makes asks no budget');
  },
});

it('A person’s touch waits while its team has too much ahead, a service never, and nothing for ever', async () => {
  // Nobody is on shift, and 15 minutes are reckoned with: 6 tasks are 90 minutes.
  for (let n = 0; n < 6; n += 1) await opened(db, await customer(db, `ahead-${String(n)}`));
  const who = await customer(db, 'anna');
  const enrolment = await run(db, who, 'i-1');
  const ask = (step: string, now: number, times = 1) =>
    reserveTouch(deps(now), {
      ...{ enrolment, step, visit: 1, seen: 0, facts: {}, counts: { failures: 0, touches: 0, silences: 0 } },
      touch: { id: `${enrolment}/${step}/1`, ask: times, since: noon, fate: 'drop', failed: [] },
    });
  expect(await ask('talk', noon)).toEqual({
    ...{ is: 'deferred', until: noon + 30 * minute, because: 'the team has too much', fate: 'drop' },
  });
  const says =
    'Not yet: care has 6 tasks ahead for 0 people on shift, 15 min each: 90 min, and customers may wait 1 hour.';
  expect(await whyCustomer(db, who)).toMatchObject([
    { state: 'deferred', madeBy: 'human', asks: [{ decided: 'deferred', says }] },
  ]);
  expect(await ask('served', noon)).toEqual({ is: 'with-person' });
  expect(await ask('talk', noon + 48 * hour, 2)).toEqual({ is: 'with-person' });
  const talk = (await whyCustomer(db, who)).find(({ step }) => step === 'talk');
  expect(talk).toMatchObject({ state: 'with-person', asks: [{ ask: 1, says }, { ask: 2 }] });
});
