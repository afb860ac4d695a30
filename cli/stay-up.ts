/** A command that runs until it is told to stop. What keeps it from starting is refused like anything else. */
import { live } from './dev/lifecycle.ts';
import type { Io } from './io.ts';

export interface Running {
  readonly stop: () => Promise<void>;
}

export async function stayUp(
  io: Io,
  name: string,
  open: (fail: (reason: unknown) => void) => Promise<Running>,
): Promise<never> {
  let early: { reason: unknown } | undefined;
  let fail = (reason: unknown): void => {
    early ??= { reason };
  };
  const running = await open((reason) => fail(reason));
  return live(
    async (life) => {
      life.onStop(name, running.stop);
      fail = life.fail;
      if (early) life.fail(early.reason);
      await life.stopped;
    },
    { tell: io.tell },
  );
}
