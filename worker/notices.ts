/**
 * Tells our own people of tasks: other systems by a signed webhook, each person by e-mail and Slack, batched. Several may run; a notice that
 * fails fails nothing else. Times are the machine's: people do not live faster in a demo.
 */
import type { Logger } from 'pino';
import { tellWebhook, type Webhook } from '../channels/standard-webhook.ts';
import { dayMs } from '../core/calendar/zone.ts';
import { forgetNotices } from '../store/notices/forget.ts';
import { noticeFailed, noticeSent, takeNotices, type DueNotice } from '../store/notices/send.ts';
import { shareOutNotices } from '../store/notices/share-out.ts';
import { takeMessages, tellingsFailed, tellingsSettled } from '../store/notices/tell.ts';
import type { Db } from '../store/open.ts';
import { lookAgain, type LookingAgain } from './look-again.ts';
import { tellPerson, type ToldPerson, type WaysToPeople } from './tell-person.ts';

export interface NoticeSettings extends WaysToPeople {
  readonly db: Db;
  readonly log: Logger;
  readonly webhook: Webhook | null;
  /** For how many days it is kept who was told of what. */
  readonly keptDays: number;
}
/** Real milliseconds between two looks. */
const everyMs = 500;
const forgetEveryMs = 3_600_000;
const page = 50;

export function startNotices(settings: NoticeSettings): LookingAgain {
  const { db, log, keptDays } = settings;
  const telling = lookAgain(
    { everyMs, log, failed: 'notices could not be told; it is tried again' },
    async (stopping) => {
      await hook(settings, stopping);
      await tellPeople(settings, stopping);
    },
  );
  const forgetting = lookAgain(
    { everyMs: forgetEveryMs, log, failed: 'old notices could not be forgotten; it is tried again' },
    async (stopping) => {
      const before = Date.now() - keptDays * dayMs;
      while (!stopping.aborted && (await forgetNotices(db, { before, limit: 1_000 })) === 1_000);
    },
  );
  return {
    async stop() {
      await telling.stop();
      await forgetting.stop();
    },
  };
}

async function hook(settings: NoticeSettings, stopping: AbortSignal): Promise<void> {
  const { webhook } = settings;
  if (webhook === null) return;
  for (;;) {
    const due = await takeNotices(settings.db, page);
    await Promise.all(due.map((notice) => hookOne(settings, webhook, notice)));
    if (due.length < page || stopping.aborted) return;
  }
}

async function hookOne({ db, log }: NoticeSettings, webhook: Webhook, notice: DueNotice): Promise<void> {
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

async function tellPeople(settings: NoticeSettings, stopping: AbortSignal): Promise<void> {
  const { db, email, slack } = settings;
  const ways = [...(email ? (['email'] as const) : []), ...(slack ? (['slack'] as const) : [])];
  if (ways.length === 0) return;
  const hasChannel = slack !== null && slack.channel !== null;
  while ((await shareOutNotices(db, { ways, hasChannel, now: Date.now(), limit: page })) === page);
  for (;;) {
    const messages = await takeMessages(db, { now: Date.now(), limit: page });
    for (const message of messages) {
      const ids = message.tellings.map(({ id }) => id);
      const told: ToldPerson = await tellPerson(settings, message);
      if (told.told) await tellingsSettled(db, ids, Date.now());
      else {
        const given = await tellingsFailed(db, ids, { because: told.because, now: Date.now() });
        settings.log.warn(
          { notices: ids, via: message.via, because: told.because, given },
          'a notice could not be told',
        );
      }
    }
    if (messages.length < page || stopping.aborted) return;
  }
}
