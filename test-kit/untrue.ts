import { tellStory, type Sim } from '../core/simulate/simulate.ts';

/** An expectation that did not come true: what was expected, what happened instead, and the story so far. */
export class Untrue extends Error {
  readonly code = 'untrue';
  readonly expected: string;
  readonly instead: string;

  constructor(expected: string, instead: string, sim: Sim) {
    const story = tellStory(sim);
    const lines = story.length === 0 ? ['nothing has happened yet'] : story;
    super(
      [
        `Expected: ${expected}.`,
        `Instead:  ${instead}.`,
        '',
        `The story so far (${sim.row.gates.zone ?? 'UTC'}):`,
        ...lines.map((line) => `  ${line}`),
      ].join('\n'),
    );
    this.name = 'Untrue';
    this.expected = expected;
    this.instead = instead;
  }
}
