import { activityInfo, ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { Deps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import { trySystem } from './try-system.ts';
import { valuesNeeded, type Asking } from './values-needed.ts';

export interface LookUpAsked extends Asking {
  readonly enrolment: string;
  readonly id: string;
  readonly step: string;
  readonly find: string;
}
/** `because` is for eyes: why it is 'unsure', or 'failed'. */
export interface SystemAnswer {
  readonly is: 'arm';
  readonly arm: string;
  readonly because?: string;
}

/** A question may be asked again at once; somebody waits for what it leads to, so not for long. */
const tries = 3;

/** Asks another system. Whatever is no answer of those the words know is 'unsure'. */
export async function lookUp(deps: Deps, asked: LookUpAsked): Promise<SystemAnswer> {
  const { attempt } = activityInfo();
  const run = await runOf(deps.db, asked.enrolment);
  const unsure = (because: string): SystemAnswer => {
    deps.log.warn({ enrolment: asked.enrolment, step: asked.step, system: asked.find, because }, 'a look-up is unsure');
    return { is: 'arm', arm: 'unsure', because };
  };
  const system = deps.systems.lookUps[asked.find];
  if (!system) return unsure(`no system '${asked.find}' is registered with this worker`);
  const needed = await valuesNeeded(deps, run, asked);
  if ('unknown' in needed) return unsure(`'${needed.unknown}' is not known`);
  const call = { with: needed.known, key: `${asked.enrolment}/${asked.id}` };
  const tried = await trySystem(system, call, { stopped: cancellationSignal(), environment: deps.environment });
  switch (tried.is) {
    case 'answer': {
      const known = run.words.lookUps[asked.find]?.answers ?? [];
      return known.includes(tried.says)
        ? { is: 'arm', arm: tried.says }
        : unsure('it gave an answer the words do not know');
    }
    case 'refused':
      return unsure(tried.because);
    case 'unheard':
      if (attempt >= tries) return unsure(tried.because);
      throw ApplicationFailure.create({
        type: 'unheard',
        message: `look-up '${asked.find}': ${tried.because}`,
        nextRetryDelay: Math.min(tried.retryAfterMs ?? 0, waitAtMostMs) || 500 * 2 ** (attempt - 1),
      });
  }
}
const waitAtMostMs = 5_000;
