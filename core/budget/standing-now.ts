/** Whether anything may be said now: asked of `decide` itself, for each purpose and channel, with a touch that nobody wants. */
import type { Channel } from '../journey/channels.ts';
import { decide } from './decide.ts';
import { explain } from './explain.ts';
import { goesBefore, rankOf } from './rank.ts';
import type { ReadPolicy } from './read-policy.ts';
import type { Decision, GateName } from './decision.ts';
import type { BudgetRow, Killed, WaitingTouch } from './row.ts';

export interface MayNow {
  readonly purpose: string;
  readonly channel: Channel;
  readonly decided: Decision['decided'];
  readonly gate: GateName | null;
  /** When it would be allowed as things stand; null: not by waiting. */
  readonly earliest: number | null;
  readonly says: string;
}

/** `journey` is none that a policy names. */
export const mayNow = (
  row: BudgetRow,
  policy: ReadPolicy,
  killed: Killed,
  { purposes, channels, now }: { purposes: readonly string[]; channels: readonly Channel[]; now: number },
): MayNow[] =>
  purposes.flatMap((purpose) =>
    channels.map((channel) => {
      const decision = decide(
        row,
        {
          touchId: 'nobody/asks/1',
          customerId: row.customerId,
          journey: '',
          purpose,
          channel,
          madeBy: 'tech',
          assumes: [],
          askedAt: now,
        },
        policy,
        killed,
        now,
      );
      const { gate, earliest } = decision.explanation;
      return { purpose, channel, decided: decision.decided, gate, earliest, says: explain(decision) };
    }),
  );

export interface InLine extends WaitingTouch {
  /** Lower goes first; it falls with age. */
  readonly rank: number;
}

/** Who waits for a place, in the order in which they would get it. */
export const lineOf = ({ waiting }: BudgetRow, policy: ReadPolicy, now: number): InLine[] =>
  waiting
    .filter(({ givesUpAt }) => givesUpAt > now)
    .toSorted((a, b) => (goesBefore(policy, a, b, now) ? -1 : 1))
    .map((touch) => ({ ...touch, rank: rankOf(policy, touch, now) }));
