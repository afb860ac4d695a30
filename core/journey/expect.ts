/** What a designer wants to hold on every way a journey can go. The explorer proves it, or tells the story that breaks it. */
import type { Duration, Span } from './time-types.ts';

export type Expectation =
  | `at most ${number} ${'touch' | 'touches'} in ${Duration}`
  | `never silent for longer than ${Span} while they wait`
  | `a person within ${Span} of asking for one`
  | `over within ${Duration}`
  | 'a person is reachable from every message'
  | 'every promise is told'
  | 'nobody is asked twice'
  | 'no marketing while they wait';
/** Shown by the editor; the amounts are the writer's. */
export type ExpectationLike =
  | 'at most 3 touches in 7 days'
  | 'never silent for longer than 2 business days while they wait'
  | 'a person within 4 business hours of asking for one'
  | 'over within 30 days'
  | 'a person is reachable from every message'
  | 'every promise is told'
  | 'nobody is asked twice'
  | 'no marketing while they wait'
  | (string & {});
export type WrongExpectation<R> = R extends Expectation
  ? never
  : string extends R
    ? never
    : `The explorer does not know the rule '${R & string}'. It knows: at most 3 touches in 7 days · a person is reachable from every message · never silent for longer than 2 business days while they wait · …`;
