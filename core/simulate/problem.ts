import { nearest } from '../journey/nearest.ts';

/** Why something cannot happen, in a sentence; null: it has happened. */
export type Problem = string | null;

export const unknown = (what: string, said: string, names: readonly string[]): string =>
  `No ${what} is called '${said}'. ${nearest(said, names) ?? `There are: ${names.join(', ')}.`}`;
