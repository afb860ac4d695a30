/** A server process that others know by its address. */
export interface Running {
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface KeepOptions<T extends Running> {
  name: string;
  /** Starts it; `again` is what ran before, whose address the new one must have. */
  start: (again?: T) => Promise<T>;
  tell: (line: string) => void;
  /** Told when it cannot be kept running. */
  fail: (reason: string) => void;
}

const maxRestarts = 3;
const withinMs = 60_000;

/** Starts a server and, when it dies under us, starts it again at the same address: at most three times a minute. */
export async function keepRunning<T extends Running>(
  options: KeepOptions<T>,
): Promise<{ first: T; stop: () => Promise<void> }> {
  const { name, start, tell, fail } = options;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const restarts: number[] = [];
  const first = await start();
  let current = first;
  const watch = (server: T): void => {
    void server.exited.then(() => {
      if (!isStopping) restarting = restart(server);
    });
  };
  const restart = async (dead: T): Promise<void> => {
    const now = performance.now();
    restarts.push(now);
    if (restarts.filter((at) => now - at < withinMs).length > maxRestarts) {
      fail(`${name} died ${maxRestarts + 1} times within a minute`);
      return;
    }
    tell(`${name} died: starting it again …`);
    try {
      current = await start(dead);
      tell(`${name} runs again`);
      watch(current);
    } catch (error) {
      fail(`${name} died and could not be started again: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  watch(first);
  return {
    first,
    async stop() {
      isStopping = true;
      await restarting;
      await current.stop();
    },
  };
}
