/** Random inputs for a run: what an interpreter may push, in any order, twice, late, or never meant for it. */
import fc from 'fast-check';
import type { Command } from '../../../core/run/commands.ts';
import type { Answer, Input } from '../../../core/run/inputs.ts';
import type { RunState } from '../../../core/run/state.ts';
import { hour, type Asked } from './drive.ts';
import { events } from './random-journey.ts';

/** What happens next; numbers choose among what there is by then. */
export type Happening =
  /** What the run waits for comes: its answer, its moment, a person's decision. */
  | { is: 'onward'; how: number }
  /** The same for what an interruption interrupted. */
  | { is: 'beneath'; how: number }
  /** An event that interrupts. */
  | { is: 'interrupts'; nth: number }
  | { is: 'answer'; nth: number; how: number }
  | { is: 'event'; event: string; unattributed: boolean; startsAt: number }
  | { is: 'outcome'; nth: number; outcome: string }
  | { is: 'settled' }
  | { is: 'cancel' }
  | { is: 'due'; early: boolean }
  | { is: 'freed' }
  | { is: 'passes'; hours: number }
  | { is: 'again'; nth: number }
  | { is: 'garbage'; input: Input };

export const outcomes = [
  'answered',
  'nobody',
  'done',
  'lost',
  'silence',
  'helped',
  'unsure',
  'talked',
  'declined',
] as const;
const name = fc.constantFrom('constructor', '__proto__', 'silence', '', 'end/0', 'listen-1/1', 'nobody', ...events);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant({ is: 'opened' } as const),
  fc.constant({ is: 'ended' } as const),
  fc.constant({ is: 'with-person' } as const),
  fc.record({ is: fc.constant('arm' as const), arm: name }),
  fc.record({ is: fc.constant('moment' as const), at: fc.integer() }),
);
const garbage: fc.Arbitrary<Input> = fc.oneof(
  fc.record({ kind: fc.constant('due' as const), wait: name }),
  fc.record({ kind: fc.constant('answer' as const), to: name, answer }),
);

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 40, arbitrary: fc.record({ is: fc.constant('onward' as const), how: fc.nat(19) }) },
  { weight: 6, arbitrary: fc.record({ is: fc.constant('beneath' as const), how: fc.nat(19) }) },
  { weight: 6, arbitrary: fc.record({ is: fc.constant('interrupts' as const), nth: fc.nat(3) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      is: fc.constant('answer' as const),
      nth: fc.nat(6).map((n) => Math.max(0, n - 3)),
      how: fc.nat(19),
    }),
  },
  {
    weight: 28,
    arbitrary: fc.record({
      is: fc.constant('event' as const),
      event: fc.constantFrom(...events, 'customer-replied', 'we-answered', 'date-set', 'begun', 'customer'),
      unattributed: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
      startsAt: fc.integer({ min: -5, max: 100 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('due' as const),
      early: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      is: fc.constant('outcome' as const),
      nth: fc.nat(2),
      outcome: fc.constantFrom(...outcomes, 'constructor'),
    }),
  },
  { weight: 5, arbitrary: fc.record({ is: fc.constant('again' as const), nth: fc.nat(10) }) },
  { weight: 5, arbitrary: fc.record({ is: fc.constant('passes' as const), hours: fc.nat(30) }) },
  { weight: 3, arbitrary: fc.constant({ is: 'freed' } as const) },
  { weight: 2, arbitrary: fc.constant({ is: 'settled' } as const) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('garbage' as const), input: garbage }) },
  { weight: 1, arbitrary: fc.constant({ is: 'cancel' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('event' as const),
      event: fc.constantFrom('closed', 'solved'),
      unattributed: fc.constant(false),
      startsAt: fc.constant(0),
    }),
  },
);

/** An answer that the database or a provider may give to this. `heard` is what the run has heard by now. */
export function possibleAnswer(
  command: Asked,
  how: number,
  heard: number,
  now: number,
  arms: readonly string[] = ['yes', 'no'],
): Answer {
  const fence = 'seen' in command && command.seen !== null ? command.seen : null;
  const overtaken = { is: 'overtaken', upTo: Math.max(heard, (fence ?? 0) + 1) } as const;
  switch (command.do) {
    case 'find-moment':
      return { is: 'moment', at: now + (how - 5) * hour };
    case 'find-arm':
      return { is: 'arm', arm: arms[how % arms.length] ?? '' };
    case 'open-task':
      return fence === null || how < 12 ? { is: 'opened' } : overtaken;
    case 'end':
      return fence === null || how < 8 ? { is: 'ended' } : overtaken;
    case 'look-up':
      return { is: 'arm', arm: [...arms, 'no such answer'][how % (arms.length + 1)] ?? '' };
    case 'act':
      return { is: 'arm', arm: ['done', ...arms][how % (arms.length + 1)] ?? '' };
    case 'touch':
      return touchAnswers(how, now) ?? overtaken;
    case 'converse': {
      const answer = touchAnswers(how, now) ?? overtaken;
      return answer.is === 'sent' || how % 2 ? { is: 'opened' } : answer;
    }
  }
}
function touchAnswers(how: number, now: number): Answer | undefined {
  const some: readonly Answer[] = [
    { is: 'unknown', channel: 'sms' },
    { is: 'failed', channel: 'sms' },
    { is: 'dropped', because: 'consent' },
    { is: 'needless' },
    { is: 'withdrawn' },
    { is: 'with-person' },
    { is: 'with-person' },
    { is: 'deferred', until: now + hour, because: 'quiet hours', fate: 'drop' },
    { is: 'deferred', until: now, because: 'budget', fate: 'toHuman' },
  ];
  return how >= 16 ? undefined : (some[how] ?? { is: 'sent', channel: 'sms' });
}

/** Every reason a person could decide on, of tasks asked for and of touches given to people, and every conversation. */
export const reasonsIn = (commands: readonly Command[]): readonly string[] =>
  commands.flatMap((c) =>
    c.do === 'open-task' ? [c.of] : c.do === 'touch' || c.do === 'converse' ? [c.touch.id] : [],
  );

/** Every place in which a state holds a wait: the one at hand, an unspent silence, and both beneath an interruption. */
export function waitsIn({ wait, silence, interrupted }: RunState) {
  const beneath = interrupted ? [interrupted.wait, ...(interrupted.silence ? [interrupted.silence.wait] : [])] : [];
  return [wait, ...(silence ? [silence.wait] : []), ...beneath];
}
