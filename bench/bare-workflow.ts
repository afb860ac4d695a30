/** What the touches bench compares with: the same activities and timers as one touch of ours, written by hand, without a journey. */
import { condition, proxyActivities, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { delivered } from '../workflows/messages.ts';

const retry = { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' } as const;
const local = proxyLocalActivities<Activities>({ startToCloseTimeout: '15s', retry });
const remote = proxyActivities<Activities>({ startToCloseTimeout: '20s', retry });

export async function bareTouch(enrolment: string): Promise<void> {
  let isAnswered = false;
  setHandler(delivered, () => {
    isAnswered = true;
  });
  const touch = { id: `${enrolment}/hello/1`, ask: 1, since: Date.now(), fate: 'drop' as const, failed: [] };
  const counts = { failures: 0, touches: 0, silences: 0 };
  await local.reserveTouch({ enrolment, step: 'hello', visit: 1, touch, seen: 0, facts: {}, counts });
  const fence = { enrolment, seen: 0 };
  await remote.sendTouch({ touch: touch.id, ask: 1, since: touch.since, fate: 'drop', facts: {}, fence });
  await local.park({ enrolment, step: 'answer', waitingFor: 'we-answered', wakeAt: null, heard: 0 });
  await condition(() => isAnswered, '1 day');
  await local.endEnrolment({ enrolment, as: 'answered', seen: null, heard: 1, untaken: [] });
}
