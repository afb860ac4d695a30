/** A process of the budget bench: told what to do, it tells what came of it. */
import { createLoads, type Load, type WorkerOptions } from './loads.ts';

const { run, end } = createLoads(JSON.parse(process.argv[2] ?? '{}') as WorkerOptions);

process.on('message', (load: Load) => {
  void run(load).then(
    (done) => process.send?.({ done }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? String(error.stack) : String(error) }),
  );
});
process.on('disconnect', () => void end());
