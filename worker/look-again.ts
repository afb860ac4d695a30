/** What a worker looks after beside its workflows: it looks, rests, and looks again until it is stopped. */
import type { Logger } from 'pino';

export interface LookingAgain {
  /** No further look begins; the one under way is waited for, and knows by its signal. */
  stop(): Promise<void>;
}
export interface Looks {
  /** Real milliseconds between the end of a look and the next one. */
  readonly everyMs: number;
  readonly log: Logger;
  /** Said in the log when a look fails; the next one comes all the same. */
  readonly failed: string;
}

export function lookAgain(
  { everyMs, log, failed }: Looks,
  look: (stopping: AbortSignal) => Promise<void>,
): LookingAgain {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const rest = (): void => {
    if (!stopping.signal.aborted) timer = setTimeout(begin, everyMs);
  };
  const begin = (): void => {
    looking = look(stopping.signal)
      .catch((error: unknown) => {
        log.warn({ err: error }, failed);
      })
      .then(rest);
  };
  rest();
  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}
