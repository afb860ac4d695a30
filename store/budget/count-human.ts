import { askForTouch } from '../../core/budget/ask.ts';
import type { TouchAsk } from '../../core/budget/touch-ask.ts';
import { withPlace } from '../../core/budget/reserve.ts';
import type { ReadPolicy } from '../../core/budget/read-policy.ts';
import type { Warning } from '../../core/budget/decision.ts';
import type { Channel } from '../../core/journey/channels.ts';
import type { Tx } from '../open.ts';
import { changeOfOne } from './apply.ts';
import { loadLocked } from './load-locked.ts';
import { made } from './made.ts';
import { runOn } from './run.ts';
import { save } from './save.ts';
import { withSharedKeys } from './shared-keys.ts';
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
  const [loaded] = await loadLocked(run, touch.customerId, [touch]);
  if (!loaded) throw new Error(`There is no customer '${touch.customerId}'`);
  if (loaded.touch) return { warnings: 'warnings' in loaded.touch.answer ? loaded.touch.answer.warnings : [] };
  const { row, killed } = loaded;
  const ask = withSharedKeys(askOfHuman({ ...touch, customerId: row.customerId }, now), row, loaded.salt);
  const asking = askForTouch(row, ask, policy, killed, now);
  if (asking.answer.is !== 'reserved') throw new Error(`A person's message '${touch.touchId}' was ${asking.answer.is}`);
  const isSent = touch.sendWithinMs === undefined;
  const place = asking.row.recent.find((t) => t.touchId === ask.touchId);
  const after = isSent && place ? withPlace(asking.row, { ...place, at: now, state: 'sent' }) : asking.row;
  const stored = made(ask, touch.about, asking, now);
  const kept = isSent ? ({ ...stored, state: 'sent', sent_at: new Date(now), until: null } as const) : stored;
  await save(run, changeOfOne(loaded, { row: after, made: kept }), now);
  return { warnings: asking.answer.warnings };
}

/** As it asks for a place that it is never refused. */
export const askOfHuman = (
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
