import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { System } from '../../core/journey/systems.ts';
import type { Deps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import type { SystemAnswer } from './look-up.ts';
import { trySystem } from './try-system.ts';
import type { Tried } from './tried.ts';
import { valuesNeeded, type Asking } from './values-needed.ts';

export interface ActAsked extends Asking {
  readonly enrolment: string;
  readonly step: string;
  /** 'run/step/visit'. */
  readonly key: string;
  readonly action: string;
}

/** How long an act is tried before it has failed, in real milliseconds. */
const triedForMsUnlessGiven = 3_600_000;
const waitAtMostMs = 60_000;
/** Whatever a system says of when to come again. */
const waitAtLeastMs = 1_000;

/** Does something in another system, once for each key however often it is tried: until it is answered, or has failed for good. */
export async function act(deps: Deps, asked: ActAsked): Promise<SystemAnswer> {
  const run = await runOf(deps.db, asked.enrolment);
  const failed = (because: string): SystemAnswer => {
    deps.log.warn({ enrolment: asked.enrolment, step: asked.step, system: asked.action, because }, 'an act has failed');
    return { is: 'arm', arm: 'failed', because };
  };
  const system = deps.systems.actions[asked.action];
  if (!system) return failed(`no system '${asked.action}' is registered with this worker`);
  const needed = await valuesNeeded(deps, run, asked);
  if ('unknown' in needed) return failed(`'${needed.unknown}' is not known`);
  const call = { with: needed.known, key: asked.key };
  const tried = await trySystem(system, call, { stopped: cancellationSignal(), environment: deps.environment });
  switch (tried.is) {
    case 'answer': {
      const known = ['done', ...(run.words.actions[asked.action]?.declines ?? [])];
      if (known.includes(tried.says)) return { is: 'arm', arm: tried.says };
      return failed(tried.says === 'failed' ? 'it says that it failed' : 'it gave an answer the words do not know');
    }
    case 'refused':
      return failed(tried.because);
    case 'unheard': {
      const waitMs = waitBefore(system, tried);
      if (waitMs === null) return failed(tried.because);
      throw ApplicationFailure.create({
        type: 'unheard',
        message: `act '${asked.action}': ${tried.because}`,
        nextRetryDelay: waitMs,
      });
    }
  }
}

/** Before it is tried again; null: its time is up. */
function waitBefore(system: System, { retryAfterMs }: Extract<Tried, { is: 'unheard' }>): number | null {
  const { attempt, scheduledTimestampMs } = activityInfo();
  const triedForMs = (typeof system === 'function' ? undefined : system.triedForMs) ?? triedForMsUnlessGiven;
  const waitMs = Math.max(waitAtLeastMs, retryAfterMs ?? Math.min(1_000 * 2 ** (attempt - 1), waitAtMostMs));
  return Date.now() + waitMs - scheduledTimestampMs > triedForMs ? null : waitMs;
}
