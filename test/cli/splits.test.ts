import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordSplit } from '../../store/splits/record.ts';
import { customer, event, hour, journey, noon, publishAll, take } from '../store/setting.ts';
import { jsonOf, ownCli, type OwnCli } from './cli.ts';

let own: OwnCli;
beforeAll(async () => {
  own = await ownCli();
  const { db } = own.api;
  const entry = { event: 'contract-begun', oncePer: 'contractId' };
  await publishAll(db, journey('renewal', ['renewed'], { entry, goal: 'renewed' }), journey('quiet', ['renewed']));
  for (const [arm, count, met] of [
    ['plain', 20, 0],
    ['warm', 29, 1],
  ] as const)
    for (let i = 0; i < count; i += 1) {
      const id = await customer(db, `${arm}-${String(i)}`);
      const { started } = await take(db, event(id, 'contract-begun', { data: { contractId: id } }));
      await recordSplit(db, { enrolment: started[0]?.enrolmentId ?? '', step: 'tone', arm, now: noon });
      if (i < met) await take(db, event(id, 'renewed', { data: { contractId: id }, now: noon + hour }));
    }
});
afterAll(() => own.stop());

test('each way is told with its customers, its goals met, its rate, and how sure one can be of it', async () => {
  expect(await own.cli(['splits', 'renewal'])).toMatchInlineSnapshot(`
   {
     "exit": 0,
     "out": "Goal: renewed, during the run or within 90 days of its end.
   STEP  ARM    CUSTOMERS  GOALS MET  RATE   95 % BETWEEN
   tone  plain  20         0          0.0 %  0.0 % to 16.1 %
   tone  warm   29         1          3.4 %  0.6 % to 17.2 %",
     "told": "",
   }
  `);
  expect(jsonOf(await own.cli(['splits', 'renewal', '--json']))).toMatchObject({
    journey: 'renewal',
    goal: 'renewed',
    measuredDays: 90,
    splits: [
      {
        step: 'tone',
        arms: [
          { arm: 'plain', customers: 20, goalsMet: 0, rate: 0 },
          { arm: 'warm', customers: 29, goalsMet: 1 },
        ],
      },
    ],
  });
});

test('a journey without splits, and one that is not there', async () => {
  expect((await own.cli(['splits', 'quiet'])).out).toBe("Nobody has come to a split of 'quiet' yet.");
  expect(await own.cli(['splits', 'loud'])).toMatchObject({ exit: 1, told: "No journey is called 'loud'." });
});

test('a key that may not read journeys is refused', async () => {
  const key = await own.api.keyWith('events:write');
  expect((await own.api.call('GET', '/v1/journeys/renewal/splits', { key })).status).toBe(403);
});
