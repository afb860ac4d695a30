import { createLogger } from '../../config/logger.ts';
import { neededConfig, withDatabase } from '../assemble/needed-config.ts';
import { openWorker } from '../assemble/open-worker.ts';
import { neededTemporal } from '../assemble/temporal-of-environment.ts';
import type { Io } from '../io.ts';
import { stayUp } from '../stay-up.ts';

/** Stops on a signal, after it has finished what is at hand. */
export function worker(io: Io): Promise<never> {
  const config = withDatabase(neededConfig(io.env));
  const temporal = neededTemporal(io.env);
  const log = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
  return stayUp(io, 'worker', async (fail) => {
    const opened = await openWorker({ config, temporal, log, fail, environment: io.env });
    const { namespace } = temporal;
    log.info({ namespace, taskQueue: config.taskQueue, schema: config.databaseSchema }, 'The worker works');
    return { stop: () => opened.stop() };
  });
}
