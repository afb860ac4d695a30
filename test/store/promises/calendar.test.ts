import { beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { Deps } from '../../../activities/deps.ts';
import { makePromise, type PromiseAsked } from '../../../activities/make-promise.ts';
import { clockOf } from '../../../config/clock.ts';
import { noSystems } from '../../../core/journey/systems.ts';
import { upsertCustomer } from '../../../store/customers.ts';
import { getPromise } from '../../../store/promises/row.ts';
import { publish } from '../../../store/publish.ts';
import { ownDb } from '../own-db.ts';
import { customer, journey, noon, policy, run, words } from '../setting.ts';

const db = await ownDb();
beforeAll(async () => {
  const care = { ...words.teams.care, holidays: 'DE' };
  await publish(db, {
    words: { ...words, teams: { care } },
    policy,
    templates: [],
    journeys: [{ definition: journey('inquiry', ['we-answered']) }],
    by: 'a test',
    now: noon,
  });
});

const renew = { say: 'takes-longer', ahead: '4 business hours', more: '1 business day', times: 1 };
let inquiries = 0;
/** Made at `from`; only the clock and the database are asked. */
async function promised(from: string, change: Partial<PromiseAsked> = {}, zone = 'Europe/Berlin') {
  const name = `customer-${String((inquiries += 1))}`;
  const customerId = await customer(db, name);
  await upsertCustomer(db, { id: customerId, zone, now: noon });
  const enrolment = await run(db, customerId, name);
  const at = Date.parse(from);
  const clock = { now: () => at, spec: clockOf({ realAnchor: 0, virtualAnchor: 0, rate: 1 }).spec };
  const deps: Deps = {
    db,
    clock,
    log: pino({ level: 'silent' }),
    channels: {},
    statusCallback: null,
    defaultTeam: 'care',
    systems: noSystems,
    environment: {},
    get budgets(): never {
      throw new Error('Making a promise asks no budget');
    },
  };
  const id = `${enrolment}/first-answer/1`;
  const said = { team: 'care', due: '2 business days', keptBy: ['we-answered'], heard: 0, isKept: false, facts: {} };
  await makePromise(deps, { enrolment, id, step: 'first-answer', from: at, ...said, ...change });
  const promise = await getPromise(db, id);
  if (!promise) throw new Error('it was not made');
  const told = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());
  return { due: told(promise.dueAt), lookAt: told(promise.deadlineAt) };
}

describe('a promise is due on the calendar of its team', () => {
  it('over a weekend in which the clocks go forward', async () => {
    // Friday 27 March, 15:00 in Berlin (UTC+1); Tuesday 15:00 is 13:00 UTC after the change.
    const { due } = await promised('2026-03-27T14:00:00Z');
    expect(due).toBe('2026-03-31T13:00:00.000Z');
  });

  it('over a weekend in which the clocks go back', async () => {
    const { due } = await promised('2026-10-23T13:00:00Z');
    expect(due).toBe('2026-10-27T14:00:00.000Z');
  });

  it('over the holidays of Easter: they hear ahead of it in business time, too', async () => {
    // Thursday 2 April, 12:00; Good Friday and Easter Monday are free, so two business days on is Wednesday.
    const promise = await promised('2026-04-02T10:00:00Z', { renew });
    expect(promise).toEqual({ due: '2026-04-08T10:00:00.000Z', lookAt: '2026-04-07T14:00:00.000Z' });
  });

  it("at the customer's own nine o'clock, if that is what was promised", async () => {
    const { due } = await promised('2026-03-27T14:00:00Z', { due: 'next 09:00' }, 'America/New_York');
    expect(due).toBe('2026-03-28T13:00:00.000Z');
  });

  it('at once if it hangs on a date nobody knows: a person looks at it', async () => {
    const at = '2026-03-27T14:00:00.000Z';
    expect(await promised(at, { due: '1 day before inquiry-received.eventAt' })).toEqual({ due: at, lookAt: at });
  });
});
