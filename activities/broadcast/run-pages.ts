/**
 * A broadcast, some pages of it: for a few seconds, then the workflow is told how far it is. Where it stands is its row; a page that was cut
 * short anywhere is done again and finds what it has done.
 */
import { Context } from '@temporalio/activity';
import { findAudience } from '../../store/audiences/audiences.ts';
import { countWaiting, getBroadcast, type Broadcast } from '../../store/broadcasts/row.ts';
import { journeyAt, pinned } from '../../store/journeys.ts';
import type { Deps } from '../deps.ts';
import { publishedWith } from '../published-with.ts';
import { attemptToken } from '../send-touch.ts';
import { createGate, type Gate } from './gate.ts';
import { oneTouchOf } from './one-touch.ts';
import type { Pages } from './page.ts';
import { createRecorder } from './recorder.ts';
import { nextStep, type Next } from './next-step.ts';

export interface BroadcastTold {
  readonly state: Broadcast['state'] | 'gone' | 'paused';
  /** 'more': go on at once. Otherwise sleep until then, or until told; null: it is over. */
  readonly next: 'more' | number | null;
  readonly journey: string;
  readonly version: number;
  readonly entered: number;
  readonly waiting: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Shorter than a worker is given to stop. */
const sliceMs = 5_000;
/** While it is switched off, it is looked at so often, and when the switch is lifted. */
const pausedMs = 60_000;
/** So many are on their way to a provider at one time: as many may end unknown when a worker dies. */
const width = 64;

export async function broadcastPages(
  deps: Deps,
  { broadcast: id }: { readonly broadcast: string },
): Promise<BroadcastTold> {
  const gate = createGate(width);
  const watch = startWatch(deps, id, gate);
  try {
    const until = performance.now() + sliceMs;
    const pages = await open(deps, id, gate);
    if (!pages) return { ...nobody, state: 'gone', next: null };
    for (;;) {
      Context.current().cancellationSignal.throwIfAborted();
      const broadcast = await getBroadcast(deps.db, id);
      if (!broadcast) return { ...nobody, state: 'gone', next: null };
      // Until it begins, another version may take its place: that one is opened anew.
      if (broadcast.version !== pages.sender.broadcast.version) return await tell(deps, id, 'more');
      const next = await nextStep({ ...pages, sender: { ...pages.sender, broadcast } });
      if (next === 'more' && performance.now() <= until) continue;
      if (next === 'more') clocksOfNext.set(id, pages.clocks);
      return await tell(deps, id, next);
    }
  } finally {
    // One of a page may have failed while others are on their way: nobody else begins, and those are waited for.
    gate.close();
    await gate.empty();
    watch.stop();
  }
}
/** To look for all clocks costs a look at everybody: a slice that goes on at once where this worker's last one ended has them already. */
const clocksOfNext = new Map<string, Pages['clocks']>();
const nobody = { journey: '', version: 0, entered: 0, waiting: 0, counts: {} };

async function open(deps: Deps, id: string, gate: Gate): Promise<Pages | null> {
  const broadcast = await getBroadcast(deps.db, id);
  const version = broadcast && (await journeyAt(deps.db, broadcast.journey, broadcast.version));
  if (!broadcast || !version) return null;
  const published = await publishedWith(deps.db, broadcast);
  const { templates } = await pinned(deps.db, version);
  const audience = await findAudience(deps.db, broadcast.audience);
  const sender = {
    deps,
    broadcast,
    journey: version.definition,
    published: { ...published, templates: templates.data },
    attempt: attemptToken(),
    gate,
    record: createRecorder(),
  };
  const clocks = clocksOfNext.get(id) ?? { read: null };
  clocksOfNext.delete(id);
  return { sender, audience, oneTouch: oneTouchOf(version.definition), size: { now: 100 }, clocks };
}

/** Says each second that it is alive, and looks whether it shall stop: then nobody else begins. */
function startWatch({ db }: Deps, id: string, gate: Gate): { stop(): void } {
  const context = Context.current();
  const timer = setInterval(() => {
    context.heartbeat();
    getBroadcast(db, id).then(
      (broadcast) => {
        if (broadcast?.state === 'cancelled') gate.close();
      },
      () => undefined,
    );
  }, 1_000);
  const stop = (): void => {
    gate.close();
  };
  context.cancellationSignal.addEventListener('abort', stop);
  return {
    stop() {
      clearInterval(timer);
      context.cancellationSignal.removeEventListener('abort', stop);
    },
  };
}

async function tell({ db, clock }: Deps, id: string, next: Next): Promise<BroadcastTold> {
  const broadcast = await getBroadcast(db, id);
  if (!broadcast) return { ...nobody, state: 'gone', next: null };
  const { journey, version, entered, counts } = broadcast;
  const waiting = await countWaiting(db, id);
  const at = next === 'paused' ? clock.now() + pausedMs * clock.spec.rate : next;
  return {
    state: next === 'paused' ? 'paused' : broadcast.state,
    next: at,
    journey,
    version,
    entered,
    waiting,
    counts,
  };
}
