/** How a long-running command lives and ends: signals, a vanished npm, failures, and everything undone in reverse. */
export interface Lifecycle {
  /** Aborted once we are to stop; its reason is a text for people. Pass it to whatever takes long. */
  readonly signal: AbortSignal;
  /** Settles once we are to stop: the last line of a command that stays up. Never rejects. */
  readonly stopped: Promise<void>;
  /** Undone when we stop, the last registered first. If we are stopping already, it is undone at once. */
  onStop: (name: string, undo: () => Promise<unknown>) => void;
  /** Begins an orderly stop, exit status 0. */
  stop: (reason: string) => void;
  /** Begins an orderly stop, exit status 1, and says why. */
  fail: (reason: unknown) => void;
}

export interface LiveOptions {
  /** Receives what people should read; stderr by default. */
  tell?: (line: string) => void;
  /** After this long a stop that hangs is cut short; servers are then ended by their guards. Default 15 s. */
  drainWithinMs?: number;
  /** The process to live and end in: tests give a stand-in. */
  exit?: (status: number) => never;
}

// npm delivers one Ctrl-C twice, milliseconds apart.
const sameKeystrokeMs = 1000;

/**
 * Runs a command until it ends or is told to stop, undoes what it registered, and ends the process: 0 after an orderly
 * end, 1 after a failure. The first Ctrl-C drains, a second one ends at once (130).
 *
 *     await live(async (life) => {
 *       const servers = await startServers({ …, fail: life.fail });
 *       life.onStop('servers', servers.stop);
 *       await life.stopped;
 *     });
 */
export async function live(command: (life: Lifecycle) => Promise<void>, options: LiveOptions = {}): Promise<never> {
  const { drainWithinMs = 15_000 } = options;
  const tell = options.tell ?? ((line: string) => console.error(line));
  const exit = options.exit ?? ((code: number) => process.exit(code));
  const stopping = new AbortController();
  const undos: { name: string; undo: () => Promise<unknown> }[] = [];
  let status = 0;
  let isUndone = false;
  let deadline: NodeJS.Timeout | undefined;

  const stop = (reason: string): void => {
    if (stopping.signal.aborted) return;
    tell(`${reason}: stopping (Ctrl-C again to stop at once) …`);
    // Not unref'd: a part that never stops may leave nothing else for Node to wait for.
    deadline = setTimeout(() => {
      tell(`not stopped within ${drainWithinMs / 1000} s: ending at once`);
      exit(1);
    }, drainWithinMs);
    stopping.abort(reason);
  };
  const fail = (reason: unknown): void => {
    status = 1;
    const text = reason instanceof Error ? reason.message : String(reason);
    if (stopping.signal.aborted) tell(text);
    else stop(text);
  };
  const undo = async (entry: { name: string; undo: () => Promise<unknown> }): Promise<void> => {
    try {
      await entry.undo();
    } catch (error) {
      status = 1;
      tell(`${entry.name} did not stop in order: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const release = listen({ stop, fail, isStopping: () => stopping.signal.aborted, exit });
  const life: Lifecycle = {
    signal: stopping.signal,
    stopped,
    onStop(name, how) {
      if (isUndone) void undo({ name, undo: how });
      else undos.push({ name, undo: how });
    },
    stop,
    fail,
  };
  const ran = command(life).catch((error: unknown) => {
    // What was interrupted by the stop itself is no failure of its own.
    if (!stopping.signal.aborted) fail(error);
  });
  await Promise.race([ran, stopped]);
  for (let next = undos.pop(); next; next = undos.pop()) await undo(next);
  isUndone = true;
  clearTimeout(deadline);
  release();
  return exit(status);
}

interface Ends {
  stop: (reason: string) => void;
  fail: (reason: unknown) => void;
  isStopping: () => boolean;
  exit: (status: number) => never;
}

/** Signals, faults nobody caught, a terminal that closes, and npm being killed. Answers how to stop listening. */
function listen({ stop, fail, isStopping, exit }: Ends): () => void {
  let firstAt: number | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    const now = performance.now();
    if (firstAt !== undefined && isStopping() && now - firstAt > sameKeystrokeMs) exit(130);
    firstAt ??= now;
    stop(name === 'SIGINT' ? 'Ctrl-C' : name);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  process.on('uncaughtException', fail);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignore); // the terminal may be gone
  // npm passes signals on, but can itself be killed, and would leave us behind.
  const npm = process.env['npm_lifecycle_event'] === undefined ? undefined : process.ppid;
  const watch = setInterval(() => {
    if (npm !== undefined && process.ppid !== npm) stop('npm is gone');
  }, 300);
  watch.unref();
  return () => {
    clearInterval(watch);
    for (const name of signals) process.off(name, onSignal);
    process.off('uncaughtException', fail);
    for (const stream of [process.stdout, process.stderr]) stream.off('error', ignore);
  };
}

const ignore = (): void => undefined;
