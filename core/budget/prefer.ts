/** The chooser: exceptions to who makes a touch, how it reaches and its fate. What each rule saw is stored, and told by `why`. */
import { holds, valuesRead } from '../journey/holds.ts';
import type { Fate, MadeBy, Reach, Rule, Scalar } from '../journey/table.ts';

export interface Manner {
  readonly madeBy: MadeBy;
  /** By when a person makes it; always there with madeBy 'human'. */
  readonly within?: string;
  readonly team: string;
  readonly reach: Reach;
  readonly fate: Fate;
}

type Decided = 'madeBy' | 'reach' | 'fate';
export interface Considered {
  /** The rule's name. */
  readonly because: string;
  readonly holds: boolean;
  /** What it read, by path; null where we do not know. */
  readonly values: Readonly<Record<string, Scalar | null>>;
  /** What it decided: nothing, if it does not hold or an earlier rule had decided already. */
  readonly decided: readonly Decided[];
}

/** Asked in order; for each of madeBy, reach and fate the first rule that holds decides. `valueOf` gives undefined for what is not known. */
export function prefer(
  manner: Manner,
  rules: readonly Rule[],
  valueOf: (path: string) => Scalar | undefined,
): { readonly manner: Manner; readonly considered: readonly Considered[] } {
  const open = new Set<Decided>(['madeBy', 'reach', 'fate']);
  let chosen = manner;
  const considered = rules.map((rule): Considered => {
    const values = Object.fromEntries(valuesRead(rule.when).map((path) => [path, valueOf(path) ?? null]));
    const fits = holds(rule.when, valueOf);
    const decided = fits ? ([...open] as const).filter((what) => rule[what] !== undefined) : [];
    for (const what of decided) {
      open.delete(what);
      chosen = withChoice(chosen, rule, what);
    }
    return { because: rule.because, holds: fits, values, decided };
  });
  return { manner: chosen, considered };
}

function withChoice(manner: Manner, rule: Rule, what: Decided): Manner {
  if (what === 'reach') return { ...manner, reach: rule.reach ?? manner.reach };
  if (what === 'fate') return { ...manner, fate: rule.fate ?? manner.fate };
  const within = rule.within === undefined ? {} : { within: rule.within };
  return { ...manner, madeBy: rule.madeBy ?? manner.madeBy, ...within, team: rule.team ?? manner.team };
}
