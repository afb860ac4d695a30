/** What a designer is told of a new version: sentences, with what a machine needs to sort them. */
import { canonical } from '../canonical.ts';

export interface Change {
  readonly about: 'journey' | 'step' | 'template' | 'policy' | 'words';
  /** The step, the template as 'inquiry-arrived.en', the window, the team; the journey's own name. */
  readonly name: string;
  /** 'wording': people read something else, and nobody is treated otherwise. */
  readonly kind: 'new' | 'gone' | 'changed' | 'wording';
  /** A whole sentence. */
  readonly says: string;
  /** Lines of a text, '- ' before what went and '+ ' before what came. */
  readonly lines?: readonly string[];
}

export const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);

type Named<T> = Readonly<Record<string, T>>;
export interface Compared<T> {
  readonly gone: readonly (readonly [string, T])[];
  readonly fresh: readonly (readonly [string, T])[];
  readonly kept: readonly (readonly [name: string, before: T, after: T])[];
}
/** By their names: what is only before, what is only after, and what is in both, equal or not. */
export function compare<T>(before: Named<T>, after: Named<T>): Compared<T> {
  const isIn = (all: Named<T>, name: string): boolean => Object.hasOwn(all, name);
  return {
    gone: Object.entries(before).filter(([name]) => !isIn(after, name)),
    fresh: Object.entries(after).filter(([name]) => !isIn(before, name)),
    kept: Object.entries(before).flatMap(([name, was]) => {
      const is = Object.hasOwn(after, name) ? after[name] : undefined;
      return is === undefined ? [] : [[name, was, is] as const];
    }),
  };
}
