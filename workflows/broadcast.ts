/**
 * One message to an audience: pages are sent in activities, how far it is stands in its row, and this sleeps between them. It may be started
 * again at any time; nothing is lost with it.
 */
import { condition, continueAsNew, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
import type { Activities, BroadcastTold } from '../activities/index.ts';
import { realMsOf, virtualAt } from '../core/clock.ts';
import { nudged, type BroadcastInput } from './messages.ts';
import { isLong } from './is-long.ts';
import { showAs } from './show-as.ts';

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
    if (shown !== told.state)
      showAs({ journey: told.journey, version: String(told.version), state: told.state, waitingFor: 'an audience' });
    shown = told.state;
    if (told.next === null && nudges === before) return { entered: told.entered };
    if (isLong(longHistory) && nudges === before) await continueAsNew<typeof broadcast>(input);
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
