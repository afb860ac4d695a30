import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TableStep } from '../../core/journey/table-steps.ts';
import type { Journey } from '../../core/journey/table.ts';
import { goalsCountForMs } from '../../core/split.ts';
import { deliveriesAfter } from '../../store/deliveries.ts';
import { upsertCustomer } from '../../store/customers.ts';
import { endEnrolment } from '../../store/end-enrolment.ts';
import { makeNote } from '../../store/notes/make.ts';
import { tellDueNotes } from '../../store/notes/tell.ts';
import { makePromise } from '../../store/promises/make.ts';
import { getPromise } from '../../store/promises/row.ts';
import { recordSplit } from '../../store/splits/record.ts';
import { splitResults } from '../../store/splits/results.ts';
import { ownDb } from './own-db.ts';
import { customer, desk, event, hour, journey, noon, publishAll, spans, take } from './setting.ts';

const day = 24 * hour;
const iso = (at: number): string => new Date(at).toISOString();
const pause: TableStep = {
  kind: 'pause',
  until: '1 day before customer.renewsOn',
  follows: 'customer',
  next: 'end:finished',
};

const db = await ownDb();
beforeAll(async () => {
  const visit = journey('visit', ['visit-finished'], {
    entry: { event: 'appointment-set', oncePer: 'appointmentId' },
    anyTime: { 'appointment-set': 'listening' },
  });
  const renewal: Journey = {
    ...journey('renewal', ['renewed'], { entry: { event: 'contract-begun', oncePer: 'contractId' }, goal: 'renewed' }),
  };
  await publishAll(db, visit, { ...renewal, steps: { ...renewal.steps, pause } });
});

interface Run {
  readonly customerId: string;
  readonly enrolmentId: string;
}
async function visitOf(name: string, startsAt: number): Promise<Run> {
  const customerId = await customer(db, name);
  return { customerId, enrolmentId: await set(customerId, name, startsAt) };
}
/** The first time it begins the run; again, it moves. */
async function set(customerId: string, appointmentId: string, startsAt: number, now = noon): Promise<string> {
  const data = { appointmentId, startsAt: iso(startsAt) };
  const { started, deliveries } = await take(db, event(customerId, 'appointment-set', { data, at: now, now }));
  return started[0]?.enrolmentId ?? deliveries[0]?.enrolmentId ?? '';
}
const end = ({ enrolmentId: id }: Run, now = noon) =>
  endEnrolment(db, { id, as: 'finished', seen: 99, untaken: [], fenced: false, now, desk });

async function noted(run: Run, more: { said?: string; dueAt?: number } = {}): Promise<string> {
  const id = `${run.enrolmentId}/parts/1`;
  await makeNote(db, {
    ...{ id, ...run, step: 'parts', team: 'care', about: 'Are the parts in the van?', from: noon, now: noon },
    ...{ said: '1 day before appointment-set.startsAt', dueAt: noon + 4 * day, ...more },
  });
  return id;
}
const dueAt = async (id: string): Promise<number> =>
  (await db.selectFrom('notes').select('due_at').where('id', '=', id).executeTakeFirstOrThrow()).due_at.getTime();
const tell = (now: number) => tellDueNotes(db, { now, limit: 100, desk: () => Promise.resolve(desk) });

describe('a note', () => {
  it('becomes a reason of the task of its team when it is due, once, also when its run is long over', async () => {
    const run = await visitOf('anna', noon + 5 * day);
    const id = await noted(run);
    await noted(run, { dueAt: noon });
    await end(run);
    expect(await tell(noon + 4 * day - 1)).toEqual([]);
    expect(await tell(noon + 4 * day)).toEqual([id]);
    expect(await tell(noon + 4 * day)).toEqual([]);
    const reasons = await db
      .selectFrom('task_reasons')
      .innerJoin('tasks', 'tasks.id', 'task_reasons.task_id')
      .select(['task_reasons.id', 'team', 'because', 'outcomes', 'journey', 'step', 'state'])
      .where('customer_id', '=', 'anna')
      .execute();
    expect(reasons).toEqual([
      {
        ...{ id, team: 'care', because: 'Are the parts in the van?', outcomes: ['done', 'not needed'] },
        ...{ journey: 'visit', step: 'parts', state: 'open' },
      },
    ]);
  });

  it('joins the task that is there, and is told while its run goes on and after it', async () => {
    const run = await visitOf('bert', noon + 5 * day);
    await noted(run);
    await tell(noon + 4 * day);
    await end(run, noon + 4 * day);
    const [task] = await db.selectFrom('tasks').select('state').where('customer_id', '=', 'bert').execute();
    expect(task?.state).toBe('open');
  });

  it('follows a date that is told anew: of its appointment and no other, during its run and after it', async () => {
    const run = await visitOf('carl', noon + 5 * day);
    const id = await noted(run);
    await take(
      db,
      event('carl', 'appointment-set', { data: { appointmentId: 'another', startsAt: iso(noon + 20 * day) } }),
    );
    expect(await dueAt(id)).toBe(noon + 4 * day);
    await set('carl', 'carl', noon + 8 * day);
    expect(await dueAt(id)).toBe(noon + 7 * day);
    await end(run);
    await set('carl', 'carl', noon + 9 * day);
    expect(await dueAt(id)).toBe(noon + 8 * day);
    expect(await tell(noon + 7 * day)).toEqual([]);
    expect(await tell(noon + 8 * day)).toEqual([id]);
  });

  it('is due at the new time if the date moved before it was written down', async () => {
    const run = await visitOf('dora', noon + 5 * day);
    await set('dora', 'dora', noon + 8 * day);
    expect(await dueAt(await noted(run))).toBe(noon + 7 * day);
  });
});

describe('a promise on a date', () => {
  async function promised(run: Run): Promise<string> {
    const id = `${run.enrolmentId}/there/1`;
    await makePromise(db, {
      ...{ id, ...run, step: 'there', team: 'care', dueAt: noon + 5 * day + 2 * hour, keptBy: ['visit-finished'] },
      ...{ said: '2 hours after appointment-set.startsAt', from: noon, heard: 0, now: noon, spans },
    });
    return id;
  }

  it('moves with it, with the time at which it is looked at, and its watch is called', async () => {
    const run = await visitOf('emma', noon + 5 * day);
    const id = await promised(run);
    await set('emma', 'emma', noon + 8 * day);
    const then = noon + 8 * day + 2 * hour;
    expect(await getPromise(db, id)).toMatchObject({ state: 'open', dueAt: then, deadlineAt: then });
    const [call] = await db.selectFrom('outbox').select('generation').where('ref', '=', id).execute();
    expect(call).toEqual({ generation: '2' });
  });

  it('is kept and never moves again', async () => {
    const run = await visitOf('finn', noon + 5 * day);
    const id = await promised(run);
    await take(db, event('finn', 'visit-finished', { data: { appointmentId: 'finn' } }));
    await set('finn', 'finn', noon + 8 * day);
    expect(await getPromise(db, id)).toMatchObject({ state: 'kept', dueAt: noon + 5 * day + 2 * hour });
  });
});

describe('a change of a record', () => {
  async function renewing(name: string): Promise<Run> {
    const customerId = await customer(db, name, { renewsOn: '2026-05-01', firstName: 'Ana' });
    const { started } = await take(db, event(customerId, 'contract-begun', { data: { contractId: name } }));
    return { customerId, enrolmentId: started[0]?.enrolmentId ?? '' };
  }
  const change = (id: string, fields: Record<string, string | null>) => upsertCustomer(db, { id, fields, now: noon });
  const heard = async ({ enrolmentId }: Run) =>
    (await deliveriesAfter(db, enrolmentId, 0)).deliveries.map((d) => d.body);

  it('is told to runs whose time hangs on the record: which fields changed, and not to what', async () => {
    const run = await renewing('gina');
    await change('gina', { renewsOn: '2026-06-01', firstName: 'Anna' });
    const [told] = await heard(run);
    expect(told).toMatchObject({ kind: 'event', event: 'customer', data: { firstName: true, renewsOn: true } });
    expect(JSON.stringify(told)).not.toContain('Anna');
  });

  it('is told when a field is added or taken away, and not when nothing changed', async () => {
    const run = await renewing('hugo');
    await change('hugo', { renewsOn: '2026-05-01' });
    await upsertCustomer(db, { id: 'hugo', locale: 'de', now: noon });
    expect(await heard(run)).toEqual([]);
    await change('hugo', { renewsOn: null });
    await change('hugo', { plan: 'gold' });
    expect(await heard(run)).toMatchObject([{ data: { renewsOn: true } }, { data: { plan: true } }]);
  });

  it('reaches no run that does not follow it', async () => {
    const run = await visitOf('ida', noon + 5 * day);
    await change('ida', { renewsOn: '2026-06-01' });
    expect(await heard(run)).toEqual([]);
  });

  it('moves a note, also when its run is over; one without the date stays when it was', async () => {
    const run = await renewing('jan');
    const id = await noted(run, { said: '30 days before customer.renewsOn at 10:00', dueAt: noon });
    // Written down with the record as it is: 1 April, 10:00 in Berlin, summer time.
    expect(iso(await dueAt(id))).toBe('2026-04-01T08:00:00.000Z');
    await end(run);
    await change('jan', { renewsOn: '2026-03-15' });
    expect(iso(await dueAt(id))).toBe('2026-02-13T09:00:00.000Z');
    await change('jan', { renewsOn: null });
    expect(iso(await dueAt(id))).toBe('2026-02-13T09:00:00.000Z');
  });
});

describe('what a split has shown', () => {
  let contracts = 0;
  async function drawn(arm: string, name = `split-${String((contracts += 1))}`): Promise<Run> {
    const customerId = await customer(db, name);
    const { started } = await take(db, event(customerId, 'contract-begun', { data: { contractId: name } }));
    const run = { customerId, enrolmentId: started[0]?.enrolmentId ?? '' };
    await recordSplit(db, { enrolment: run.enrolmentId, step: 'tone', arm, now: noon });
    return run;
  }
  const renew = ({ customerId }: Run, at: number, contractId = customerId) =>
    take(db, event(customerId, 'renewed', { data: { contractId }, at, now: at }));
  const shown = async (arm: string) => {
    const [tone] = await splitResults(db, 'renewal');
    const found = tone?.arms.find((one) => one.arm === arm);
    return { customers: found?.customers, goalsMet: found?.goalsMet };
  };

  it('counts each customer once in the arm it was drawn into, however often that is said', async () => {
    const run = await drawn('warm');
    await recordSplit(db, { enrolment: run.enrolmentId, step: 'tone', arm: 'plain', now: noon });
    expect(await shown('warm')).toEqual({ customers: 1, goalsMet: 0 });
    expect(await shown('plain')).toEqual({ customers: undefined, goalsMet: undefined });
  });

  it('counts a goal during the run, and after its end as long as it is measured', async () => {
    const [during, after, late] = [await drawn('early'), await drawn('early'), await drawn('early')];
    await renew(during, noon + hour);
    for (const run of [after, late]) await end(run, noon + hour);
    await renew(after, noon + hour + goalsCountForMs);
    await renew(late, noon + hour + goalsCountForMs + 1);
    expect(await shown('early')).toEqual({ customers: 3, goalsMet: 2 });
  });

  it('counts no goal of another contract', async () => {
    await renew(await drawn('other'), noon + hour, 'another-contract');
    expect(await shown('other')).toEqual({ customers: 1, goalsMet: 0 });
  });

  it('counts a goal that was met before the way was written down', async () => {
    const customerId = await customer(db, 'quick');
    const { started } = await take(db, event(customerId, 'contract-begun', { data: { contractId: 'quick' } }));
    await take(db, event(customerId, 'renewed', { data: { contractId: 'quick' } }));
    await recordSplit(db, { enrolment: started[0]?.enrolmentId ?? '', step: 'tone', arm: 'quick', now: noon });
    expect(await shown('quick')).toEqual({ customers: 1, goalsMet: 1 });
  });
});
