/**
 * One message to an audience: pages are sent in activities, how far it is stands in its row, and this sleeps between them. It may be started
 * again at any time; nothing is lost with it.
 */
import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Activities, BroadcastTold } from '../activities/index.ts';
import { realMsOf, virtualAt } from '../core/clock.ts';
import { nudged, type BroadcastInput } from './messages.ts';
import { searchAttributes } from './search-attributes.ts';

const longHistory = 300;

/** A worker that dies is noticed by its silence. A page may take long where a provider is slow. */
const { broadcastPages } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '15s' },
});

export async function broadcast(input: BroadcastInput): Promise<{ entered: number }> {
  const { broadcast: id, clock } = input;
  let nudges = 0;
  setHandler(nudged, () => {
    nudges += 1;
  });
  let shown = '';
  for (;;) {
    const before = nudges;
    const told = await broadcastPages.executeWithOptions({ summary: 'pages: reserve, fence, send, settle' }, [
      { broadcast: id },
    ]);
    setCurrentDetails(detailsOf(told));
    if (shown !== told.state) upsert(told);
    shown = told.state;
    if (told.next === null && nudges === before) return { entered: told.entered };
    if (isLong() && nudges === before) await continueAsNew<typeof broadcast>(input);
    if (told.next === 'more' || told.next === null) continue;
    const left = told.next - virtualAt(clock, Date.now());
    const summary = `${told.state} until ${new Date(told.next).toISOString()}`;
    if (left > 0) await condition(() => nudges > before, realMsOf(clock, left), { summary });
  }
}

function detailsOf({ journey, version, state, entered, waiting, counts, next }: BroadcastTold): string {
  const came = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `**${journey} ${version}** to its audience · ${state}`,
    `${entered} taken up, ${waiting} wait for their place.`,
    ...came.map(([what, count]) => `- ${what}: ${count}`),
    ...(typeof next === 'number' ? [`Goes on at ${new Date(next).toISOString()}.`] : []),
  ].join('\n\n');
}

const key = (name: keyof typeof searchAttributes) => defineSearchAttributeKey(searchAttributes[name], 'KEYWORD');
function upsert({ journey, version, state }: BroadcastTold): void {
  upsertSearchAttributes([
    { key: key('journey'), value: journey },
    { key: key('version'), value: String(version) },
    { key: key('state'), value: state },
    { key: key('waitingFor'), value: 'an audience' },
  ]);
}

function isLong(): boolean {
  const { historyLength, continueAsNewSuggested, targetWorkerDeploymentVersionChanged } = workflowInfo();
  return historyLength >= longHistory || continueAsNewSuggested || targetWorkerDeploymentVersionChanged;
}
