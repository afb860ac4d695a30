/** Tells our own people of tasks, through a webhook of theirs. Several may run; a notice that fails fails nothing else. */
import type { Logger } from 'pino';
import { tellWebhook, type Webhook } from '../channels/standard-webhook.ts';
import { noticeFailed, noticeSent, takeNotices, type DueNotice } from '../store/notices/send.ts';
import type { Db } from '../store/open.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';

export interface NoticeSettings {
  readonly db: Db;
  readonly log: Logger;
  readonly webhook: Webhook;
}
/** Real milliseconds between two looks. */
const everyMs = 500;
const page = 50;

export const startNotices = (settings: NoticeSettings): LookingAgain =>
  lookAgain(
    { everyMs, log: settings.log, failed: 'notices could not be told; it is tried again' },
    async (stopping) => {
      for (;;) {
        const due = await takeNotices(settings.db, page);
        await Promise.all(due.map((notice) => tell(settings, notice)));
        if (due.length < page || stopping.aborted) return;
      }
    },
  );

async function tell({ db, log, webhook }: NoticeSettings, notice: DueNotice): Promise<void> {
  const { id, kind, at, number, because, deadlineAt, ...about } = notice;
  const told = await tellWebhook(
    webhook,
    {
      id: `notice_${id}`,
      type: `task.${kind}`,
      at,
      data: {
        ...about,
        task: `T-${String(number)}`,
        because,
        deadlineAt: deadlineAt === null ? null : new Date(deadlineAt).toISOString(),
      },
    },
    Date.now(),
  );
  if (told.told) {
    await noticeSent(db, id);
    return;
  }
  const isOver = await noticeFailed(db, id, told.because);
  log.warn({ notice: id, task: about.taskId, because: told.because, isOver }, 'a notice could not be told');
}
