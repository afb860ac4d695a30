import { askForTouch, type TouchAsk } from '../../core/budget/ask.ts';
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import type { Warning } from '../../core/budget/types.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { Tx } from '../open.ts';
import { load } from './load.ts';
import { lockRow } from './lock-row.ts';
import { made } from './made.ts';
import { runOn } from './run.ts';
import { save } from './save.ts';
import type { TouchAbout } from './touch.ts';

export interface HumanTouch {
  readonly touchId: string;
  readonly customerId: string;
  readonly channel: Channel;
  readonly address?: string;
  readonly purpose: string;
  /** 'a person', where it belongs to none. */
  readonly journey?: string;
  readonly answersInboundAt?: number;
  readonly about: TouchAbout;
  /** Still to go through a provider: it has its place for so long, and is fenced and settled like any other. Unless given, it has been sent. */
  readonly sendWithinMs?: number;
}

/**
 * A person's own message: counted, never blocked, only warned about. Inside the transaction that keeps the
 * message; the same id again changes nothing. `now` in epoch milliseconds.
 */
export async function countHuman(
  tx: Tx,
  touch: HumanTouch,
  policy: ReadPolicy,
  now: number,
): Promise<{ readonly warnings: readonly Warning[] }> {
  const run = runOn(tx);
  await lockRow(run, touch.customerId);
  const [loaded] = await load(run, [touch]);
  if (!loaded) throw new Error(`There is no customer '${touch.customerId}'`);
  if (loaded.touch) return { warnings: 'warnings' in loaded.touch.answer ? loaded.touch.answer.warnings : [] };
  const { row, killed } = loaded;
  const ask = askOf(touch, now);
  const asking = askForTouch(row, ask, policy, killed, now);
  if (asking.answer.is !== 'reserved') throw new Error(`A person's message '${touch.touchId}' was ${asking.answer.is}`);
  const isSent = touch.sendWithinMs === undefined;
  const recent = asking.row.recent.map((t) =>
    isSent && t.touchId === ask.touchId ? { ...t, at: now, state: 'sent' as const } : t,
  );
  const { touch: stored, decision } = made(ask, touch.about, asking, now);
  await save(
    run,
    [
      {
        version: row.version,
        row: { ...asking.row, recent },
        made: [isSent ? { ...stored, state: 'sent', sent_at: new Date(now), until: null } : stored],
        decisions: [decision],
        moved: [],
        freed: [],
      },
    ],
    now,
  );
  return { warnings: asking.answer.warnings };
}

const askOf = (
  { touchId, customerId, channel, address, purpose, journey, answersInboundAt, sendWithinMs }: HumanTouch,
  now: number,
): TouchAsk => ({
  touchId,
  ask: 1,
  customerId,
  journey: journey ?? 'a person',
  purpose,
  madeBy: 'human',
  assumes: [],
  candidates: [{ channel, ...(address === undefined ? {} : { address }) }],
  fate: 'drop',
  firstAskedAt: now,
  ...(answersInboundAt === undefined ? {} : { answersInboundAt }),
  ...(sendWithinMs === undefined ? {} : { sendWithinMs }),
});
