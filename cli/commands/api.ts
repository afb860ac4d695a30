import { createLogger } from '../../config/logger.ts';
import { neededConfig, withDatabase } from '../assemble/needed-config.ts';
import { openApi } from '../assemble/open-api.ts';
import type { Io } from '../io.ts';
import { stayUp } from '../stay-up.ts';

/** Stops on a signal, after it has answered what it is at. */
export function api(io: Io): Promise<never> {
  const config = withDatabase(neededConfig(io.env));
  const log = createLogger({ level: config.logLevel, pretty: config.prettyLogs });
  return stayUp(io, 'API', async () => {
    const opened = await openApi({ config, log });
    log.info({ url: opened.url, mailPort: opened.mailPort, schema: config.databaseSchema }, 'The API answers');
    return { stop: () => opened.stop() };
  });
}
