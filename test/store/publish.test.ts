import { describe, expect, it } from '@jest/globals';
import { readClock, setClock } from '../../store/clock.ts';
import { recordConsent } from '../../store/consents.ts';
import { getCustomer, upsertCustomer } from '../../store/customers.ts';
import { latestDefinition } from '../../store/definitions.ts';
import { journeyAt, latestJourney, listJourneys, pinned } from '../../store/journeys.ts';
import { publish } from '../../store/publish.ts';
import { ownDb } from './own-db.ts';
import { customer, journey, noon, policy, words } from './setting.ts';

const db = await ownDb();

const all = { words, policy, templates: [], by: 'a test', now: noon };

describe('publishing', () => {
  it('gives a changed journey the next version, and the same one none', async () => {
    const first = journey('a', ['x']);
    const once = () => publish(db, { ...all, journeys: [{ definition: first }] });
    expect(await once()).toMatchObject({ published: [{ name: 'a', version: 1, isNew: true }] });
    expect(await once()).toMatchObject({ published: [{ name: 'a', version: 1, isNew: false }] });
    const changed = await publish(db, { ...all, journeys: [{ definition: journey('a', ['x', 'y']) }] });
    expect(changed).toMatchObject({ published: [{ version: 2, isNew: true }] });
    expect((await journeyAt(db, 'a', 1))?.definition).toEqual(first);
    expect((await latestJourney(db, 'a'))?.version).toBe(2);
    expect((await listJourneys(db)).map((j) => [j.name, j.version])).toEqual([['a', 2]]);
  });

  it('gives a journey a new version when its policy has changed, and pins each to its own', async () => {
    await publish(db, { ...all, journeys: [{ definition: journey('b', ['x']) }] });
    const stricter = { ...policy, windows: [{ name: 'a week', atMost: 3, in: '7 days' }] };
    const again = await publish(db, {
      ...all,
      policy: stricter,
      journeys: [{ definition: journey('b', ['x']) }],
      now: noon + 1,
    });
    expect(again).toMatchObject({ published: [{ version: 2, isNew: true }] });
    const [one, two] = [await journeyAt(db, 'b', 1), await journeyAt(db, 'b', 2)];
    expect((await pinned(db, one!)).policy).toMatchObject({ number: 1, data: policy });
    expect((await pinned(db, two!)).policy).toMatchObject({ number: 2, data: stricter });
    expect((await latestDefinition(db, 'policy'))?.number).toBe(2);
  });

  it('refuses another definition under a version that is there, and then publishes nothing at all', async () => {
    await publish(db, { ...all, journeys: [{ definition: journey('c', ['x']), version: 3 }] });
    const refused = await publish(db, {
      ...all,
      journeys: [{ definition: journey('new', ['x']) }, { definition: journey('c', ['y']), version: 3 }],
    });
    expect(refused).toMatchObject({ refused: 'changed-under-same-version', journey: 'c', version: 3, newest: 3 });
    expect(await latestJourney(db, 'new')).toBeNull();
    const older = await publish(db, { ...all, journeys: [{ definition: journey('c', ['y']), version: 2 }] });
    expect(older).toMatchObject({ refused: 'older-than-newest' });
  });

  it('gives ten who publish at once ten versions', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        publish(db, { ...all, journeys: [{ definition: journey('d', [`event-${String(n)}`]) }] }),
      ),
    );
    const versions = results.flatMap((r) => ('published' in r ? r.published.map((p) => p.version) : []));
    expect(versions.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('a customer', () => {
  it('keeps what a change does not name, and loses a field that is set to null', async () => {
    const id = await customer(db, 'anna', { plan: 'gold', city: 'Ulm' });
    const { isNew, customer: changed } = await upsertCustomer(db, {
      id,
      fields: { city: null },
      locale: 'de',
      now: noon + 1,
    });
    expect(isNew).toBe(false);
    expect(changed).toMatchObject({
      zone: 'Europe/Berlin',
      locale: 'de',
      fields: { plan: 'gold' },
      createdAt: noon,
      updatedAt: noon + 1,
    });
    expect(changed.addresses).toEqual([{ channel: 'email', address: 'anna@example.com' }]);
    expect(await getCustomer(db, 'nobody')).toBeNull();
  });

  it('has gates that say what its consents and zone say', async () => {
    const id = await customer(db, 'bert');
    const consent = { channel: 'email', purpose: 'marketing', source: 'form', actor: 'bert', at: noon } as const;
    await recordConsent(db, id, { ...consent, granted: true });
    await recordConsent(db, id, { ...consent, granted: false });
    const { gates } = await db
      .selectFrom('budgets')
      .select('gates')
      .where('customer_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(gates).toMatchObject({
      zone: 'Europe/Berlin',
      consents: [{ channel: 'email', purpose: 'marketing', granted: false }],
    });
    expect(await recordConsent(db, 'nobody', { ...consent, granted: true })).toEqual({ refused: 'unknown-customer' });
  });
});

describe('the clock', () => {
  it('is the real one until it is set', async () => {
    expect(await readClock(db, noon)).toEqual({ realAnchor: noon, virtualAnchor: noon, rate: 1 });
    expect(await readClock(db, noon + 5)).toMatchObject({ realAnchor: noon });
    await setClock(db, { realAnchor: noon, virtualAnchor: 0, rate: 600 });
    expect(await readClock(db, noon + 9)).toEqual({ realAnchor: noon, virtualAnchor: 0, rate: 600 });
    await expect(setClock(db, { realAnchor: 0, virtualAnchor: 0, rate: 0 })).rejects.toThrow("The clock's rate is 0");
  });
});
