import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clockOf } from '../../config/clock.ts';
import { createBudgets } from '../../store/budget/index.ts';
import { policyInForce } from '../../store/budget-view/policy-in-force.ts';
import { readPolicy } from '../../core/budget/read-policy.ts';
import { monday } from '../api/own-api.ts';
import { publishSamples, samples } from '../api/samples.ts';
import { askOf } from '../store/budget/fixtures.ts';
import { jsonOf, ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
  await publishSamples(own.api);
  await own.cli([
    'customers',
    'put',
    'ana',
    '--email',
    'ana@example.com',
    '--zone',
    'Europe/Berlin',
    'firstName=Ana',
    'plan=plus',
  ]);
  await own.cli(['customers', 'consent', 'ana', 'email', 'marketing', '--source', 'web form']);
  const stored = await policyInForce(own.api.db, monday);
  const policy = readPolicy(stored!.data, stored!.number);
  const clock = { ...clockOf({ realAnchor: 0, virtualAnchor: 0, rate: 1 }), now: () => monday };
  const budgets = createBudgets(own.api.db, { clock, onFreed: () => undefined });
  const ask = (name: string, fate: unknown = 'drop') =>
    budgets.reserve(askOf(`run-1/${name}/1`, 'ana', { policy, firstAskedAt: monday, fate: fate as 'drop' }));
  await ask('first');
  await ask('second', { fate: 'wait', atMost: '8 days', then: 'drop' });
});
afterAll(() => own.stop());

const writes = async () => [
  await own.api.db.selectFrom('touches').select(['id', 'ask', 'state']).orderBy('id').execute(),
  await own.api.db.selectFrom('budgets').select('version').execute(),
];

it('is drawn without colour, 80 columns wide, and says when there is room, what may be said and who waits', async () => {
  const { exit, out, told } = await own.cli(['budget', 'ana']);
  expect({ exit, told }).toEqual({ exit: 0, told: '' });
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(out).not.toContain('\u001b');
  expect(out).toMatchInlineSnapshot(`
   "The budget of ana, 2026-03-02 09:00Z (Europe/Berlin), by just-enough 1.

   a week                   [##..........========] 1 of 10 in 7 days
       the next of it leaves 2026-03-09 09:15Z
       4 of it (=) kept for service and relationship
   marketing a week         [#######.............] 1 of 3 in 7 days
       the next of it leaves 2026-03-09 09:15Z
   texts a day              [....................] 0 of 4 in one calendar day
   services a week          [....................] 0 of 8 in 7 days
       passed, it tells our own people and stops nothing
   a day                    [###=================] 1 of 6 in 24 hours
       the next of it leaves 2026-03-03 09:15Z
       5 of it (=) kept for service and relationship

   What may be said:
     service by email: Not sent: no consent to service by email.
     relationship by email: Not sent: no consent to relationship by email.
     marketing by email: Deferred until Wed 4 Mar 2026 09:00 (Europe/Berlin):
     budget 'a day' is used up (1 of 1 in 24 hours by run-1/first/1); then held by
     quiet hours.

   Who waits for a place, the next one first:
     1. run-1/second/1, marketing by email, asks again 2026-03-04 08:00Z"
  `);
});

it('answers for a touch that nobody has asked for, by a purpose and channel or a step of a journey, and writes nothing', async () => {
  const before = await writes();
  const said = await own.cli(['budget', 'ana', '--if', 'marketing by email']);
  expect(said.out.replaceAll(/\s+/g, ' ')).toContain(
    'If it were asked: Deferred until Wed 4 Mar 2026 09:00 (Europe/Berlin)',
  );
  const { ifAsked } = jsonOf(await own.cli(['budget', 'ana', '--if', 'inquiry/arrived', '--json'])) as {
    ifAsked: unknown;
  };
  expect(ifAsked).toMatchObject({ is: 'to-human' });
  expect(await writes()).toEqual(before);
  expect(await own.cli(['budget', 'ana', '--if', 'inquiry/nowhere'])).toMatchObject({
    exit: 1,
    told: expect.stringContaining("should be a touch of 'inquiry' that is known"),
  });
  expect(await own.cli(['budget', 'ana', '--if', 'anything'])).toMatchObject({ exit: 2 });
});

it('answers for the past, says what is not kept of it, and refuses the future', async () => {
  own.api.clock.now = monday + 86_400_000;
  const { out } = await own.cli(['budget', 'ana', '--at', '2026-03-02T09:10:00Z']);
  expect(out).toMatch(/marketing a week +\[#######\.{13}\] 1 of 3 in 7 days/);
  expect(out).toContain('Not kept of the past');
  const after = await own.cli(['budget', 'ana', '--at', '2026-03-02T09:30:00Z']);
  expect(after.out).toMatch(/marketing a week +\[\.{20}\] 0 of 3/);
  expect(await own.cli(['budget', 'ana', '--at', '2027-01-01T00:00:00Z'])).toMatchObject({
    exit: 1,
    told: expect.stringContaining('an instant that is not in the future'),
  });
  expect(await own.cli(['budget', 'nobody'])).toMatchObject({ exit: 1, told: "There is no customer 'nobody'." });
  const other = await own.cli(['budget', 'ana', '--policy', '9']);
  expect(other.exit).toBe(1);
  expect(other.told).toMatch(/query\.policy is '9', .*1/);
});

it('lists the versions of the policy, shows one, and tells what changed in words', async () => {
  const bundle = await samples();
  const windows = bundle.policy['windows'] as { name: string; atMost: number }[];
  const changed = windows.map((window) => (window.name === 'marketing a week' ? { ...window, atMost: 2 } : window));
  const body = { ...bundle, policy: { ...bundle.policy, windows: changed } };
  expect(await own.api.call('POST', '/v1/journeys', { body })).toMatchObject({ status: 200 });
  const { out } = await own.cli(['policy', 'list']);
  expect(out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
    ['version', 'policy'],
    ['2', 'just-enough'],
    ['1', 'just-enough'],
  ]);
  expect(out.split('\n')[1]).toContain('inquiry');
  expect(await own.cli(['policy', 'diff', '1', '2'])).toMatchObject({
    exit: 0,
    out: "Policy: window 'marketing a week', 'atMost', is now 2 instead of 3.",
  });
  expect((await own.cli(['policy', 'diff', '2', '2'])).out).toBe('They are the same.');
  expect(jsonOf(await own.cli(['policy', 'show', '1']))).toMatchObject({ name: 'just-enough' });
  expect(await own.cli(['policy', 'show', '7'])).toMatchObject({
    exit: 1,
    told: 'There is no version 7 of the policy.',
  });
  expect(await own.cli(['policy', 'show', 'newest'])).toMatchObject({ exit: 2 });
});
