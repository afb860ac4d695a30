/** Everything that reaches a run, in one queue: signals, answers, and what is pulled to close a gap. */
import type { Delivery, Input } from '../core/run/inputs.ts';

export interface Inbox {
  readonly inputs: Input[];
  /** The newest delivery that anybody has told us of, taken or not. */
  readonly told: number;
  push(input: Input): void;
  deliver(deliveries: readonly Delivery[], upTo: number): void;
}

export function createInbox(heard: number): Inbox {
  const inputs: Input[] = [];
  let told = heard;
  return {
    inputs,
    get told() {
      return told;
    },
    push: (input) => {
      inputs.push(input);
    },
    deliver(deliveries, upTo) {
      // Numbered, so what comes twice or late is ignored by the reducer, and what is missing shows.
      for (const delivery of deliveries) inputs.push({ kind: 'delivery', delivery });
      told = Math.max(told, upTo);
    },
  };
}
