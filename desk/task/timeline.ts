/** One story out of what was said and what was not: messages both ways, and touches that were not made, in the order of time. */
import type { Message, WhyLine } from '../answers.ts';

export type Moment =
  | { readonly is: 'message'; readonly at: number; readonly message: Message; readonly why: WhyLine | null }
  | { readonly is: 'not-made'; readonly at: number; readonly why: WhyLine };

/** Made, on its way, or with a person: those show as messages, or as the task itself. */
const notMade = new Set<WhyLine['state']>(['deferred', 'refused', 'withdrawn', 'failed', null]);

/** `isWhole`: there is nothing said earlier than these. */
export function timeline(messages: readonly Message[], lines: readonly WhyLine[], isWhole: boolean): Moment[] {
  const byTouch = new Map(lines.map((line) => [line.touchId, line]));
  const said = messages.map((message): Moment => ({
    is: 'message',
    at: Date.parse(message.at),
    message,
    why: message.touchId === null || message.direction === 'in' ? null : (byTouch.get(message.touchId) ?? null),
  }));
  const earliest = isWhole ? -Infinity : Math.min(...said.map(({ at }) => at));
  const silent = lines
    // A note for our own people is about nothing that was to be said to them.
    .filter((line) => notMade.has(line.state) && (line.state !== null || line.about !== null))
    .map((why): Moment => ({ is: 'not-made', at: Date.parse(why.at), why }))
    .filter(({ at }) => at >= earliest);
  return [...said, ...silent].sort((a, b) => a.at - b.at);
}
