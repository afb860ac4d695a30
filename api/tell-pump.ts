import type { FastifyBaseLogger } from 'fastify';
import { notifyPump } from '../store/outbox.ts';
import type { Db } from '../store/open.ts';

/** What was asked for is committed: that the pump hears of it at once is a courtesy, and its own poll makes up for a failure. */
export async function tellPump(db: Db, log: FastifyBaseLogger): Promise<void> {
  await notifyPump(db).catch((error: unknown) => {
    log.warn({ err: error }, 'The pump could not be told; it will look by itself');
  });
}
