/**
 * Watches over one row, a task or a promise: sleeps until its next deadline, then climbs. The row is the truth and every change of it is one
 * compare-and-set by whoever makes it, so claims and answers work while this does not run.
 */
import { condition, continueAsNew, setCurrentDetails, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { realMsOf, virtualAt, type ClockSpec } from '../core/clock.ts';
import { local, remote } from './carry-out.ts';
import { nudged, type WatchInput } from './messages.ts';

const longHistory = 150;

export async function watch({ kind, id, clock }: WatchInput): Promise<void> {
  let nudges = 0;
  setHandler(nudged, () => {
    nudges += 1;
  });
  for (;;) {
    const before = nudges;
    const next = await local.nextDeadline.executeWithOptions({ summary: 'when is it due next' }, [{ kind, id }]);
    // An agent's answer, or the word that a promise takes longer, is sent from here.
    for (const touch of next.toSend) await send(touch, clock);
    if (next.at === null && next.toSend.length === 0 && nudges === before) return;
    if (next.at === null) continue;
    setCurrentDetails(`${next.state}; due ${new Date(next.at).toISOString()}`);
    if (workflowInfo().historyLength >= longHistory && nudges === before)
      await continueAsNew<typeof watch>({ kind, id, clock });
    const left = next.at - virtualAt(clock, Date.now());
    const summary = `${next.state} until ${new Date(next.at).toISOString()}`;
    if (left > 0 && (await condition(() => nudges > before, realMsOf(clock, left), { summary }))) continue;
    if (nudges > before) continue;
    await remote.climb.executeWithOptions({ summary: `its time is up: ${next.state}` }, [
      { kind, id, deadline: next.at },
    ]);
  }
}

/** An agent's words wait for a provider that is busy for long; a person is never asked by the budget. */
async function send(touch: string, clock: ClockSpec): Promise<void> {
  for (;;) {
    const answer = await remote.sendTouch.executeWithOptions({ summary: 'fence, send, settle' }, [
      { touch, ask: 1, since: 0, fate: 'toHuman', facts: {}, fence: null },
    ]);
    if (answer.is !== 'deferred') return;
    const left = answer.until - virtualAt(clock, Date.now());
    await sleep(Math.max(realMsOf(clock, left), leastWaitMs), { summary: `the provider is busy: ${answer.because}` });
  }
}
const leastWaitMs = 1_000;
