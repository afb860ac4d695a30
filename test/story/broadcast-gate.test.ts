import { expect, test } from '@jest/globals';
import { createGate } from '../../activities/broadcast/gate.ts';

test('a gate that was closed lets nobody in, and is empty once those inside have left', async () => {
  const gate = createGate(2);
  expect([await gate.enter(), await gate.enter()]).toEqual([true, true]);
  const third = gate.enter();
  gate.close();
  expect([await third, await gate.enter()]).toEqual([false, false]);
  let isEmpty = false;
  const emptied = gate.empty().then(() => (isEmpty = true));
  gate.leave();
  await Promise.resolve();
  expect(isEmpty).toBe(false);
  gate.leave();
  await emptied;
  await gate.empty(); // and stays so
});
