import { heartbeat } from '@temporalio/activity';
import { withinAtMostMs, type Limits, type System, type SystemCall } from '../../core/journey/systems.ts';
import { askHttp, type Environment } from './ask-http.ts';
import { triedOf, type Tried } from './tried.ts';

export const withinMsUnlessGiven = 10_000;
/** A few of them before this worker is given up. */
const aliveEveryMs = 2_500;

/** One try, which ends within its time whether the other side minds the signal or not. `stopped`: we are asked to stop. */
export async function trySystem(
  system: System,
  call: Omit<SystemCall, 'signal'>,
  { stopped, environment }: { readonly stopped: AbortSignal; readonly environment: Environment },
): Promise<Tried> {
  const limits: Limits = typeof system === 'function' ? {} : system;
  const withinMs = Math.min(limits.withinMs ?? withinMsUnlessGiven, withinAtMostMs);
  const signal = AbortSignal.any([AbortSignal.timeout(withinMs), stopped]);
  const tooLate = new Promise<Tried>((resolve) => {
    const late = (): void => {
      resolve({ is: 'unheard', because: `it was not heard within ${withinMs} ms` });
    };
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
  const alive = setInterval(heartbeat, aliveEveryMs);
  try {
    return await Promise.race([tooLate, once(system, { ...call, signal }, environment).catch(triedOf)]);
  } finally {
    clearInterval(alive);
  }
}

async function once(system: System, call: SystemCall, environment: Environment): Promise<Tried> {
  if (typeof system === 'function') return { is: 'answer', says: await system(call) };
  if ('how' in system) return { is: 'answer', says: await system.how(call) };
  return askHttp(system, call, environment);
}
