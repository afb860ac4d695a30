/** A command that does not stop by itself. */
import { live } from '../../cli/dev/lifecycle.ts';

await live(
  async (life) => {
    const alive = setInterval(() => undefined, 1000);
    life.onStop('never', () => new Promise(() => undefined));
    life.onStop('told', () => Promise.resolve().then(() => console.log('"stopping"')));
    console.log('"up"');
    await life.stopped;
    clearInterval(alive);
  },
  { drainWithinMs: Number(process.env['TEST_DRAIN_MS']) },
);
