/** What a picture consists of, before anybody decides how it is drawn. */
import type { StepId } from '../journey/table.ts';
import type { Shape } from './say-step.ts';

export interface Drawn {
  /** Unique in the picture; no words of anybody's. */
  readonly id: string;
  readonly shape: Shape | 'begin' | 'end' | 'jump' | 'ways' | 'exits';
  /** What it is, in one or two words: never left to shape or colour alone. */
  readonly head: string;
  /** The step's own name, if it is one. */
  readonly name?: string;
  readonly lines: readonly string[];
  /** How many customers are there now; with `--live` only. */
  readonly here?: number;
}
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The outcomes it stands for; none: it is simply what comes next. */
  readonly says: readonly string[];
  /** What comes next by itself: drawn straight down where that can be. */
  readonly isNext?: true;
}
export interface Group {
  readonly id: string;
  readonly title: string | null;
  readonly nodes: readonly Drawn[];
  readonly arrows: readonly Arrow[];
}
export interface Picture {
  readonly name: string;
  readonly story: string | null;
  /** What every touch does unless it says otherwise. */
  readonly manners: readonly string[];
  /** Under the name, such as how many customers stand where. */
  readonly caption: string | null;
  readonly groups: readonly Group[];
}

export interface Live {
  readonly caption: string;
  /** Customers who stand at each step now. */
  readonly at: Readonly<Record<StepId, number>>;
}
